-- Nobody asks for a unit's clocks by their level: every list of them goes by
-- the day they are due.  An index less to write with each clock.
DROP INDEX clock_running_unit;
