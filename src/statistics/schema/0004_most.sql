-- The most closed first of one month or one year: a page reads as many rows as
-- it shows.  The years of a key side by side: five of them are added up in the
-- order of the keys.
CREATE INDEX statistics_span_most
  ON statistics_span (dim, span, closed DESC, key, filed, late, worked);
CREATE INDEX statistics_span_years
  ON statistics_span (dim, key, span, filed, closed, late, worked)
  WHERE span < 10000;
