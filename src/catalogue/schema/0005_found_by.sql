-- The findings of one organisation, and those of one rule, in the order of the
-- items: where they are few among many, reading past all others took long.
CREATE INDEX catalogue_finding_unit ON catalogue_finding (unit, item, id, rule)
  WHERE live = 1;
CREATE INDEX catalogue_finding_rule ON catalogue_finding (rule, item, id)
  WHERE live = 1;
