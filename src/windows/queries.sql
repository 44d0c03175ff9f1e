-- ---- halls, lines, counters ----

-- hall_list :many public
-- scan ok: as many as the city has halls, at most one a township
-- out code text, name text, address text, opens int, closes int
-- out noon_from int, noon_to int, unit text
SELECT code, name, address, opens, closes, noon_from, noon_to, unit
  FROM windows_hall
 ORDER BY position, code
 LIMIT 100;

-- hall_one :one public
-- in  code text
-- out code text, name text, address text, unit text, opens int, closes int
-- out noon_from int, noon_to int, kiosk_key text
SELECT code, name, address, unit, opens, closes, noon_from, noon_to, kiosk_key
  FROM windows_hall
 WHERE code = :code;

-- hall_of_unit :one public
-- in  unit text
-- out code text
SELECT code FROM windows_hall WHERE unit = :unit;

-- hall_add :change
-- in  code text, name text, address text, unit text, opens int, closes int
-- in  noon_from int, noon_to int, kiosk_key text, position int
INSERT INTO windows_hall (code, name, address, unit, opens, closes, noon_from,
                          noon_to, kiosk_key, position)
VALUES (:code, :name, :address, :unit, :opens, :closes, :noon_from, :noon_to,
        :kiosk_key, :position);

-- hall_last :one
-- scan ok: as many as the city has halls
-- out position int?
SELECT max(position) AS position FROM windows_hall;

-- line_list :many public
-- out code text, letter text, title text, unit text, item text, pace int
-- out seats int, slot int, waiting int, counters int
-- in  hall text
SELECT l.code, l.letter, l.title, l.unit, l.item, l.pace, l.seats, l.slot,
       (SELECT count(*) FROM windows_ticket t
         WHERE t.line = l.code AND t.state = 'waiting') AS waiting,
       (SELECT count(*) FROM windows_serves s
          JOIN windows_counter c ON c.code = s.counter
         WHERE s.line = l.code AND c.clerk <> 0) AS counters
  FROM windows_line l
 WHERE l.hall = :hall
 ORDER BY l.letter
 LIMIT 26;

-- line_one :one public
-- in  code text
-- out code text, hall text, letter text, title text, unit text, item text
-- out pace int, seats int, slot int
SELECT code, hall, letter, title, unit, item, pace, seats, slot
  FROM windows_line
 WHERE code = :code;

-- line_add :change
-- in  code text, hall text, letter text, title text, unit text, item text
-- in  pace int, seats int, slot int
INSERT INTO windows_line (code, hall, letter, title, unit, item, pace, seats,
                          slot)
VALUES (:code, :hall, :letter, :title, :unit, :item, :pace, :seats, :slot);

-- line_set :change
-- in  code text, hall text, seats int, slot int, pace int
UPDATE windows_line SET seats = :seats, slot = :slot, pace = :pace
 WHERE code = :code AND hall = :hall;

-- counter_list :many public
-- in  hall text
-- out code text, label text, low int, clerk int, clerk_name text
SELECT code, label, low, clerk, clerk_name
  FROM windows_counter
 WHERE hall = :hall
 ORDER BY code
 LIMIT 100;

-- counter_one :one public
-- in  code text
-- out code text, hall text, label text, low int, clerk int, clerk_name text
-- out streak int
SELECT code, hall, label, low, clerk, clerk_name, streak
  FROM windows_counter
 WHERE code = :code;

-- counter_of_clerk :one public
-- in  clerk int
-- out code text, hall text, label text, low int, clerk int, clerk_name text
-- out streak int
SELECT code, hall, label, low, clerk, clerk_name, streak
  FROM windows_counter
 WHERE clerk = :clerk AND clerk <> 0;

-- counter_add :change
-- in  code text, hall text, label text, low int
INSERT INTO windows_counter (code, hall, label, low, clerk, clerk_name, opened,
                             streak)
VALUES (:code, :hall, :label, :low, 0, '', 0, 0);

-- counter_seat :change
-- Opening and closing: `was` is who sat there.
-- in  code text, was int, clerk int, clerk_name text, at inst
UPDATE windows_counter
   SET clerk = :clerk, clerk_name = :clerk_name, opened = :at, streak = 0
 WHERE code = :code AND clerk = :was;

