-- Values that wait for an officer, and what officers decided. Rows of pending of
-- one key never overlap. A row closes when its value is decided on, replaced or
-- taken back, or moves to another workbook; since stays over such a move.
CREATE TABLE pending (
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    since      INTEGER NOT NULL,
    value      TEXT,             -- null where the indicator does not apply or the figure was withdrawn
    suspect    INTEGER NOT NULL,
    workbook   INTEGER NOT NULL REFERENCES workbook, -- of one withdrawn: that stated it last
    why        TEXT    NOT NULL, -- closed, large, withdrawn
    PRIMARY KEY (unit, indicator, period, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_open ON pending (known_to);

-- The decisions of the database of acknowledgements as far as the mirror has
-- taken them in, with the moment at which it did.
CREATE TABLE acknowledgement (
    id             INTEGER PRIMARY KEY,
    known_from     INTEGER NOT NULL,
    unit           TEXT    NOT NULL,
    indicator      TEXT    NOT NULL,
    period         TEXT    NOT NULL,
    matter         TEXT    NOT NULL,
    decision       TEXT    NOT NULL,
    wait           TEXT    NOT NULL,
    value          TEXT,
    source         TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    sha256         TEXT    NOT NULL,
    sheet          TEXT    NOT NULL,
    ref            TEXT    NOT NULL,
    received       INTEGER NOT NULL,
    stood_value    TEXT,
    stood_source   TEXT    NOT NULL,
    stood_path     TEXT    NOT NULL,
    stood_sha256   TEXT    NOT NULL,
    stood_sheet    TEXT    NOT NULL,
    stood_ref      TEXT    NOT NULL,
    stood_received INTEGER NOT NULL,
    others         TEXT    NOT NULL, -- JSON list of values; null: not applicable
    reason         TEXT    NOT NULL,
    person         TEXT    NOT NULL,
    decided        INTEGER NOT NULL,
    seal           INTEGER NOT NULL
) STRICT;
CREATE INDEX acknowledgement_key ON acknowledgement (unit, indicator, period);
CREATE INDEX acknowledgement_known ON acknowledgement (known_from);
