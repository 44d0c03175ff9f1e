-- For whoever takes an application in at a counter: who sits where, what is
-- served there, whom the counter has before it.
CREATE VIEW pub_windows_seat AS
  SELECT c.clerk, c.code AS counter, c.label, c.hall, h.name AS hall_name
    FROM windows_counter c
    JOIN windows_hall h ON h.code = c.hall
   WHERE c.clerk <> 0;
CREATE VIEW pub_windows_serves AS
  SELECT s.counter, l.unit, l.item
    FROM windows_serves s
    JOIN windows_line l ON l.code = s.line;
CREATE VIEW pub_windows_serving AS
  SELECT t.counter, t.label, t.state, t.account, t.item, t.name, t.mobile
    FROM windows_ticket t
   WHERE t.state IN ('called', 'serving');
