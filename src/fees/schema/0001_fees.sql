-- Fees: what is owed, what was paid, what goes back, and how the books agree
-- with the payment platform's.  Every sum is integer fen.

-- Where money may go: the treasury, or the fiscal account of the finance
-- bureau.  No other organisation can stand here (行政许可法 第五十九条).
CREATE TABLE fees_account (
  code   TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  holder TEXT NOT NULL,
  bank   TEXT NOT NULL,
  number TEXT NOT NULL,
  CHECK ((kind = 'treasury' AND holder LIKE '国家金库%')
         OR (kind = 'fiscal' AND holder LIKE '%财政局%'))
);

-- The schedule of data/fees, as it is in force.  since: a fee is not asked of
-- what was accepted, or decided, before it was published.
CREATE TABLE fees_rule (
  item     TEXT PRIMARY KEY,
  project  TEXT    NOT NULL,       -- code of the revenue project
  name     TEXT    NOT NULL,
  hold     TEXT    NOT NULL CHECK (hold IN ('accept', 'decide')),
  days     INTEGER NOT NULL,
  account  TEXT    NOT NULL,
  decision TEXT    NOT NULL,
  basis    TEXT    NOT NULL,
  standard TEXT    NOT NULL,
  asks     TEXT    NOT NULL,       -- JSON
  since    INTEGER NOT NULL        -- day
);

-- A payment notice (缴款书).  At most one of a case is open.
CREATE TABLE fees_notice (
  id         INTEGER PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE, -- 缴款码
  case_no    TEXT    NOT NULL,
  unit       TEXT    NOT NULL,        -- 执收单位: asks for it, never gets it
  item       TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  project    TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  hold       TEXT    NOT NULL,
  payee      TEXT    NOT NULL,        -- fees_account.code
  account    INTEGER NOT NULL,        -- of the payer, 0: none
  proxy      INTEGER NOT NULL,
  payer_name TEXT    NOT NULL,        -- personal
  payer_open TEXT    NOT NULL,
  facts      TEXT    NOT NULL,        -- JSON: what it was reckoned from
  price      TEXT    NOT NULL,        -- exact decimal, yuan
  quantity   TEXT    NOT NULL,        -- exact decimal
  total      INTEGER NOT NULL CHECK (total >= 0),
  paid       INTEGER NOT NULL CHECK (paid >= 0 AND paid <= total),
  refunded   INTEGER NOT NULL CHECK (refunded >= 0 AND refunded <= paid),
  relief     TEXT    NOT NULL,        -- why less or nothing is asked
  basis      TEXT    NOT NULL,
  standard   TEXT    NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('assessing', 'waiting', 'part',
               'paid', 'exempt', 'expired', 'replaced', 'cancelled')),
  made       INTEGER NOT NULL,        -- instant
  issued     INTEGER,                 -- day
  due        INTEGER,                 -- last day to pay
  settled    INTEGER,                 -- instant
  order_no   TEXT    NOT NULL,        -- of the platform; '': none yet
  pay_url    TEXT    NOT NULL,
  asked_at   INTEGER,                 -- when the platform was last asked
  revision   INTEGER NOT NULL
);
CREATE UNIQUE INDEX fees_notice_open ON fees_notice (case_no)
  WHERE state IN ('assessing', 'waiting', 'part', 'expired', 'paid', 'exempt');
CREATE INDEX fees_notice_case ON fees_notice (case_no, id);
CREATE INDEX fees_notice_account ON fees_notice (account, id)
  WHERE account <> 0;
CREATE INDEX fees_notice_proxy ON fees_notice (proxy, id) WHERE proxy <> 0;
CREATE INDEX fees_notice_unit ON fees_notice (unit, id);
CREATE INDEX fees_notice_due ON fees_notice (due, id)
  WHERE state IN ('waiting', 'part');
CREATE INDEX fees_notice_assess ON fees_notice (unit, id)
  WHERE state = 'assessing';
CREATE INDEX fees_notice_settled ON fees_notice (settled)
  WHERE settled IS NOT NULL;

-- Every payment the platform ever told us, once by its own number.
CREATE TABLE fees_payment (
  id          INTEGER PRIMARY KEY,
  platform_no TEXT    NOT NULL UNIQUE,
  notice      TEXT    NOT NULL,       -- number as told
  amount      INTEGER NOT NULL CHECK (amount > 0),
  counted     INTEGER NOT NULL CHECK (counted >= 0 AND counted <= amount),
  verdict     TEXT    NOT NULL,
  late        INTEGER NOT NULL,
  channel     TEXT    NOT NULL,
  paid_at     INTEGER NOT NULL,       -- instant, the platform's
  day         INTEGER NOT NULL,       -- of paid_at
  received    INTEGER NOT NULL,       -- instant it reached us
  source      TEXT    NOT NULL CHECK (source IN ('callback', 'query', 'day'))
);
CREATE INDEX fees_payment_notice ON fees_payment (notice, id);
CREATE INDEX fees_payment_day ON fees_payment (day, id);

