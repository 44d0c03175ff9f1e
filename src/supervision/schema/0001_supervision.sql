-- What the supervisor sees and does: cards and ratings.
--
-- A card (牌) is issued by the machine when a clock passes its due day, once for
-- each level of each clock; an organisation may explain, the supervisor lifts
-- or upholds.  Nobody can issue one by hand or take one back unseen.  A warning
-- (预警) is the card before the due day: nothing to explain, and over (settled)
-- when the clock it warned of has stopped or got more time; a yellow card is
-- over when the red one of the same clock takes its place.
CREATE TABLE supervision_card (
  id       INTEGER PRIMARY KEY,
  number   TEXT    NOT NULL UNIQUE, -- R2026-0018: level, year, serial
  level    TEXT    NOT NULL CHECK (level IN ('warning', 'yellow', 'red')),
  matter   TEXT    NOT NULL,   -- kind of matter the clock belongs to: case
  ref      TEXT    NOT NULL,   -- its public number
  clock    TEXT    NOT NULL,   -- promised, statutory, accept
  rule     TEXT    NOT NULL,   -- id in data/clock-rules.json
  title    TEXT    NOT NULL,   -- as the matter is called
  unit     TEXT    NOT NULL,   -- organisation that was late
  holder   TEXT    NOT NULL,   -- person responsible, public by duty
  due      INTEGER NOT NULL,   -- the day that was passed
  issued   INTEGER NOT NULL,   -- instant
  state    TEXT    NOT NULL CHECK (state IN ('issued', 'explained', 'upheld',
             'lifted', 'settled')),
  said     TEXT,               -- the organisation's explanation
  said_by  TEXT,               -- who of it gave it
  said_at  INTEGER,
  answer   TEXT,               -- the supervisor's answer to it
  answered INTEGER,
  revision INTEGER NOT NULL
);
-- Once for each level of each clock; a clock that got more time has another due
-- day and may be warned of again.
CREATE UNIQUE INDEX supervision_card_once
  ON supervision_card (matter, ref, clock, level, due);
CREATE INDEX supervision_card_newest ON supervision_card (issued, id);
CREATE INDEX supervision_card_unit ON supervision_card (unit, issued, id);
CREATE INDEX supervision_card_level ON supervision_card (level, issued);
-- What still wants something: red ones first.
CREATE INDEX supervision_card_open ON supervision_card (level, issued)
  WHERE state IN ('issued', 'explained') AND level <> 'warning';
CREATE INDEX supervision_card_warned ON supervision_card (unit)
  WHERE state = 'issued' AND level = 'warning';

-- Running numbers of cards without gaps, by level and year.
CREATE TABLE supervision_series (
  level TEXT    NOT NULL,
  year  INTEGER NOT NULL,
  last  INTEGER NOT NULL,
  PRIMARY KEY (level, year)
);

-- A rating (好差评): five levels, after the end, once per case and channel.
-- No rating is no rating: nothing is ever filled in for the silent.
CREATE TABLE supervision_rating (
  id       INTEGER PRIMARY KEY,
  ref      TEXT    NOT NULL,   -- number of the case
  unit     TEXT    NOT NULL,
  item     TEXT,
  channel  TEXT    NOT NULL CHECK (channel IN ('web', 'qr', 'window', 'phone')),
  level    INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5), -- 1 非常满意
  reasons  TEXT    NOT NULL,   -- codes, space-separated
  remark   TEXT,               -- personal: what the person wrote
  at       INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  -- A bad rating (4 不满意, 5 非常不满意) is verified within one working day and
  -- mended within five; good ones need nothing.
  verify_by INTEGER,
  mend_by  INTEGER,
  verified INTEGER,            -- instant
  mended   INTEGER,
  answer   TEXT                -- personal: what was done and told the person
);
CREATE UNIQUE INDEX supervision_rating_once ON supervision_rating (ref, channel);
CREATE INDEX supervision_rating_unit ON supervision_rating (unit, day);
CREATE INDEX supervision_rating_bad ON supervision_rating (mend_by, id)
  WHERE mend_by IS NOT NULL AND mended IS NULL;

-- Figures of ratings by day and organisation ('' the city), kept with every
-- rating so that no page counts them again.
CREATE TABLE supervision_score (
  day   INTEGER NOT NULL,
  unit  TEXT    NOT NULL,
  rated INTEGER NOT NULL,
  good  INTEGER NOT NULL,      -- levels 1 to 3
  bad   INTEGER NOT NULL,
  PRIMARY KEY (day, unit)
);
CREATE INDEX supervision_score_unit ON supervision_score (unit, day);

CREATE VIEW pub_supervision_rating AS
  SELECT ref, unit, item, channel, level, at, day FROM supervision_rating;
CREATE VIEW pub_supervision_score AS
  SELECT day, unit, rated, good, bad FROM supervision_score;
CREATE VIEW pub_supervision_card AS
  SELECT number, level, matter, ref, clock, title, unit, holder, due, issued,
         state
    FROM supervision_card;
