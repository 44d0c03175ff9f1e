-- Who holds which duty on which days, without the names: pages about posts
-- count these by organisation and by duty, each from an index alone.  Only
-- staff are ever put into a duty (auth_add_duty), so no account is looked up.
DROP INDEX auth_duty_unit;
CREATE INDEX auth_duty_unit
  ON auth_duty (unit, duty, account, from_day, to_day);
CREATE INDEX auth_duty_held ON auth_duty (duty, account, from_day, to_day);

CREATE VIEW pub_auth_held AS
  SELECT unit, duty, account, from_day, to_day FROM auth_duty;
