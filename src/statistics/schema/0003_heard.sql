-- Which news of a day was the last: a day is counted beside the writer, and
-- stays due when something was heard of it meanwhile.
ALTER TABLE statistics_due ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
