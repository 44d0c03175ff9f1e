-- ---- the schedule ----

-- fee_account_put :run
-- in code text, kind text, holder text, bank text, number text
INSERT INTO fees_account (code, kind, holder, bank, number)
VALUES (:code, :kind, :holder, :bank, :number)
ON CONFLICT (code) DO UPDATE
   SET kind = :kind, holder = :holder, bank = :bank, number = :number;

-- fee_account_one :one
-- in code text
-- out kind text, holder text, bank text, number text
SELECT kind, holder, bank, number FROM fees_account WHERE code = :code;

-- fee_rule_put :run
-- A rule that is known keeps the day it is in force since.
-- in item text, project text, name text, hold text, days int, account text
-- in decision text, basis text, standard text, asks text, since day
INSERT INTO fees_rule (item, project, name, hold, days, account, decision,
                       basis, standard, asks, since)
VALUES (:item, :project, :name, :hold, :days, :account, :decision, :basis,
        :standard, :asks, :since)
ON CONFLICT (item) DO UPDATE
   SET project = :project, name = :name, hold = :hold, days = :days,
       account = :account, decision = :decision, basis = :basis,
       standard = :standard, asks = :asks;

-- fee_rule_one :one
-- in item text
-- out item text, project text, name text, hold text, days int, account text
-- out decision text, basis text, standard text, asks text, since day
SELECT item, project, name, hold, days, account, decision, basis, standard,
       asks, since
  FROM fees_rule
 WHERE item = :item;

-- fee_rules :many
-- scan ok: some hundred fees at most
-- out item text, name text, project text, hold text, basis text, standard text
-- out holder text
SELECT r.item, r.name, r.project, r.hold, r.basis, r.standard, a.holder
  FROM fees_rule r
  JOIN fees_account a ON a.code = r.account
 ORDER BY r.item
 LIMIT 300;

-- ---- cases ----

-- fee_case :one
-- in number text
-- out number text, title text, unit text, item text?, state text
-- out applicant int, proxy int, applicant_name text, applicant_open text
-- out accepted day?, closed_day day?, answers text?, officer int?
SELECT number, title, unit, item, state, applicant, proxy, applicant_name,
       applicant_open, accepted, closed_day, answers, officer
  FROM pub_services_payer
 WHERE number = :number;

-- fee_cases_of :many
-- For the demonstration city: cases of an item, newest first.
-- scan ok: read by the loader only
-- in item text, after text
-- out number text, state text, answers text?
SELECT number, state, answers
  FROM pub_services_payer
 WHERE item = :item AND accepted IS NOT NULL AND number > :after
 ORDER BY number
 LIMIT 60;

-- ---- numbers ----

-- fee_serial_start :run
-- in of text
INSERT INTO fees_series (of, last) VALUES (:of, 0)
ON CONFLICT (of) DO NOTHING;

-- fee_serial_step :change
-- in of text
UPDATE fees_series SET last = last + 1 WHERE of = :of;

-- fee_serial_last :one
-- in of text
-- out last int
SELECT last FROM fees_series WHERE of = :of;

-- ---- notices ----

-- fee_known :one
-- Any that stands for this case.
-- in case_no text
-- out notices int
SELECT count(*) AS notices
  FROM fees_notice
 WHERE case_no = :case_no AND state <> 'replaced';

-- fee_add :change
-- in id int, number text, case_no text, unit text, item text, title text
-- in project text, name text, hold text, payee text, account int, proxy int
-- in payer_name text, payer_open text, facts text, basis text, standard text
-- in made inst
INSERT INTO fees_notice (id, number, case_no, unit, item, title, project, name,
                         hold, payee, account, proxy, payer_name, payer_open,
                         facts, price, quantity, total, paid, refunded, relief,
                         basis, standard, state, made, order_no, pay_url,
                         revision)
VALUES (:id, :number, :case_no, :unit, :item, :title, :project, :name, :hold,
        :payee, :account, :proxy, :payer_name, :payer_open, :facts, '0', '0',
        0, 0, 0, '', :basis, :standard, 'assessing', :made, '', '', 1);

