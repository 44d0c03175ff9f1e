-- A duty (岗位) in an organisation, held by somebody from a day to a day.
--
-- auth_post says as what a person signs in and what pages he may open; a duty
-- says which work lands on his desk: the tasks of a process name one (窗口受理岗,
-- 承办岗, 审核岗), and everybody who holds it in the task's organisation sees
-- them.  stands_for names whom the holder stands in for (代理): then the days are
-- fixed on both sides, and tasks addressed to that person by name come to the
-- stand-in too.
CREATE TABLE auth_duty (
  id         INTEGER PRIMARY KEY,
  unit       TEXT    NOT NULL REFERENCES auth_unit (code),
  duty       TEXT    NOT NULL,    -- 承办岗, as processes name it
  account    INTEGER NOT NULL REFERENCES auth_account (id), -- who holds it
  stands_for INTEGER REFERENCES auth_account (id), -- NULL: the holder himself
  from_day   INTEGER NOT NULL,
  to_day     INTEGER,             -- last day; NULL: until further notice
  CHECK (stands_for IS NULL OR to_day IS NOT NULL),
  CHECK (stands_for IS NULL OR stands_for <> account),
  CHECK (to_day IS NULL OR to_day >= from_day - 1) -- one before: never began
);
CREATE INDEX auth_duty_account ON auth_duty (account);
CREATE INDEX auth_duty_unit ON auth_duty (unit, duty);

-- Who holds what, past and future too; officers' names are public by duty.
CREATE VIEW pub_auth_duty AS
  SELECT d.id, d.unit, d.duty, d.account, a.public_name AS name, d.stands_for,
         s.public_name AS stands_for_name, d.from_day, d.to_day
    FROM auth_duty d
    JOIN auth_account a ON a.id = d.account
    LEFT JOIN auth_account s ON s.id = d.stands_for
   WHERE a.kind = 'staff';
