-- Whether a matter is in the index of words; those from before it are put there
-- by a job.
ALTER TABLE matters_matter ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
CREATE INDEX matters_matter_words ON matters_matter (id) WHERE words = 0;
