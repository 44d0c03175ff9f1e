-- What was sent says for ever what it said: the keeper judged that text, and
-- cases that began under it rest on it.
CREATE FUNCTION catalogue_version_refuse() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
  IF OLD.state <> 'draft' THEN
    RAISE EXCEPTION 'a version that was sent is not rewritten or removed';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER catalogue_version_kept
  BEFORE UPDATE OF body, item, version ON catalogue_version
  FOR EACH ROW EXECUTE FUNCTION catalogue_version_refuse();
CREATE TRIGGER catalogue_version_stays
  BEFORE DELETE ON catalogue_version
  FOR EACH ROW EXECUTE FUNCTION catalogue_version_refuse();