-- fee_one :one
-- in number text
-- out id int, number text, case_no text, unit text, unit_name text, item text
-- out title text, project text, name text, hold text, payee text, account int
-- out proxy int, payer_name text, payer_open text, facts text, price text
-- out quantity text, total fen, paid fen, refunded fen, relief text
-- out basis text, standard text, state text, made inst, issued day?, due day?
-- out settled inst?, order_no text, pay_url text, revision int
SELECT n.id, n.number, n.case_no, n.unit, u.name AS unit_name, n.item, n.title,
       n.project, n.name, n.hold, n.payee, n.account, n.proxy, n.payer_name,
       n.payer_open, n.facts, n.price, n.quantity, n.total, n.paid, n.refunded,
       n.relief, n.basis, n.standard, n.state, n.made, n.issued, n.due,
       n.settled, n.order_no, n.pay_url, n.revision
  FROM fees_notice n
  JOIN pub_auth_unit u ON u.code = n.unit
 WHERE n.number = :number;

-- fee_of_case :one
-- in case_no text
-- out number text, state text
SELECT number, state
  FROM fees_notice
 WHERE case_no = :case_no AND state <> 'replaced'
 ORDER BY id DESC
 LIMIT 1;

-- fee_assessed :change
-- in id int, revision int, facts text, price text, quantity text, total fen
-- in relief text, state text, issued day, due day?, settled inst?
UPDATE fees_notice
   SET facts = :facts, price = :price, quantity = :quantity, total = :total,
       relief = :relief, state = :state, issued = :issued, due = :due,
       settled = :settled, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- fee_set_state :change
-- in id int, revision int, state text, settled inst?
UPDATE fees_notice
   SET state = :state, settled = :settled, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- fee_set_paid :change
-- in id int, revision int, paid fen, state text, settled inst?
UPDATE fees_notice
   SET paid = :paid, state = :state, settled = :settled,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- fee_set_refunded :change
-- in id int, revision int, refunded fen
UPDATE fees_notice
   SET refunded = :refunded, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- fee_set_order :change
-- in id int, order_no text, pay_url text
UPDATE fees_notice
   SET order_no = :order_no, pay_url = :pay_url
 WHERE id = :id;

-- fee_set_asked :change
-- in id int, now inst
UPDATE fees_notice SET asked_at = :now WHERE id = :id;

-- fee_to_ask :many
-- Ordered, not paid, and not asked for a while: the callback may have been
-- lost.
-- in before inst, from day
-- out id int, number text
SELECT id, number
  FROM fees_notice
 WHERE state IN ('waiting', 'part') AND due >= :from AND order_no <> ''
   AND COALESCE(asked_at, made) < :before
 ORDER BY due, id
 LIMIT 50;

-- fee_overdue :many
-- in today day
-- out id int, number text, case_no text, account int, proxy int, name text
-- out revision int
SELECT id, number, case_no, account, proxy, name, revision
  FROM fees_notice
 WHERE state IN ('waiting', 'part') AND due < :today
 ORDER BY due, id
 LIMIT 100;

-- fee_mine :many
-- in account int, before int
-- out id int, number text, case_no text, title text, name text, total fen
-- out paid fen, refunded fen, state text, due day?
SELECT id, number, case_no, title, name, total, paid, refunded, state, due
  FROM fees_notice
 WHERE (account = :account OR proxy = :account) AND :account <> 0
   AND id < :before AND state NOT IN ('assessing', 'replaced')
 ORDER BY id DESC
 LIMIT 21;

