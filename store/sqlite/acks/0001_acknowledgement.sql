-- What officers decided, one row for each decision, never changed and never
-- removed. It lies beside the mirror and not in it: the mirror can be made anew
-- from the units' files, this cannot. Times are microseconds since 1970 UTC; a
-- seal is a checksum over the row and the seal of the row before, so that a row
-- that was changed or left out is noticed.
CREATE TABLE acknowledgement (
    id             INTEGER PRIMARY KEY,
    unit           TEXT    NOT NULL,
    indicator      TEXT    NOT NULL,
    period         TEXT    NOT NULL,
    matter         TEXT    NOT NULL CHECK (matter IN ('pending', 'conflict', 'correction')),
    decision       TEXT    NOT NULL CHECK (decision IN ('accept', 'reject')),
    wait           TEXT    NOT NULL, -- why the value waited: closed, large, withdrawn; empty for other matters
    value          TEXT,             -- null where the indicator does not apply or the figure was withdrawn
    source         TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    sha256         TEXT    NOT NULL,
    sheet          TEXT    NOT NULL,
    ref            TEXT    NOT NULL,
    received       INTEGER NOT NULL,
    stood_value    TEXT,             -- what stood until then, likewise; no hash where nothing did
    stood_source   TEXT    NOT NULL,
    stood_path     TEXT    NOT NULL,
    stood_sha256   TEXT    NOT NULL,
    stood_sheet    TEXT    NOT NULL,
    stood_ref      TEXT    NOT NULL,
    stood_received INTEGER NOT NULL,
    others         TEXT    NOT NULL, -- JSON list of values; null: not applicable
    reason         TEXT    NOT NULL,
    person         TEXT    NOT NULL, -- a post or a login
    decided        INTEGER NOT NULL,
    seal           INTEGER NOT NULL
) STRICT;
CREATE TRIGGER acknowledgement_stays BEFORE UPDATE ON acknowledgement
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER acknowledgement_remains BEFORE DELETE ON acknowledgement
BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END;
