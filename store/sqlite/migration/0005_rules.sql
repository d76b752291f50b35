-- By which rules the figures were judged last: where they have changed, all are
-- judged again when the next pull begins.
ALTER TABLE state ADD COLUMN rules TEXT NOT NULL DEFAULT '';