-- counter_forgotten :run
-- Left open when the day ended.
-- in  before inst
UPDATE windows_counter
   SET clerk = 0, clerk_name = '', streak = 0
 WHERE clerk <> 0 AND opened < :before;

-- counter_streak :change
-- in  code text, streak int
UPDATE windows_counter SET streak = :streak WHERE code = :code;

-- serves_list :many public
-- in  hall text
-- out counter text, line text, letter text, title text
SELECT s.counter, s.line, l.letter, l.title
  FROM windows_line l
  JOIN windows_serves s ON s.line = l.code
 WHERE l.hall = :hall
 ORDER BY s.counter, l.letter
 LIMIT 2600;

-- serves_clear :run
-- in  counter text
DELETE FROM windows_serves WHERE counter = :counter;

-- serves_add :change
-- in  counter text, line text
INSERT INTO windows_serves (counter, line) VALUES (:counter, :line);

-- line_counters :one public
-- Open counters of a line, but one.
-- in  line text, but text
-- out n int
SELECT count(*) AS n
  FROM windows_serves s
  JOIN windows_counter c ON c.code = s.counter
 WHERE s.line = :line AND c.clerk <> 0 AND c.code <> :but;

-- ---- shifts ----

-- shift_list :many public
-- in  hall text, day day
-- out id int, counter text, label text, name text, from_min int, to_min int
-- out account int, clerk int
SELECT s.id, s.counter, c.label, s.name, s.from_min, s.to_min, s.account,
       c.clerk
  FROM windows_shift s
  JOIN windows_counter c ON c.code = s.counter
 WHERE s.day = :day AND c.hall = :hall
 ORDER BY s.counter, s.from_min
 LIMIT 200;

-- shift_mine :many public
-- in  account int, day day
-- out counter text, label text, from_min int, to_min int
SELECT s.counter, c.label, s.from_min, s.to_min
  FROM windows_shift s
  JOIN windows_counter c ON c.code = s.counter
 WHERE s.day = :day AND s.account = :account
 ORDER BY s.from_min
 LIMIT 10;

-- shift_clash :one public
-- The same counter or the same clerk at the same time.
-- in  day day, counter text, account int, from_min int, to_min int
-- out n int
SELECT count(*) AS n
  FROM windows_shift
 WHERE day = :day AND (counter = :counter OR account = :account)
   AND from_min < :to_min AND to_min > :from_min;

-- shift_add :change
-- in  id int, counter text, account int, name text, day day, from_min int
-- in  to_min int
INSERT INTO windows_shift (id, counter, account, name, day, from_min, to_min)
VALUES (:id, :counter, :account, :name, :day, :from_min, :to_min);

-- shift_drop :change
-- in  id int, hall text
DELETE FROM windows_shift
 WHERE id = :id
   AND counter IN (SELECT code FROM windows_counter WHERE hall = :hall);

-- clerk_list :many public
-- Who may sit at a counter: window clerks of the organisation.
-- in  unit text
-- out account int, name text
SELECT account, name
  FROM pub_auth_staff
 WHERE unit = :unit AND role = 'window'
 ORDER BY name
 LIMIT 100;

-- unit_name :one public
-- in  code text
-- out name text, short_name text
SELECT name, short_name FROM pub_auth_unit WHERE code = :code;

-- ---- numbers ----

-- queue_series_step :change
-- in  line text, day day
INSERT INTO windows_series (line, day, last) VALUES (:line, :day, 1)
ON CONFLICT (line, day) DO UPDATE SET last = windows_series.last + 1;

-- queue_series_last :one
-- in  line text, day day
-- out last int
SELECT last FROM windows_series WHERE line = :line AND day = :day;

-- ticket_add :change
-- in  id int, code text, hall text, line text, label text, day day
-- in  channel text, care text, account int, mobile text?, name text?
-- in  item text, booking text?, taken inst, place inst, first_at inst?
INSERT INTO windows_ticket (id, code, hall, line, label, day, channel, care,
                            account, mobile, name, item, booking, taken, place,
                            first_at, state, counter, counter_label, clerk,
                            calls, misses, revision)
VALUES (:id, :code, :hall, :line, :label, :day, :channel, :care, :account,
        :mobile, :name, :item, :booking, :taken, :place, :first_at, 'waiting',
        '', '', 0, 0, 0, 1);

