-- What was sent says for ever what it said: the keeper judged that text, and
-- cases that began under it rest on it.
CREATE TRIGGER catalogue_version_kept
BEFORE UPDATE OF body, item, version ON catalogue_version
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a version that was sent is not rewritten'); END;
CREATE TRIGGER catalogue_version_stays BEFORE DELETE ON catalogue_version
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a version that was sent is not removed'); END;