-- fee_page :many
-- An organisation's notices, newest first ('' all of them).  Each filter has its
-- index: of the branches one is asked, and gives a page.
-- in unit text, state text, words text, before int
-- out id int, number text, case_no text, title text, name text, unit_name text
-- out payer_open text, total fen, paid fen, refunded fen, state text, due day?
SELECT n.id, n.number, n.case_no, n.title, n.name, u.short_name AS unit_name,
       n.payer_open, n.total, n.paid, n.refunded, n.state, n.due
  FROM fees_notice n
  JOIN pub_auth_unit u ON u.code = n.unit
 WHERE n.id IN (
        SELECT id FROM (
         SELECT id FROM fees_notice
          WHERE :words = '' AND :unit = '' AND :state = '' AND id < :before
          ORDER BY id DESC LIMIT 51) a
        UNION ALL SELECT id FROM (
         SELECT id FROM fees_notice
          WHERE :words = '' AND :unit <> '' AND :state = '' AND unit = :unit
            AND id < :before
          ORDER BY id DESC LIMIT 51) b
        UNION ALL SELECT id FROM (
         SELECT id FROM fees_notice
          WHERE :words = '' AND :unit = '' AND :state <> ''
            AND state = :state AND id < :before
          ORDER BY id DESC LIMIT 51) c
        UNION ALL SELECT id FROM (
         SELECT id FROM fees_notice
          WHERE :words = '' AND :unit <> '' AND :state <> ''
            AND unit = :unit AND state = :state AND id < :before
          ORDER BY id DESC LIMIT 51) d
        UNION ALL SELECT id FROM fees_notice
          WHERE :words <> '' AND number = :words
        UNION ALL SELECT id FROM fees_notice
          WHERE :words <> '' AND case_no = :words)
   AND n.id < :before AND (:unit = '' OR n.unit = :unit)
   AND (:state = '' OR n.state = :state)
 ORDER BY n.id DESC
 LIMIT 51;

-- fee_event_add :change
-- in id int, notice text, at inst, text text, actor text, basis text
INSERT INTO fees_event (id, notice, at, text, actor, basis)
VALUES (:id, :notice, :at, :text, :actor, :basis);

-- fee_events :many
-- in notice text
-- out at inst, text text, actor text, basis text
SELECT at, text, actor, basis
  FROM fees_event
 WHERE notice = :notice
 ORDER BY id DESC
 LIMIT 100;

-- ---- payments ----

-- fee_payment_one :one
-- in platform_no text
-- out id int, notice text, amount fen, counted fen, verdict text, paid_at inst
SELECT id, notice, amount, counted, verdict, paid_at
  FROM fees_payment
 WHERE platform_no = :platform_no;

-- fee_payment_add :change
-- in id int, platform_no text, notice text, amount fen, counted fen
-- in verdict text, late bool, channel text, paid_at inst, day day
-- in received inst, source text
INSERT INTO fees_payment (id, platform_no, notice, amount, counted, verdict,
                          late, channel, paid_at, day, received, source)
VALUES (:id, :platform_no, :notice, :amount, :counted, :verdict, :late,
        :channel, :paid_at, :day, :received, :source);

-- fee_payments :many
-- in notice text
-- out platform_no text, amount fen, counted fen, verdict text, late bool
-- out channel text, paid_at inst, source text
SELECT platform_no, amount, counted, verdict, late, channel, paid_at, source
  FROM fees_payment
 WHERE notice = :notice
 ORDER BY id
 LIMIT 50;

-- fee_payments_on :many
-- What we booked for a day: payments and refunds.
-- in day day
-- out platform_no text, notice text, refund int, amount fen, dated day
SELECT platform_no, notice, 0 AS refund, amount, day AS dated
  FROM fees_payment
 WHERE day = :day
 UNION ALL
SELECT refund_no AS platform_no, notice, 1 AS refund, amount, day AS dated
  FROM fees_refund
 WHERE day = :day AND state = 'done'
 LIMIT 100000;

-- ---- refunds ----

-- fee_refund_add :change
-- in id int, number text, notice text, platform_no text, amount fen, kind text
-- in reason text, asked_by int, asked_name text, opened inst
INSERT INTO fees_refund (id, number, notice, platform_no, amount, kind, reason,
                         state, asked_by, asked_name, opened, decided_name,
                         answer, refund_no, revision)
VALUES (:id, :number, :notice, :platform_no, :amount, :kind, :reason,
        'requested', :asked_by, :asked_name, :opened, '', '', '', 1);

-- fee_refund_one :one
-- in number text
-- out id int, number text, notice text, platform_no text, amount fen
-- out kind text, reason text, state text, asked_by int, asked_name text
-- out revision int
SELECT id, number, notice, platform_no, amount, kind, reason, state, asked_by,
       asked_name, revision
  FROM fees_refund
 WHERE number = :number;

-- fee_refund_decide :change
-- in id int, revision int, state text, decided_name text, decided inst
-- in answer text
UPDATE fees_refund
   SET state = :state, decided_name = :decided_name, decided = :decided,
       answer = :answer, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'requested';

