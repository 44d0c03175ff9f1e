-- The figures of /fees/watch are grouped in the order of this index and read
-- nothing else.
CREATE INDEX fees_notice_figures ON fees_notice (unit, name, made, state,
                                                 total, paid, refunded);
-- The list by state, of one organisation or of all.
CREATE INDEX fees_notice_state ON fees_notice (state, id);
CREATE INDEX fees_notice_unit_state ON fees_notice (unit, state, id);