-- ticket_one :one
-- in  id int
-- out id int, code text, hall text, line text, title text, label text, day day
-- out channel text, care text, account int, mobile text?, name text?
-- out item text, booking text?, taken inst, place inst, first_at inst?
-- out state text, counter text, counter_label text, clerk int, called inst?
-- out calls int, misses int, started inst?, ended inst?, case_no text?
-- out revision int
SELECT t.id, t.code, t.hall, t.line, l.title, t.label, t.day, t.channel, t.care,
       t.account, t.mobile, t.name, t.item, t.booking, t.taken, t.place,
       t.first_at, t.state, t.counter, t.counter_label, t.clerk, t.called,
       t.calls, t.misses, t.started, t.ended, t.case_no, t.revision
  FROM windows_ticket t
  JOIN windows_line l ON l.code = t.line
 WHERE t.id = :id;

-- ticket_by_code :one public
-- in  code text
-- out id int
SELECT id FROM windows_ticket WHERE code = :code;

-- ticket_of_mobile :one
-- The live number of a telephone in a hall, if there is one.
-- in  mobile text, day day, hall text
-- out code text
SELECT code
  FROM windows_ticket
 WHERE mobile = :mobile AND day = :day AND hall = :hall
   AND state IN ('waiting', 'called', 'serving', 'missed')
 ORDER BY id
 LIMIT 1;

-- ticket_at_counter :one public
-- What a counter has before it now.
-- in  counter text
-- out id int
SELECT id
  FROM windows_ticket
 WHERE counter = :counter AND state IN ('called', 'serving')
 ORDER BY id
 LIMIT 1;

-- line_waiting :many public
-- in  line text
-- out id int, place inst, first_at inst?
SELECT id, place, first_at
  FROM windows_ticket
 WHERE line = :line AND state = 'waiting'
 ORDER BY place, id
 LIMIT 400;

-- counter_waiting :many
-- All that a counter could call.
-- in  counter text
-- out id int, place inst, first_at inst?, label text, title text, care text
-- out channel text, name text?, taken inst
SELECT t.id, t.place, t.first_at, t.label, l.title, t.care, t.channel, t.name,
       t.taken
  FROM windows_serves s
  JOIN windows_ticket t ON t.line = s.line AND t.state = 'waiting'
  JOIN windows_line l ON l.code = t.line
 WHERE s.counter = :counter
 ORDER BY t.place, t.id
 LIMIT 400;

-- hall_missed :many
-- Who missed the call and may come back.
-- in  hall text, day day
-- out id int, label text, title text, misses int, called inst
SELECT t.id, t.label, l.title, t.misses, t.called
  FROM windows_ticket t
  JOIN windows_line l ON l.code = t.line
 WHERE t.day = :day AND t.state = 'missed' AND t.hall = :hall
 ORDER BY t.called DESC, t.id
 LIMIT 20;

-- hall_calls :many public
-- in  hall text
-- out label text, counter_label text, title text, state text, called inst
SELECT t.label, t.counter_label, l.title, t.state, t.called
  FROM windows_ticket t
  JOIN windows_line l ON l.code = t.line
 WHERE t.hall = :hall AND t.state IN ('called', 'serving')
 ORDER BY t.called DESC, t.id
 LIMIT 10;

-- line_took :many public
-- Minutes the day's last matters took.
-- in  line text, day day
-- out minutes int
SELECT (ended - started) / 60000 AS minutes
  FROM windows_ticket
 WHERE line = :line AND day = :day AND state = 'done'
 ORDER BY ended DESC
 LIMIT 20;

-- counter_today :one public
-- in  counter text, since inst
-- out done int, missed int
SELECT (SELECT count(*) FROM windows_ticket
         WHERE counter = :counter AND state = 'done' AND ended >= :since)
         AS done,
       (SELECT count(*) FROM windows_ticket
         WHERE counter = :counter AND state = 'missed' AND called >= :since)
         AS missed;

-- ticket_call :change
-- in  id int, revision int, counter text, counter_label text, clerk int
-- in  called inst
UPDATE windows_ticket
   SET state = 'called', counter = :counter, counter_label = :counter_label,
       clerk = :clerk, called = :called, calls = calls + 1,
       revision = revision + 1
 WHERE id = :id AND revision = :revision
   AND state IN ('waiting', 'called');

