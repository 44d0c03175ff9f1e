-- What others may read of a matter: its number and the process it follows;
-- what people wrote stays here.
CREATE VIEW pub_matters_matter AS
  SELECT number, key, kind, unit FROM matters_matter;
