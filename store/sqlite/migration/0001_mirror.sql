-- Times are microseconds since 1970 UTC. known_from and known_to bound when the
-- mirror knew a row; known_to is null while it stands. Values are decimal text:
-- the shortest that reads back to the same bits, so that nothing is lost where
-- rows are joined into text. A null value means not applicable.

-- One row: what every commit moves on.
CREATE TABLE state (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL, -- grows with every commit that changes what is shown
    clock   INTEGER NOT NULL, -- the last moment given out: moments never repeat or run back
    layout  TEXT    NOT NULL  -- fingerprint of the unit tree by which totals were summed
) STRICT;
INSERT INTO state (id, version, clock, layout) VALUES (1, 0, 0, '');

CREATE TABLE pull (
    id        INTEGER PRIMARY KEY,
    source    TEXT    NOT NULL,
    started   INTEGER NOT NULL,
    ended     INTEGER, -- null while it runs, and for ever if the program died
    listed    INTEGER NOT NULL DEFAULT 0,
    fetched   INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    accepted  INTEGER NOT NULL DEFAULT 0,
    partial   INTEGER NOT NULL DEFAULT 0,
    refused   INTEGER NOT NULL DEFAULT 0,
    error     TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX pull_source ON pull (source, id);

-- By which names and forms a source was last read in full: others read it again.
CREATE TABLE understanding (
    source      TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A file keeps its identity through versions and names.
CREATE TABLE file (
    id     INTEGER PRIMARY KEY,
    source TEXT NOT NULL
) STRICT;

-- Where a file lay, and until when. No open row: the file is gone.
CREATE TABLE place (
    file       INTEGER NOT NULL REFERENCES file,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    path       TEXT    NOT NULL,
    PRIMARY KEY (file, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_path ON place (path);

CREATE TABLE workbook (
    id         INTEGER PRIMARY KEY,
    file       INTEGER NOT NULL REFERENCES file,
    version    INTEGER NOT NULL,
    pull       INTEGER NOT NULL,
    sha256     TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    format     TEXT    NOT NULL,
    modified   INTEGER NOT NULL, -- 0: not known
    received   INTEGER NOT NULL,
    initial    INTEGER NOT NULL,
    verdict    TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    figures    INTEGER NOT NULL,
    rows       INTEGER NOT NULL,
    set_aside  INTEGER NOT NULL,
    reading    TEXT    NOT NULL, -- fingerprint of all that was read from it
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    UNIQUE (file, version)
) STRICT;
CREATE INDEX workbook_latest ON workbook (file) WHERE known_to IS NULL;

-- Sheet and header path, once for all cells below the same heads.
CREATE TABLE heading (
    id     INTEGER PRIMARY KEY,
    sheet  TEXT NOT NULL,
    header TEXT NOT NULL, -- JSON list, outermost first
    refs   TEXT NOT NULL, -- JSON list of addresses, one for one
    UNIQUE (sheet, header, refs)
) STRICT;

CREATE TABLE statement (
    workbook   INTEGER NOT NULL REFERENCES workbook,
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    file       INTEGER NOT NULL REFERENCES file,
    value      TEXT,
    own        INTEGER NOT NULL,
    suspect    INTEGER NOT NULL,
    reported   INTEGER NOT NULL,
    heading    INTEGER NOT NULL REFERENCES heading,
    ref        TEXT    NOT NULL,
    raw        TEXT    NOT NULL,
    unit_ref   TEXT    NOT NULL,
    period_ref TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    pull       INTEGER NOT NULL, -- since which the file says the same
    since      INTEGER NOT NULL,
    retired    INTEGER NOT NULL DEFAULT 0, -- the file has moved on to a later period
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    PRIMARY KEY (workbook, unit, indicator, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_key ON statement (unit, indicator, period) WHERE known_to IS NULL;
CREATE INDEX statement_file ON statement (file) WHERE known_to IS NULL;

-- Rows of one key never overlap. A row closes when the value changes or moves
-- to another workbook; only the former raises the version.
CREATE TABLE figure (
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    version    INTEGER NOT NULL,
    since      INTEGER NOT NULL, -- known_from of the version's first row
    pull       INTEGER NOT NULL, -- that opened the row
    value      TEXT,
    suspect    INTEGER NOT NULL,
    workbook   INTEGER NOT NULL REFERENCES workbook,
    first      INTEGER NOT NULL REFERENCES workbook, -- of version 1
    PRIMARY KEY (unit, indicator, period, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_change ON figure (known_from) WHERE known_from = since;

-- Derived from figure inside each writing transaction, so that history never
-- slows a screen. A seal is a checksum over the row, its key included: SQLite
-- notices a broken page but not a digit that has turned into another.
-- The open row of each key, packed for reading in few rows:
CREATE TABLE board (
    period    TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    value     TEXT,
    arrived   INTEGER NOT NULL,
    line      TEXT    NOT NULL,
    seal      INTEGER NOT NULL,
    PRIMARY KEY (period, unit, indicator)
) STRICT, WITHOUT ROWID;
CREATE INDEX board_total ON board (period, indicator, unit, value, arrived);

-- the twelve months of a year, separated by commas, empty where not known:
CREATE TABLE course (
    year      INTEGER NOT NULL,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    months    TEXT    NOT NULL,
    seal      INTEGER NOT NULL,
    PRIMARY KEY (year, unit, indicator)
) STRICT, WITHOUT ROWID;

-- how many figures a unit has for a period:
CREATE TABLE presence (
    period  TEXT    NOT NULL,
    unit    TEXT    NOT NULL,
    figures INTEGER NOT NULL,
    PRIMARY KEY (period, unit)
) STRICT, WITHOUT ROWID;

-- and the totals of the district and of every unit with units below it:
CREATE TABLE rollup (
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    period    TEXT    NOT NULL,
    sum       TEXT    NOT NULL,
    units     INTEGER NOT NULL, -- how many have a value
    oldest    INTEGER NOT NULL, -- arrival of the oldest
    seal      INTEGER NOT NULL,
    PRIMARY KEY (unit, indicator, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE reporting (
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    PRIMARY KEY (unit, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    PRIMARY KEY (unit, indicator, period, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_open ON conflict (known_to);

CREATE TABLE set_aside (
    file       INTEGER NOT NULL REFERENCES file,
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    workbook   INTEGER NOT NULL REFERENCES workbook,
    sheet      TEXT    NOT NULL,
    ref        TEXT    NOT NULL,
    rule       TEXT    NOT NULL,
    PRIMARY KEY (file, unit, indicator, period, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_aside_open ON set_aside (known_to);

CREATE TABLE finding (
    id         INTEGER PRIMARY KEY,
    source     TEXT    NOT NULL,
    file       INTEGER REFERENCES file, -- null: about the source
    workbook   INTEGER REFERENCES workbook,
    other      INTEGER REFERENCES file, -- the file compared with: known from history only
    path       TEXT    NOT NULL,        -- only where file is null
    severity   TEXT    NOT NULL,
    rule       TEXT    NOT NULL,
    args       TEXT    NOT NULL,        -- JSON list
    sheet      TEXT    NOT NULL,
    cell       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER
) STRICT;
CREATE INDEX finding_open ON finding (known_to);
CREATE INDEX finding_file ON finding (file) WHERE known_to IS NULL;
CREATE INDEX finding_other ON finding (other) WHERE known_to IS NULL;
CREATE INDEX finding_key ON finding (unit, indicator, period) WHERE known_to IS NULL AND other IS NOT NULL;

CREATE TABLE task (
    file          INTEGER NOT NULL REFERENCES file,
    id            TEXT    NOT NULL,
    known_from    INTEGER NOT NULL,
    known_to      INTEGER,
    since         INTEGER NOT NULL, -- when the row got its content
    changes       INTEGER NOT NULL, -- how often the due date was moved
    workbook      INTEGER NOT NULL REFERENCES workbook,
    heading       INTEGER NOT NULL REFERENCES heading,
    ref           TEXT    NOT NULL,
    content       TEXT    NOT NULL, -- hash of the columns below
    title         TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    co_units      TEXT    NOT NULL, -- JSON list
    source_doc    TEXT    NOT NULL,
    level         TEXT    NOT NULL,
    strengthening INTEGER NOT NULL,
    due           TEXT    NOT NULL,
    recurs        TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    done_on       TEXT    NOT NULL,
    percent       INTEGER NOT NULL,
    PRIMARY KEY (file, id, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_open ON task (known_to);

CREATE TABLE case_row (
    file       INTEGER NOT NULL REFERENCES file,
    id         TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    since      INTEGER NOT NULL,
    workbook   INTEGER NOT NULL REFERENCES workbook,
    heading    INTEGER NOT NULL REFERENCES heading,
    ref        TEXT    NOT NULL,
    content    TEXT    NOT NULL, -- hash of the columns below
    unit       TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    class      TEXT    NOT NULL,
    occurred   TEXT    NOT NULL,
    accepted   TEXT    NOT NULL,
    solved     TEXT    NOT NULL,
    closed     TEXT    NOT NULL,
    street     TEXT    NOT NULL,
    suspects   INTEGER NOT NULL,
    detained   INTEGER NOT NULL,
    drug       TEXT    NOT NULL,
    seized_g   TEXT    NOT NULL,
    campaign   TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    PRIMARY KEY (file, id, known_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_row_open ON case_row (known_to);
