-- A correction may also be of what a register says of an enterprise; its ref is
-- then the 统一社会信用代码, and it is no datum of the account's own.
DROP VIEW pub_remedies_correction;
CREATE VIEW pub_remedies_correction AS
  SELECT account, step AS datum, number, unit, answered
    FROM remedies_matter
   WHERE kind = 'correction' AND state = 'granted' AND ref = '';
