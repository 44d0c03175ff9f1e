-- What can be applied for.
--
-- An item (事项) is one decision of one department with its legal basis and its
-- two limits.  A theme (一件事) is one need of a person that several departments
-- answer; its questions, papers, parts and decision tables are data (body and
-- rules), versioned, so that a case keeps what was in force when it was filed.
CREATE TABLE services_item (
  id              INTEGER PRIMARY KEY,
  code            TEXT    NOT NULL UNIQUE,  -- DEMO-22-001, YX-0157 …
  version         INTEGER NOT NULL,
  unit            TEXT    NOT NULL,         -- code of the deciding organisation
  name            TEXT    NOT NULL,
  type            TEXT    NOT NULL,         -- 行政许可, 公共服务 … (GB/T 39046 A.1)
  object          TEXT    NOT NULL,         -- 个人, 法人, 个人、法人
  law             TEXT,                     -- 食品安全法; NULL: not curated
  law_version     TEXT,
  article         TEXT,                     -- 35
  statutory_n     INTEGER NOT NULL,         -- units the law allows
  statutory_unit  TEXT    NOT NULL CHECK (statutory_unit IN ('wd', 'nd')),
  statutory_basis TEXT,                     -- the article that names the number
  promised_n      INTEGER NOT NULL,         -- units promised, never more
  online          INTEGER NOT NULL,         -- 1: can be applied for on line
  visits          INTEGER NOT NULL,         -- 跑动次数
  fee             TEXT    NOT NULL,         -- 不收费, or what and by which rule
  result          TEXT,                     -- the paper that comes out
  conditions      TEXT,                     -- one a line; NULL: not curated
  curated         INTEGER NOT NULL,
  position        INTEGER NOT NULL,         -- order of the list, most used first
  CHECK (statutory_unit <> 'wd' OR promised_n <= statutory_n)
);
CREATE INDEX services_item_unit ON services_item (unit, position);
CREATE INDEX services_item_order ON services_item (position);
CREATE INDEX services_item_type ON services_item (type, position);
CREATE INDEX services_item_online ON services_item (online, position);

-- A paper an item asks for (材料).  source says who brings it: asking for what
-- the exchange can supply is forbidden (国务院令第716号 第七条).
CREATE TABLE services_material (
  id       INTEGER PRIMARY KEY,
  item     TEXT    NOT NULL,    -- services_item.code
  position INTEGER NOT NULL,
  code     TEXT    NOT NULL,    -- unique within the item
  name     TEXT    NOT NULL,
  source   TEXT    NOT NULL CHECK (source IN ('upload', 'exchange', 'form')),
  need     INTEGER NOT NULL,    -- 1 必要 2 非必要 3 容缺后补
  note     TEXT                 -- what it must show
);
CREATE UNIQUE INDEX services_material_item ON services_material (item, position);

CREATE TABLE services_theme (
  id       INTEGER PRIMARY KEY,
  code     TEXT    NOT NULL,    -- canyin
  version  INTEGER NOT NULL,
  title    TEXT    NOT NULL,    -- 我要开餐饮店
  summary  TEXT    NOT NULL,
  icon     TEXT    NOT NULL,    -- of web/icons.svg
  body     TEXT    NOT NULL,    -- JSON: questions, papers, parts, guide
  rules    TEXT    NOT NULL,    -- DMN: which parts, which papers
  live     INTEGER NOT NULL,    -- 1: the version people apply by
  position INTEGER NOT NULL
);
CREATE UNIQUE INDEX services_theme_version ON services_theme (code, version);
CREATE INDEX services_theme_live ON services_theme (live, position);

-- What others may know of an item, and of a theme people can apply for.
CREATE VIEW pub_services_item AS
  SELECT id, code, unit, name, type, object, promised_n, statutory_n, online,
         position
    FROM services_item;
CREATE VIEW pub_services_theme AS
  SELECT id, code, title, summary, icon, position
    FROM services_theme
   WHERE live = 1;