-- ticket_begin :change
-- in  id int, revision int, started inst
UPDATE windows_ticket
   SET state = 'serving', started = :started, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'called';

-- ticket_done :change
-- in  id int, revision int, ended inst
UPDATE windows_ticket
   SET state = 'done', ended = :ended, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'serving';

-- ticket_miss :change
-- in  id int, revision int, state text, misses int
UPDATE windows_ticket
   SET state = :state, misses = :misses, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'called';

-- ticket_wait :change
-- Back among those who wait: returned, or moved to another line.
-- in  id int, revision int, line text, place inst, first_at inst?
UPDATE windows_ticket
   SET state = 'waiting', line = :line, place = :place, first_at = :first_at,
       counter = '', counter_label = '', started = NULL,
       revision = revision + 1
 WHERE id = :id AND revision = :revision
   AND state IN ('waiting', 'called', 'serving', 'missed');

-- ticket_end :change
-- in  id int, revision int, state text, ended inst
UPDATE windows_ticket
   SET state = :state, ended = :ended, revision = revision + 1
 WHERE id = :id AND revision = :revision
   AND state IN ('waiting', 'called', 'serving', 'missed');

-- ticket_case :change
-- in  id int, case_no text
UPDATE windows_ticket SET case_no = :case_no
 WHERE id = :id AND case_no IS NULL;

-- ticket_before :many
-- Of earlier days and still not over.
-- in  today day
-- out id int, state text, revision int
SELECT id, state, revision
  FROM windows_ticket
 WHERE day < :today AND state IN ('waiting', 'called', 'serving', 'missed')
 ORDER BY day, id
 LIMIT 200;

-- ticket_serving_at :one public
-- Whom a clerk was serving at an instant.
-- in  clerk int, at inst
-- out id int, label text, hall text, item text, case_no text?
SELECT id, label, hall, item, case_no
  FROM windows_ticket
 WHERE clerk = :clerk AND started <= :at AND (ended IS NULL OR ended >= :at)
   AND state IN ('serving', 'done')
 ORDER BY started DESC
 LIMIT 1;

-- line_move :run
-- All that wait in one line, to another; their places stay.
-- in  line text, target text
UPDATE windows_ticket
   SET line = :target, revision = revision + 1
 WHERE line = :line AND state = 'waiting';

-- counter_orphans :many public
-- Lines nobody else serves, with somebody waiting.
-- in  counter text
-- out line text, title text, waiting int
SELECT s.line, l.title,
       (SELECT count(*) FROM windows_ticket t
         WHERE t.line = s.line AND t.state = 'waiting') AS waiting
  FROM windows_serves s
  JOIN windows_line l ON l.code = s.line
 WHERE s.counter = :counter
   AND NOT EXISTS (SELECT 1 FROM windows_serves o
                     JOIN windows_counter c ON c.code = o.counter
                    WHERE o.line = s.line AND o.counter <> :counter
                      AND c.clerk <> 0)
   AND EXISTS (SELECT 1 FROM windows_ticket t
                WHERE t.line = s.line AND t.state = 'waiting')
 ORDER BY l.letter
 LIMIT 26;

-- item_brief :one public
-- in  code text
-- out code text, name text, unit text
SELECT code, name, unit FROM pub_services_item WHERE code = :code;

-- item_by_id :one public
-- in  id int
-- out code text, name text, unit_name text, promised_n int
SELECT i.code, i.name, u.short_name AS unit_name, i.promised_n
  FROM pub_services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.id = :id;

-- ---- appointments ----

-- booking_add :change
-- in  id int, number text, hall text, line text, title text, day day
-- in  minute int, seat int, account int, name text, mobile text, item text
-- in  made inst
INSERT INTO windows_booking (id, number, hall, line, title, day, minute, seat,
                             account, name, mobile, item, made, state, reminded,
                             revision)
VALUES (:id, :number, :hall, :line, :title, :day, :minute, :seat, :account,
        :name, :mobile, :item, :made, 'booked', 0, 1);

-- booking_seats :many public
-- Seats taken of a slot.
-- in  line text, day day, minute int
-- out seat int
SELECT seat
  FROM windows_booking
 WHERE line = :line AND day = :day AND minute = :minute
   AND state <> 'cancelled'
 ORDER BY seat
 LIMIT 1000;

