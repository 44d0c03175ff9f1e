-- Duties by account and nothing else: what a list of work is joined with.
CREATE VIEW pub_auth_desk AS
  SELECT account, unit, duty, stands_for, from_day, to_day FROM auth_duty;