-- fee_refund_done :change
-- in id int, refund_no text, done_at inst, day day
UPDATE fees_refund
   SET state = 'done', refund_no = :refund_no, done_at = :done_at, day = :day,
       answer = '', revision = revision + 1
 WHERE id = :id AND state IN ('approved', 'failed');

-- fee_refund_failed :change
-- in id int, answer text
UPDATE fees_refund
   SET state = 'failed', answer = :answer, revision = revision + 1
 WHERE id = :id AND state IN ('approved', 'failed');

-- fee_refund_retry :change
-- in id int
UPDATE fees_refund
   SET state = 'approved', answer = '', revision = revision + 1
 WHERE id = :id AND state = 'failed';

-- fee_refunds_of :one
-- What goes back of one payment, refused ones aside.
-- in platform_no text
-- out amount fen
SELECT COALESCE(CAST(sum(amount) AS BIGINT), 0) AS amount
  FROM fees_refund
 WHERE platform_no = :platform_no AND state <> 'refused';

-- fee_refunds :many
-- in notice text
-- out number text, amount fen, kind text, reason text, state text
-- out asked_name text, decided_name text, answer text, opened inst
-- out done_at inst?
SELECT number, amount, kind, reason, state, asked_name, decided_name, answer,
       opened, done_at
  FROM fees_refund
 WHERE notice = :notice
 ORDER BY id
 LIMIT 50;

-- fee_refunds_waiting :many
-- out number text, notice text, amount fen, kind text, reason text, state text
-- out asked_name text, answer text, opened inst
SELECT number, notice, amount, kind, reason, state, asked_name, answer, opened
  FROM fees_refund
 WHERE state IN ('requested', 'approved', 'failed')
 ORDER BY id
 LIMIT 200;

-- ---- receipts ----

-- fee_receipt_add :change
-- in id int, notice text, code text, number text, checked text, amount fen
-- in made inst
INSERT INTO fees_receipt (id, notice, code, number, checked, amount, made)
VALUES (:id, :notice, :code, :number, :checked, :amount, :made);

-- fee_receipt_strike :run
-- in notice text, now inst
UPDATE fees_receipt SET struck = :now WHERE notice = :notice AND struck IS NULL;

-- fee_receipts :many
-- in notice text
-- out code text, number text, checked text, amount fen, made inst, struck inst?
SELECT code, number, checked, amount, made, struck
  FROM fees_receipt
 WHERE notice = :notice
 ORDER BY id
 LIMIT 20;

-- fee_receipt_one :one
-- in number text
-- out notice text, code text, number text, checked text, amount fen, made inst
-- out struck inst?
SELECT notice, code, number, checked, amount, made, struck
  FROM fees_receipt
 WHERE number = :number;

-- fee_receipt_public :one
-- What a receipt says of itself, without the person.
-- in number text
-- out code text, number text, checked text, amount fen, made inst
-- out struck inst?, name text
SELECT r.code, r.number, r.checked, r.amount, r.made, r.struck, n.name
  FROM fees_receipt r
  JOIN fees_notice n ON n.number = r.notice
 WHERE r.number = :number;

-- ---- refused callbacks ----

-- fee_refused_add :change
-- in id int, at inst, why text
INSERT INTO fees_refused (id, at, why)
VALUES (:id, :at, :why);

-- fee_refused_list :many
-- The newest, for the supervisor.
-- scan ok: by its key, newest first
-- out at inst, why text
SELECT at, why FROM fees_refused ORDER BY id DESC LIMIT 20;

-- ---- reconciliation ----

-- fee_day_start :run
-- in day day
INSERT INTO fees_day (day, state, lines, sum, our_lines, our_sum, sha256,
                      problem)
VALUES (:day, 'waiting', 0, 0, 0, 0, '', '')
ON CONFLICT (day) DO NOTHING;

-- fee_day_set :change
-- in day day, state text, lines int, sum int, our_lines int, our_sum int
-- in sha256 text, now inst, problem text
UPDATE fees_day
   SET state = :state, lines = :lines, sum = :sum, our_lines = :our_lines,
       our_sum = :our_sum, sha256 = :sha256, read_at = :now, problem = :problem
 WHERE day = :day;

