-- The table was made anew: so are its guards.
CREATE TRIGGER design_version_kept
  BEFORE UPDATE OF id, kind, key, version, title, xml, digest, author, note,
                   created ON design_version
  FOR EACH ROW EXECUTE FUNCTION design_version_refuse();
CREATE TRIGGER design_version_stays BEFORE DELETE ON design_version
  FOR EACH ROW EXECUTE FUNCTION design_version_refuse();
