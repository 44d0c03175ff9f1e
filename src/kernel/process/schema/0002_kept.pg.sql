-- What happened stays; only a case that is whole in the archive leaves.
CREATE FUNCTION process_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was recorded is never changed or removed';
END $$;
CREATE FUNCTION process_event_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM process_archive
                  WHERE case_id = OLD.case_id) THEN
    RAISE EXCEPTION 'events are never removed';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER process_event_kept BEFORE UPDATE ON process_event
  FOR EACH ROW EXECUTE FUNCTION process_refuse();
CREATE TRIGGER process_event_leaves BEFORE DELETE ON process_event
  FOR EACH ROW EXECUTE FUNCTION process_event_leaves();
CREATE TRIGGER process_archive_kept BEFORE UPDATE OR DELETE ON process_archive
  FOR EACH ROW EXECUTE FUNCTION process_refuse();
CREATE TRIGGER process_def_kept
  BEFORE UPDATE OF id, kind, key, version, title, xml, digest, deployed
  ON process_def FOR EACH ROW EXECUTE FUNCTION process_refuse();
CREATE TRIGGER process_def_stays BEFORE DELETE ON process_def
  FOR EACH ROW EXECUTE FUNCTION process_refuse();
