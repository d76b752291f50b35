-- Totals over units are made when a snapshot is taken, from the courses that it
-- reads anyway: kept, they cost each workbook of a city with 3,000 units a look at
-- all of the others.
DROP TABLE rollup;
DROP INDEX board_total;
ALTER TABLE state DROP COLUMN layout;

-- A snapshot asks for what was refused, however long ago.
CREATE INDEX workbook_refused ON workbook (id) WHERE verdict = 'refused';
