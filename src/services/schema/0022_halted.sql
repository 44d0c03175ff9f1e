-- What the owners of drafts were told of a theme that is not offered just now
-- because an item of it is paused, withdrawn or past its term, and of its being
-- back.
--
-- One row a theme that ever was: why is '' when it is offered again.  told is
-- the last draft the news of this turn has reached, so that everybody gets one
-- letter a turn, however many there are.
CREATE TABLE services_halted (
  theme  TEXT    PRIMARY KEY,
  why    TEXT    NOT NULL,
  since  INTEGER NOT NULL,            -- instant of this turn
  halted INTEGER NOT NULL,            -- instant it was halted last
  told   INTEGER NOT NULL
);
CREATE INDEX services_draft_offer ON services_draft (offer, id);
