-- The library by state, of one organisation or of all.
CREATE INDEX licences_licence_state ON licences_licence (state, id);
CREATE INDEX licences_licence_unit_state ON licences_licence (unit, state, id);
