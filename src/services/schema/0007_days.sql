-- What came in and what ended on a day: for the figures of other rooms.
CREATE INDEX services_case_received ON services_case (received, id);
CREATE INDEX services_case_closed_day ON services_case (closed_day, id)
  WHERE closed_day IS NOT NULL;
