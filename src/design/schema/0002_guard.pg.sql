-- A version says for ever what it said: cases that began under it rest on it.
CREATE FUNCTION design_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'versions are never rewritten or removed';
END $$;
CREATE TRIGGER design_version_kept
  BEFORE UPDATE OF id, kind, key, version, title, xml, digest, author, note,
                   created ON design_version
  FOR EACH ROW EXECUTE FUNCTION design_version_refuse();
CREATE TRIGGER design_version_stays BEFORE DELETE ON design_version
  FOR EACH ROW EXECUTE FUNCTION design_version_refuse();