-- booking_taken :many public
-- in  line text, day day
-- out minute int, taken int
SELECT minute, count(*) AS taken
  FROM windows_booking
 WHERE line = :line AND day = :day AND state <> 'cancelled'
 GROUP BY minute
 ORDER BY minute
 LIMIT 200;

-- booking_one :one
-- in  number text
-- out id int, number text, hall text, hall_name text, address text, line text
-- out title text, day day, minute int, seat int, account int, name text
-- out mobile text, item text, state text, ticket text?, revision int
SELECT b.id, b.number, b.hall, h.name AS hall_name, h.address, b.line, b.title,
       b.day, b.minute, b.seat, b.account, b.name, b.mobile, b.item, b.state,
       b.ticket, b.revision
  FROM windows_booking b
  JOIN windows_hall h ON h.code = b.hall
 WHERE b.number = :number;

-- booking_mine :many
-- in  account int
-- out number text, hall_name text, title text, day day, minute int, state text
-- out ticket text?
SELECT b.number, h.name AS hall_name, b.title, b.day, b.minute, b.state,
       b.ticket
  FROM windows_booking b
  JOIN windows_hall h ON h.code = b.hall
 WHERE b.account = :account
 ORDER BY b.day DESC, b.minute DESC
 LIMIT 50;

-- booking_live :one
-- in  account int, today day
-- out n int
SELECT count(*) AS n
  FROM windows_booking
 WHERE account = :account AND day >= :today AND state = 'booked';

-- booking_same :one
-- in  account int, day day, minute int
-- out n int
SELECT count(*) AS n
  FROM windows_booking
 WHERE account = :account AND day = :day AND minute = :minute
   AND state = 'booked';

-- booking_missed :many
-- Days somebody did not come on, newest first.
-- in  account int, since day
-- out day day
SELECT day
  FROM windows_booking
 WHERE account = :account AND day >= :since AND state = 'missed'
 ORDER BY day DESC, minute DESC
 LIMIT 50;

-- booking_move :change
-- in  id int, revision int, day day, minute int, seat int
UPDATE windows_booking
   SET day = :day, minute = :minute, seat = :seat, reminded = 0,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'booked';

-- booking_end :change
-- in  id int, revision int, state text, ticket text?
UPDATE windows_booking
   SET state = :state, ticket = :ticket, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'booked';

-- booking_over :many
-- Booked and past: by the day before, or this day before a minute.
-- in  today day, minute int
-- out id int, number text, account int, title text, day day, minute int
-- out revision int
SELECT id, number, account, title, day, minute, revision
  FROM windows_booking
 WHERE state = 'booked' AND (day < :today OR day = :today AND minute < :minute)
 ORDER BY day, minute, id
 LIMIT 100;

-- booking_remind :many
-- scan ok: what is booked for one day, by its own index
-- in  day day
-- out id int, number text, account int, title text, hall_name text
-- out address text, day day, minute int
SELECT b.id, b.number, b.account, b.title, h.name AS hall_name, h.address,
       b.day, b.minute
  FROM windows_booking b
  JOIN windows_hall h ON h.code = b.hall
 WHERE b.state = 'booked' AND b.day = :day AND b.reminded = 0
 ORDER BY b.minute, b.id
 LIMIT 100;

-- booking_reminded :change
-- in  id int
UPDATE windows_booking SET reminded = 1 WHERE id = :id AND reminded = 0;

-- ---- taken in, handed over ----

-- intake_case :one public
-- in  number text
-- out id int, number text, kind text, title text, unit text, channel text
-- out filed inst
SELECT id, number, kind, title, unit, channel, filed
  FROM pub_services_case
 WHERE number = :number;

-- intake_parts :many public
-- in  parent int
-- out number text, title text, unit text
SELECT number, title, unit
  FROM pub_services_case
 WHERE parent = :parent
 ORDER BY id
 LIMIT 100;

-- intake_proxy :one
-- in  number text
-- out proxy int
SELECT proxy FROM pub_services_holder WHERE number = :number;

-- intake_clerk :one public
-- in  account int
-- out name text, unit text
SELECT name, unit
  FROM pub_auth_staff
 WHERE account = :account AND role = 'window'
 ORDER BY main DESC, unit
 LIMIT 1;

-- intake_known :one
-- in  case_no text
-- out n int
SELECT count(*) AS n FROM windows_intake WHERE case_no = :case_no;

