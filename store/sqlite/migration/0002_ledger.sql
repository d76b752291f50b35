-- Rows of ledgers other than those of tasks and cases. What a field holds is a
-- number, a day or a word of a dictionary; what is personal or free text has no
-- place here.
CREATE TABLE record (
    file       INTEGER NOT NULL REFERENCES file,
    id         TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    since      INTEGER NOT NULL, -- when the row got its content
    workbook   INTEGER NOT NULL REFERENCES workbook,
    heading    INTEGER NOT NULL REFERENCES heading,
    ref        TEXT    NOT NULL,
    form       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    day        TEXT    NOT NULL,
    content    TEXT    NOT NULL, -- JSON: field to its kind and value
    refs       TEXT    NOT NULL, -- JSON: field to the address of its cell
    seal       INTEGER NOT NULL, -- checksum over what the row says, its id included
    PRIMARY KEY (file, id, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_open ON record (known_to, file);

-- What a ledger counts, of a unit and a period.
CREATE TABLE tally (
    file       INTEGER NOT NULL REFERENCES file,
    heading    INTEGER NOT NULL REFERENCES heading,
    form       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    indicator  TEXT    NOT NULL, -- empty: a breakdown only
    field      TEXT    NOT NULL, -- that it is broken down by
    word       TEXT    NOT NULL, -- value of that field
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    since      INTEGER NOT NULL, -- when it got its value
    workbook   INTEGER NOT NULL REFERENCES workbook,
    whose      TEXT    NOT NULL, -- unit whose ledger it is; empty: of all units
    ref        TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    rows       INTEGER NOT NULL,
    seal       INTEGER NOT NULL,
    PRIMARY KEY (file, heading, form, unit, period, indicator, field, word, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_open ON tally (known_to, file);
CREATE INDEX tally_key ON tally (indicator, period, unit) WHERE known_to IS NULL AND indicator <> '';

-- How the heads of a sheet were understood, once for all sheets that have the same.
CREATE TABLE head_list (
    id    INTEGER PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,
    heads TEXT NOT NULL -- JSON list of address, path and meaning
) STRICT;

-- The heads of the last accepted version of each sheet: only what they were last
-- is ever asked.
CREATE TABLE head (
    file     INTEGER NOT NULL REFERENCES file,
    sheet    TEXT    NOT NULL,
    form     TEXT    NOT NULL,
    unit     TEXT    NOT NULL, -- where the sheet is of one
    period   TEXT    NOT NULL, -- where the sheet is of one
    workbook INTEGER NOT NULL REFERENCES workbook,
    list     INTEGER NOT NULL REFERENCES head_list,
    PRIMARY KEY (file, sheet, form, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX head_form ON head (form, unit);