CREATE TABLE fees_refund (
  id          INTEGER PRIMARY KEY,
  number      TEXT    NOT NULL UNIQUE,
  notice      TEXT    NOT NULL,
  platform_no TEXT    NOT NULL,       -- the payment it gives back
  amount      INTEGER NOT NULL CHECK (amount > 0),
  kind        TEXT    NOT NULL CHECK (kind IN ('double', 'surplus', 'closed',
                'asked')),
  reason      TEXT    NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('requested', 'approved', 'done',
                'refused', 'failed')),
  asked_by    INTEGER NOT NULL,       -- account, 0: the platform itself
  asked_name  TEXT    NOT NULL,
  opened      INTEGER NOT NULL,
  decided_name TEXT   NOT NULL,
  decided     INTEGER,
  answer      TEXT    NOT NULL,       -- why it was refused, or what failed
  refund_no   TEXT    NOT NULL,       -- the platform's
  done_at     INTEGER,
  day         INTEGER,                -- of done_at
  revision    INTEGER NOT NULL
);
CREATE INDEX fees_refund_notice ON fees_refund (notice, id);
CREATE INDEX fees_refund_payment ON fees_refund (platform_no, id);
CREATE INDEX fees_refund_waiting ON fees_refund (id)
  WHERE state IN ('requested', 'approved', 'failed');
CREATE INDEX fees_refund_day ON fees_refund (day) WHERE day IS NOT NULL;

-- 非税收入电子票据: one in force a notice; a refund strikes it out (冲红) and
-- gives a new one for what remains.
CREATE TABLE fees_receipt (
  id      INTEGER PRIMARY KEY,
  notice  TEXT    NOT NULL,
  code    TEXT    NOT NULL,           -- 票据代码
  number  TEXT    NOT NULL UNIQUE,    -- 票据号码
  checked TEXT    NOT NULL,           -- 校验码
  amount  INTEGER NOT NULL CHECK (amount > 0),
  made    INTEGER NOT NULL,
  struck    INTEGER                     -- instant it was struck out
);
CREATE UNIQUE INDEX fees_receipt_notice ON fees_receipt (notice)
  WHERE struck IS NULL;
CREATE INDEX fees_receipt_all ON fees_receipt (notice, id);

-- What happened to a notice, only ever added to.
CREATE TABLE fees_event (
  id     INTEGER PRIMARY KEY,
  notice TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  text   TEXT    NOT NULL,
  actor  TEXT    NOT NULL,
  basis  TEXT    NOT NULL
);
CREATE INDEX fees_event_notice ON fees_event (notice, id);

-- Callbacks that were refused: somebody else's, or not for us.
CREATE TABLE fees_refused (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  why    TEXT    NOT NULL         -- the address it came from is in the trail
);

-- Reconciliation: a day, its lines as the platform gave them, and what differs.
CREATE TABLE fees_day (
  day       INTEGER PRIMARY KEY,
  state     TEXT    NOT NULL CHECK (state IN ('waiting', 'read', 'failed')),
  lines     INTEGER NOT NULL,
  sum       INTEGER NOT NULL,
  our_lines INTEGER NOT NULL,
  our_sum   INTEGER NOT NULL,
  sha256    TEXT    NOT NULL,
  read_at   INTEGER,
  problem   TEXT    NOT NULL
);
CREATE TABLE fees_line (
  day         INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  platform_no TEXT    NOT NULL,
  notice      TEXT    NOT NULL,
  refund      INTEGER NOT NULL,
  amount      INTEGER NOT NULL,
  dated       INTEGER NOT NULL,
  PRIMARY KEY (day, position)
);
CREATE TABLE fees_difference (
  id          INTEGER PRIMARY KEY,
  day         INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  platform_no TEXT    NOT NULL,
  notice      TEXT    NOT NULL,
  ours        INTEGER,
  theirs      INTEGER,
  state       TEXT    NOT NULL CHECK (state IN ('open', 'booked', 'closed')),
  note        TEXT    NOT NULL,
  closed_name TEXT    NOT NULL,
  closed      INTEGER,
  UNIQUE (day, kind, platform_no)
);
CREATE INDEX fees_difference_open ON fees_difference (day, id)
  WHERE state = 'open';

-- Running numbers: notices and receipts by year, refunds by day.
CREATE TABLE fees_series (
  of   TEXT PRIMARY KEY,
  last INTEGER NOT NULL
);

-- For whoever decides a case or hands out its result: what must be paid first,
-- and whether it is.  Nothing of the payer.
CREATE VIEW pub_fees_rule AS
  SELECT item, name, hold, since FROM fees_rule;
CREATE VIEW pub_fees_notice AS
  SELECT case_no, number, name, hold, state, due,
         CASE WHEN state IN ('paid', 'exempt', 'cancelled') THEN 1 ELSE 0 END
           AS settled
    FROM fees_notice
   WHERE state <> 'replaced';
