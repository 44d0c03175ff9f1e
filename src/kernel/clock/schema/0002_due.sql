-- What of one kind of matter is due next: the supervisor's list of it.
CREATE INDEX clock_running_due ON clock_running (matter, due, id)
  WHERE stopped IS NULL;
