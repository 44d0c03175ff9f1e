-- How much is found in what is in force, by organisation and rule: kept in the
-- command that changes a finding, so that nobody who looks counts them.  rule
-- '' is any rule: an item with several findings is one item there.
CREATE TABLE catalogue_found (
  unit   TEXT    NOT NULL,
  rule   TEXT    NOT NULL,
  items  INTEGER NOT NULL,            -- in which it is found
  must   INTEGER NOT NULL,            -- findings of either grade
  should INTEGER NOT NULL,
  PRIMARY KEY (unit, rule)
);
INSERT INTO catalogue_found (unit, rule, items, must, should)
SELECT unit, rule, count(DISTINCT item),
       sum(CASE WHEN grade = 'must' THEN 1 ELSE 0 END),
       sum(CASE WHEN grade = 'should' THEN 1 ELSE 0 END)
  FROM catalogue_finding
 WHERE live = 1
 GROUP BY unit, rule;
INSERT INTO catalogue_found (unit, rule, items, must, should)
SELECT unit, '', count(DISTINCT item),
       sum(CASE WHEN grade = 'must' THEN 1 ELSE 0 END),
       sum(CASE WHEN grade = 'should' THEN 1 ELSE 0 END)
  FROM catalogue_finding
 WHERE live = 1
 GROUP BY unit;

-- The findings one by one, in the order of the items; what a filter asks is in
-- the index.  The counts no longer read indexes of their own.
DROP INDEX catalogue_finding_rule;
DROP INDEX catalogue_finding_unit;
CREATE INDEX catalogue_finding_live ON catalogue_finding (live, item, id, rule,
                                                          unit);

-- The figures over the list of items read this index alone.
CREATE INDEX catalogue_item_count ON catalogue_item (state, step, unit, must);