-- intake_add :change
-- in  id int, case_no text, title text, unit text, hall text, day day, at inst
-- in  clerk int, clerk_name text, ticket text
INSERT INTO windows_intake (id, case_no, title, unit, hall, day, at, clerk,
                            clerk_name, ticket, signed_by)
VALUES (:id, :case_no, :title, :unit, :hall, :day, :at, :clerk, :clerk_name,
        :ticket, '');

-- intake_units :many public
-- How much each department gets of a day, and how much it has signed for.
-- in  hall text, day day
-- out unit text, name text, n int, done int
SELECT s.unit, u.name, s.n, s.done
  FROM windows_intake_sum s
  JOIN pub_auth_unit u ON u.code = s.unit
 WHERE s.hall = :hall AND s.day = :day
 ORDER BY s.unit
 LIMIT 200;

-- intake_sum_add :run
-- in  hall text, day day, unit text
INSERT INTO windows_intake_sum (hall, day, unit, n, done)
VALUES (:hall, :day, :unit, 1, 0)
ON CONFLICT (hall, day, unit) DO UPDATE SET n = windows_intake_sum.n + 1;

-- intake_sum_sign :change
-- in  hall text, day day, unit text, n int
UPDATE windows_intake_sum
   SET done = done + :n
 WHERE hall = :hall AND day = :day AND unit = :unit;

-- windows_check_sums :many
-- Days whose figures are no recount, and by how much.
-- scan ok: zhengtong check counts everything again
-- out hall text, day day, unit text, n int, done int
SELECT hall, day, unit, sum(n) AS n, sum(done) AS done
  FROM (SELECT hall, day, unit, n, done FROM windows_intake_sum
        UNION ALL
        SELECT hall, day, unit, -count(*), -count(signed_at)
          FROM windows_intake
         GROUP BY hall, day, unit) AS told
 GROUP BY hall, day, unit
HAVING sum(n) <> 0 OR sum(done) <> 0
 ORDER BY hall, day, unit
 LIMIT 20;

-- intake_left :one
-- The first day before this one of which something was never signed for.
-- in  hall text, day day
-- out day day?
SELECT min(day) AS day
  FROM windows_intake
 WHERE hall = :hall AND day < :day AND signed_at IS NULL;

-- intake_open :many public
-- A page of what nobody has signed for, one more than a page has.
-- in  hall text, day day, last_unit text, after_unit text, after int
-- out id int
SELECT id
  FROM windows_intake
 WHERE hall = :hall AND day = :day AND signed_at IS NULL
   AND unit <= :last_unit
   AND (unit, id) > (:after_unit, :after)
 ORDER BY unit, id
 LIMIT 101;

-- intake_signed :many public
-- The same of what was signed for, signature by signature.
-- in  hall text, day day, last_unit text, after_unit text, after_at inst
-- in  after int
-- out id int
SELECT id
  FROM windows_intake
 WHERE hall = :hall AND day = :day AND signed_at IS NOT NULL
   AND unit <= :last_unit
   AND (unit, signed_at, id) > (:after_unit, :after_at, :after)
 ORDER BY unit, signed_at, id
 LIMIT 101;

-- intake_rows :many public
-- in  ids text
-- out id int, case_no text, title text, unit text, unit_name text, at inst
-- out clerk_name text, ticket text, signed_at inst?, signed_by text
SELECT i.id, i.case_no, i.title, i.unit, u.name AS unit_name, i.at,
       i.clerk_name, i.ticket, i.signed_at, i.signed_by
  FROM windows_intake i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 ORDER BY i.unit, i.signed_at, i.id
 LIMIT 100;

-- intake_of :one
-- in  hall text, day day, case_no text
-- out id int, unit text, signed_at inst?
SELECT id, unit, signed_at
  FROM windows_intake
 WHERE case_no = :case_no AND hall = :hall AND day = :day;

-- intake_sign :run
-- in  hall text, day day, unit text, first int, last int, at inst
-- in  signed_by text
UPDATE windows_intake
   SET signed_at = :at, signed_by = :signed_by
 WHERE hall = :hall AND day = :day AND unit = :unit AND signed_at IS NULL
   AND id BETWEEN :first AND :last;

-- ---- what the terminal reads out ----