-- fee_day_one :one
-- in day day
-- out day day, state text, lines int, sum int, our_lines int, our_sum int
-- out sha256 text, read_at inst?, problem text
SELECT day, state, lines, sum, our_lines, our_sum, sha256, read_at, problem
  FROM fees_day
 WHERE day = :day;

-- fee_days :many
-- scan ok: a row a day, newest first by its key
-- out day day, state text, lines int, sum int, our_lines int, our_sum int
-- out read_at inst?, problem text, open int
SELECT d.day, d.state, d.lines, d.sum, d.our_lines, d.our_sum, d.read_at,
       d.problem,
       (SELECT count(*) FROM fees_difference x
         WHERE x.day = d.day AND x.state = 'open') AS open
  FROM fees_day d
 ORDER BY d.day DESC
 LIMIT 60;

-- fee_lines_drop :run
-- in day day
DELETE FROM fees_line WHERE day = :day;

-- fee_line_add :change
-- in day day, position int, platform_no text, notice text, refund int
-- in amount int, dated day
INSERT INTO fees_line (day, position, platform_no, notice, refund, amount,
                       dated)
VALUES (:day, :position, :platform_no, :notice, :refund, :amount, :dated);

-- fee_differences_drop :run
-- A day read again forgets what is open; what a clerk closed stays.
-- in day day
DELETE FROM fees_difference WHERE day = :day AND state = 'open';

-- fee_difference_add :run
-- in id int, day day, kind text, platform_no text, notice text, ours int?
-- in theirs int?
INSERT INTO fees_difference (id, day, kind, platform_no, notice, ours, theirs,
                             state, note, closed_name)
VALUES (:id, :day, :kind, :platform_no, :notice, :ours, :theirs, 'open', '', '')
ON CONFLICT (day, kind, platform_no) DO NOTHING;

-- fee_differences :many
-- in day day
-- out id int, kind text, platform_no text, notice text, ours int?, theirs int?
-- out state text, note text, closed_name text, closed inst?
SELECT id, kind, platform_no, notice, ours, theirs, state, note, closed_name,
       closed
  FROM fees_difference
 WHERE day = :day
 ORDER BY id
 LIMIT 500;

-- fee_differences_open :one
-- out differences int
SELECT count(*) AS differences FROM fees_difference WHERE state = 'open';

-- fee_difference_one :one
-- in id int
-- out id int, day day, kind text, platform_no text, notice text, state text
-- out theirs int?
SELECT id, day, kind, platform_no, notice, state, theirs
  FROM fees_difference
 WHERE id = :id;

-- fee_difference_close :change
-- in id int, state text, note text, closed_name text, now inst
UPDATE fees_difference
   SET state = :state, note = :note, closed_name = :closed_name, closed = :now
 WHERE id = :id AND state = 'open';

-- ---- figures ----

-- fee_figures :many
-- By organisation: what was asked, what came, what went back; the notices made
-- before the first whole span, and the spans.
-- scan ok: a dozen spans a fee, and the notices of less than thirty days by
-- their index
-- in from inst, until inst, whole int
-- out unit_name text, name text, notices int, total fen, paid fen
-- out refunded fen, exempt int, expired int
SELECT u.short_name AS unit_name, f.name, f.notices, f.total, f.paid,
       f.refunded, f.exempt, f.expired
  FROM (SELECT unit, name, CAST(sum(notices) AS BIGINT) AS notices,
               CAST(sum(total) AS BIGINT) AS total,
               CAST(sum(paid) AS BIGINT) AS paid,
               CAST(sum(refunded) AS BIGINT) AS refunded,
               CAST(sum(exempt) AS BIGINT) AS exempt,
               CAST(sum(expired) AS BIGINT) AS expired
          FROM (SELECT unit, name, notices, total, paid, refunded, exempt,
                       expired
                  FROM fees_count
                 WHERE span >= :whole
                UNION ALL
                SELECT unit, name, 1, total, paid, refunded,
                       CASE WHEN state = 'exempt' THEN 1 ELSE 0 END,
                       CASE WHEN state = 'expired' THEN 1 ELSE 0 END
                  FROM fees_notice
                 WHERE made >= :from AND made < :until
                   AND state <> 'replaced') AS parts
         GROUP BY unit, name
        HAVING sum(notices) > 0) AS f
  JOIN pub_auth_unit u ON u.code = f.unit
 ORDER BY u.short_name, f.name
 LIMIT 200;

