-- As of a moment before kept_from, and of findings before findings_from, not all
-- that was known is kept any more: such a moment is refused. 0: nothing was ever
-- removed. retained is when the retention last went through the whole mirror.
ALTER TABLE state ADD COLUMN kept_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE state ADD COLUMN findings_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE state ADD COLUMN retained INTEGER NOT NULL DEFAULT 0;

-- What the retention removed, one row for each time that it removed anything.
CREATE TABLE removal (
    id            INTEGER PRIMARY KEY,
    at            INTEGER NOT NULL,
    kept_from     INTEGER NOT NULL,
    findings_from INTEGER NOT NULL,
    versions      INTEGER NOT NULL DEFAULT 0,
    statements    INTEGER NOT NULL DEFAULT 0,
    rows          INTEGER NOT NULL DEFAULT 0,
    findings      INTEGER NOT NULL DEFAULT 0,
    pulls         INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Pulls are kept as long as the moments at which they were the latest.
DROP INDEX pull_source;
CREATE INDEX pull_source ON pull (source, id, ended);