-- kiosk_units :many public
-- scan ok: a hundred organisations, each reading at the terminal
-- out code text, name text
SELECT code, name
  FROM pub_auth_unit
 WHERE hall = 1 AND kind = 'department'
 ORDER BY position
 LIMIT 100;

-- kiosk_items :many public
-- A page of what an organisation offers, one more than a page has.
-- in  unit text, after int
-- out position int, code text, name text, type text
SELECT position, code, name, type
  FROM pub_services_item
 WHERE unit = :unit AND position > :after AND state <> 'withdrawn'
 ORDER BY position
 LIMIT 13;

-- kiosk_found :many public
-- What words found, in no order.
-- in  ids text
-- out id int, code text, name text, type text
SELECT id, code, name, type
  FROM pub_services_item
 WHERE id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
   AND state <> 'withdrawn'
 ORDER BY id
 LIMIT 12;

-- kiosk_item :one public
-- in  code text
-- out code text, name text, type text, object text, promised_n int
-- out statutory_n int, online bool, unit_name text, phone text?
-- out address text?, hours text?
SELECT i.code, i.name, i.type, i.object, i.promised_n, i.statutory_n, i.online,
       u.name AS unit_name, u.phone, u.address, u.hours
  FROM pub_services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.code = :code;

-- kiosk_materials :many public
-- in  item text
-- out name text, source text, need int, note text?
SELECT name, source, need, note
  FROM pub_services_material
 WHERE item = :item
 ORDER BY position
 LIMIT 60;

-- kiosk_case :one public
-- in  number text
-- out number text, title text, state text, kind text, unit_name text
-- out officer_name text, applicant_open text, received day, clock_due day?
-- out closed_day day?
SELECT c.number, c.title, c.state, c.kind, u.name AS unit_name, c.officer_name,
       c.applicant_open, c.received, c.clock_due, c.closed_day
  FROM pub_services_case c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.number = :number;

-- kiosk_ticket :one
-- The secret of a receipt: for comparing, never for showing.
-- in  number text
-- out ticket text
SELECT ticket FROM pub_services_holder WHERE number = :number;

-- kiosk_samples :many public
-- Samples and blank forms that are offered beside the papers of a matter.
-- in  item text
-- out paper text, which text, sha256 text, size int, type text
SELECT paper, which, sha256, size, type
  FROM pub_catalogue_sample
 WHERE item = :item
 ORDER BY position, which
 LIMIT 30;

-- kiosk_pages :many public
-- The pictures of one of them; page 0 is the small one.
-- in  sha256 text
-- out page int, width int, height int
SELECT page, width, height
  FROM pub_files_picture
 WHERE sha256 = :sha256 AND page > 0
 ORDER BY page
 LIMIT 20;
-- kiosk_open_classes :many public
-- What is published, by class.
-- scan ok: an index of what is published, and few classes come out
-- out class text, class_name text, entries int
SELECT class, class_name, count(*) AS entries
  FROM pub_disclosure_entry
 WHERE state = 'live'
 GROUP BY class, class_name
 ORDER BY class
 LIMIT 60;

-- kiosk_open_page :many public
-- One class, the newest first.
-- in  class text, before int
-- out code text, title text, place int, published day, unit_name text
SELECT e.code, e.title, e.place, e.published, u.short_name AS unit_name
  FROM pub_disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.state = 'live' AND e.class = :class AND e.place > 0
   AND e.place < :before
 ORDER BY e.place DESC
 LIMIT 10;

-- kiosk_open_found :many public
-- in  ids text
-- out code text, title text, place int, published day, unit_name text
SELECT e.code, e.title, e.place, e.published, u.short_name AS unit_name
  FROM pub_disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.place IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
   AND e.place > 0 AND e.state = 'live'
 ORDER BY e.place DESC
 LIMIT 10;

-- kiosk_open_one :one public
-- in  code text
-- out title text, doc_no text, index_no text, class text, class_name text
-- out unit_name text, formed day, published day, summary text, body text
-- out state text, effect text, effect_day day?, withdrawn day?
-- out withdrawn_why text
SELECT e.title, e.doc_no, e.index_no, e.class, e.class_name,
       u.name AS unit_name, e.formed, e.published, e.summary, e.body, e.state,
       e.effect, e.effect_day, e.withdrawn, e.withdrawn_why
  FROM pub_disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.code = :code;