-- fee_count_follow :run
-- The figures go from what a notice counted for before (zeros: it was not there
-- or another took its place) to what it counts for now.
-- in id int, notices int, total fen, paid fen, refunded fen, exempt int
-- in expired int
INSERT INTO fees_count (unit, name, span, notices, total, paid, refunded,
                        exempt, expired)
SELECT n.unit, n.name, n.made / 2592000000, n.here - :notices,
       n.here * n.total - :total, n.here * n.paid - :paid,
       n.here * n.refunded - :refunded,
       CASE WHEN n.state = 'exempt' THEN 1 ELSE 0 END - :exempt,
       CASE WHEN n.state = 'expired' THEN 1 ELSE 0 END - :expired
  FROM (SELECT id, unit, name, made, total, paid, refunded, state,
               CASE WHEN state = 'replaced' THEN 0 ELSE 1 END AS here
          FROM fees_notice) AS n
 WHERE n.id = :id
ON CONFLICT (unit, name, span) DO UPDATE
   SET notices = fees_count.notices + excluded.notices,
       total = fees_count.total + excluded.total,
       paid = fees_count.paid + excluded.paid,
       refunded = fees_count.refunded + excluded.refunded,
       exempt = fees_count.exempt + excluded.exempt,
       expired = fees_count.expired + excluded.expired;

-- fee_check_counts :many
-- For zhengtong check: figures that are not what a recount gives.
-- scan ok: the check reads everything
-- out unit text, name text, span int, notices int, total fen, paid fen
SELECT unit, name, span, CAST(sum(notices) AS BIGINT) AS notices,
       CAST(sum(total) AS BIGINT) AS total, CAST(sum(paid) AS BIGINT) AS paid
  FROM (SELECT unit, name, span, notices, total, paid, refunded, exempt, expired
          FROM fees_count
        UNION ALL
        SELECT unit, name, made / 2592000000, -1, -total, -paid, -refunded,
               CASE WHEN state = 'exempt' THEN -1 ELSE 0 END,
               CASE WHEN state = 'expired' THEN -1 ELSE 0 END
          FROM fees_notice
         WHERE state <> 'replaced') AS t
 GROUP BY unit, name, span
HAVING sum(notices) <> 0 OR sum(total) <> 0 OR sum(paid) <> 0
    OR sum(refunded) <> 0 OR sum(exempt) <> 0 OR sum(expired) <> 0
 ORDER BY unit, name, span
 LIMIT 100;

-- fee_check_sums :many
-- For zhengtong check: a notice whose counted payments are not what it says.
-- scan ok: the check reads everything
-- out number text, paid fen, counted fen
SELECT n.number, n.paid, COALESCE(CAST(sum(p.counted) AS BIGINT), 0) AS counted
  FROM fees_notice n
  LEFT JOIN fees_payment p ON p.notice = n.number
 GROUP BY n.number, n.paid
HAVING n.paid <> COALESCE(CAST(sum(p.counted) AS BIGINT), 0)
 LIMIT 100;

-- fee_check_back :many
-- A payment of which more goes back than came.
-- scan ok: the check reads everything
-- out platform_no text, amount fen, back fen
SELECT p.platform_no, p.amount, CAST(sum(r.amount) AS BIGINT) AS back
  FROM fees_payment p
  JOIN fees_refund r ON r.platform_no = p.platform_no
 WHERE r.state <> 'refused'
 GROUP BY p.platform_no, p.amount
HAVING CAST(sum(r.amount) AS BIGINT) > p.amount
 LIMIT 100;

-- fee_line_one :one
-- in day day, platform_no text
-- out notice text, refund int, amount fen, dated day
SELECT notice, refund, amount, dated
  FROM fees_line
 WHERE day = :day AND platform_no = :platform_no
 ORDER BY position
 LIMIT 1;

-- fee_give :change
-- The loader of the demonstration city gives some an owner.
-- in id int, account int, name text, open text
UPDATE fees_notice
   SET account = :account, payer_name = :name, payer_open = :open
 WHERE id = :id;
