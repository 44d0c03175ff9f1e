-- What happened stays; only a case that is whole in the archive leaves.
CREATE TRIGGER process_event_kept BEFORE UPDATE ON process_event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER process_event_stays BEFORE DELETE ON process_event
WHEN NOT EXISTS (SELECT 1 FROM process_archive WHERE case_id = OLD.case_id)
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER process_archive_kept BEFORE UPDATE ON process_archive
BEGIN SELECT RAISE(ABORT, 'the archive is never changed'); END;
CREATE TRIGGER process_archive_stays BEFORE DELETE ON process_archive
BEGIN SELECT RAISE(ABORT, 'the archive is never removed'); END;
CREATE TRIGGER process_def_kept
BEFORE UPDATE OF id, kind, key, version, title, xml, digest, deployed
  ON process_def
BEGIN SELECT RAISE(ABORT, 'definitions are never rewritten'); END;
CREATE TRIGGER process_def_stays BEFORE DELETE ON process_def
BEGIN SELECT RAISE(ABORT, 'definitions are never removed'); END;
