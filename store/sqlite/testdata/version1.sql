PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO migration VALUES('migration/0001_mirror.sql');
CREATE TABLE state (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL, -- grows with every commit that changes what is shown
    clock   INTEGER NOT NULL, -- the last moment given out: moments never repeat or run back
    layout  TEXT    NOT NULL  -- fingerprint of the unit tree by which totals were summed
) STRICT;
INSERT INTO state VALUES(1,7,1783069560000000,'2acb9e7c9bd58b76e1faed4080658bc2');
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
INSERT INTO pull VALUES(1,'share',1783069260000000,1783069260000000,1,0,0,1,0,0,'');
INSERT INTO pull VALUES(2,'share',1783069320000000,1783069320000000,1,0,0,1,0,0,'');
INSERT INTO pull VALUES(3,'share',1783069380000000,1783069380000000,1,0,0,1,0,0,'');
INSERT INTO pull VALUES(4,'share',1783069440000000,1783069440000000,1,0,0,1,0,0,'');
INSERT INTO pull VALUES(5,'share',1783069500000000,1783069500000000,1,0,0,1,0,0,'');
INSERT INTO pull VALUES(6,'share',1783069560000000,1783069560000000,1,0,0,1,0,0,'');
CREATE TABLE understanding (
    source      TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE file (
    id     INTEGER PRIMARY KEY,
    source TEXT NOT NULL
) STRICT;
INSERT INTO file VALUES(1,'share');
INSERT INTO file VALUES(2,'share');
INSERT INTO file VALUES(3,'share');
INSERT INTO file VALUES(4,'share');
INSERT INTO file VALUES(5,'share');
CREATE TABLE place (
    file       INTEGER NOT NULL REFERENCES file,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    path       TEXT    NOT NULL,
    PRIMARY KEY (file, known_from)
) STRICT, WITHOUT ROWID;
INSERT INTO place VALUES(1,1783069260000000,NULL,'may.xlsx');
INSERT INTO place VALUES(2,1783069320000000,NULL,'june.xlsx');
INSERT INTO place VALUES(3,1783069380000000,NULL,'a.xlsx');
INSERT INTO place VALUES(4,1783069440000000,NULL,'b.xlsx');
INSERT INTO place VALUES(5,1783069560000000,NULL,'tasks.xlsx');
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
INSERT INTO workbook VALUES(1,1,1,1,'2fea5f5f9919540da3d137a95a5a2c5d9733d3b13d3e46806e7eabeff7eb1716',1002,'xlsx',1783065660000000,1783069260000000,1,'accepted','','',2,0,0,'944a912ec9cfff36e8258a84cbe66bfd',1783069260000000,NULL);
INSERT INTO workbook VALUES(2,2,1,2,'4305a0333ee66fa1b6ba98a338065249d6283c0e20477db3d1e514195766b710',1003,'xlsx',1783065720000000,1783069320000000,0,'accepted','','',3,0,0,'8fdbefb36d1c1254e2ed187b9a6cc965',1783069320000000,1783069500000000);
INSERT INTO workbook VALUES(3,3,1,3,'6bed6311d736ce96a428fc2cb732814f9aa5839e99096b55faf5bd7cf8f9d04c',1001,'xlsx',1783065780000000,1783069380000000,0,'accepted','','',1,0,0,'94fab28e630e08b7b23ab4c3c762bf0a',1783069380000000,NULL);
INSERT INTO workbook VALUES(4,4,1,4,'5f1bb93f8284ce5ad411233ef13a872fbfd0c4e1eb0150d292ae9ef10b7c668f',1001,'xlsx',1783065840000000,1783069440000000,0,'accepted','','',1,0,0,'abf706585f1fa269e11aaaeb45259fbc',1783069440000000,NULL);
INSERT INTO workbook VALUES(5,2,2,5,'36efe5ab73b962e2dc7287876c2953df483cff43211b9aa4230ef7e0630414cd',1003,'xlsx',1783065900000000,1783069500000000,0,'accepted','','',3,0,0,'ed56045663a69626b17e79f372d9b70d',1783069500000000,NULL);
INSERT INTO workbook VALUES(6,5,1,6,'tasks.xlsx6',1000,'xlsx',1783065960000000,1783069560000000,0,'accepted','','',0,0,0,'4dffb33a0a4a02c6a14d5a7089c98d4c',1783069560000000,NULL);
CREATE TABLE heading (
    id     INTEGER PRIMARY KEY,
    sheet  TEXT NOT NULL,
    header TEXT NOT NULL, -- JSON list, outermost first
    refs   TEXT NOT NULL, -- JSON list of addresses, one for one
    UNIQUE (sheet, header, refs)
) STRICT;
INSERT INTO heading VALUES(1,'报表','["登记","reg_total"]','["E3","F4"]');
INSERT INTO heading VALUES(2,'报表','["登记","seized_total_g"]','["E3","F4"]');
INSERT INTO heading VALUES(3,'任务','["任务"]','["A3"]');
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
INSERT INTO statement VALUES(1,'cxs','reg_total','2026-05',1,'100',1,0,0,1,'F12','100','A12','title','',1,1783069260000000,0,1783069260000000,NULL);
INSERT INTO statement VALUES(1,'cxs','seized_total_g','2026-05',1,'12.5',1,0,0,2,'F12','12.5','A12','title','',1,1783069260000000,0,1783069260000000,NULL);
INSERT INTO statement VALUES(2,'cxs','reg_total','2026-05',2,'101',0,0,0,1,'D12','101','A12','title','',2,1783069320000000,0,1783069320000000,1783069500000000);
INSERT INTO statement VALUES(2,'cxs','reg_total','2026-06',2,'5',1,0,0,1,'F12','5','A12','title','',2,1783069320000000,0,1783069320000000,1783069500000000);
INSERT INTO statement VALUES(2,'dh1','reg_total','2026-06',2,'3',1,0,0,1,'F12','3','A12','title','',2,1783069320000000,0,1783069320000000,1783069500000000);
INSERT INTO statement VALUES(3,'cds','reg_total','2026-06',3,'7',1,0,0,1,'F12','7','A12','title','',3,1783069380000000,0,1783069380000000,NULL);
INSERT INTO statement VALUES(4,'cds','reg_total','2026-06',4,'8',1,0,0,1,'F12','8','A12','title','',4,1783069440000000,0,1783069440000000,NULL);
INSERT INTO statement VALUES(5,'cxs','reg_total','2026-05',2,'101',0,0,0,1,'D12','101','A12','title','',2,1783069320000000,0,1783069500000000,NULL);
INSERT INTO statement VALUES(5,'cxs','reg_total','2026-06',2,'6',1,0,0,1,'F12','6','A12','title','',5,1783069500000000,0,1783069500000000,NULL);
INSERT INTO statement VALUES(5,'dh1','reg_total','2026-06',2,'3',1,0,0,1,'F12','3','A12','title','',2,1783069320000000,0,1783069500000000,NULL);
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
INSERT INTO figure VALUES('cds','reg_total','2026-06',1783069380000000,NULL,1,1783069380000000,3,'7',0,3,3);
INSERT INTO figure VALUES('cxs','reg_total','2026-05',1783069260000000,1783069320000000,1,1783069260000000,1,'100',0,1,1);
INSERT INTO figure VALUES('cxs','reg_total','2026-05',1783069320000000,1783069500000000,2,1783069320000000,2,'101',0,2,1);
INSERT INTO figure VALUES('cxs','reg_total','2026-05',1783069500000000,NULL,2,1783069320000000,5,'101',0,5,1);
INSERT INTO figure VALUES('cxs','reg_total','2026-06',1783069320000000,1783069500000000,1,1783069320000000,2,'5',0,2,2);
INSERT INTO figure VALUES('cxs','reg_total','2026-06',1783069500000000,NULL,2,1783069500000000,5,'6',0,5,2);
INSERT INTO figure VALUES('cxs','seized_total_g','2026-05',1783069260000000,NULL,1,1783069260000000,1,'12.5',0,1,1);
INSERT INTO figure VALUES('dh1','reg_total','2026-06',1783069320000000,1783069500000000,1,1783069320000000,2,'3',0,2,2);
INSERT INTO figure VALUES('dh1','reg_total','2026-06',1783069500000000,NULL,1,1783069320000000,5,'3',0,5,2);
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
INSERT INTO board VALUES('2026-05','cxs','reg_total','101',1783069500000000,'reg_total2101051D12101A12title178306932000000017830695000000001783065660000000',414234128);
INSERT INTO board VALUES('2026-05','cxs','seized_total_g','12.5',1783065660000000,'seized_total_g112.5012F1212.5A12title178306926000000017830656600000001783065660000000',2553606019);
INSERT INTO board VALUES('2026-06','cds','reg_total','7',1783069380000000,'reg_total17031F127A12title178306938000000017830693800000001783069380000000',2737670516);
INSERT INTO board VALUES('2026-06','cxs','reg_total','6',1783069500000000,'reg_total26051F126A12title178306950000000017830695000000001783069320000000',92529966);
INSERT INTO board VALUES('2026-06','dh1','reg_total','3',1783069500000000,'reg_total13051F123A12title178306932000000017830695000000001783069320000000',2370502206);
CREATE TABLE course (
    year      INTEGER NOT NULL,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    months    TEXT    NOT NULL,
    seal      INTEGER NOT NULL,
    PRIMARY KEY (year, unit, indicator)
) STRICT, WITHOUT ROWID;
INSERT INTO course VALUES(2026,'cds','reg_total',',,,,,7,,,,,,',245113269);
INSERT INTO course VALUES(2026,'cxs','reg_total',',,,,101,6,,,,,,',3366921143);
INSERT INTO course VALUES(2026,'cxs','seized_total_g',',,,,12.5,,,,,,,',2226990175);
INSERT INTO course VALUES(2026,'dh1','reg_total',',,,,,3,,,,,,',2667196957);
CREATE TABLE presence (
    period  TEXT    NOT NULL,
    unit    TEXT    NOT NULL,
    figures INTEGER NOT NULL,
    PRIMARY KEY (period, unit)
) STRICT, WITHOUT ROWID;
INSERT INTO presence VALUES('2026-05','cxs',2);
INSERT INTO presence VALUES('2026-06','cds',1);
INSERT INTO presence VALUES('2026-06','cxs',1);
INSERT INTO presence VALUES('2026-06','dh1',1);
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
INSERT INTO rollup VALUES('dhj','reg_total','2026-06','3',1,1783069500000000,472571584);
INSERT INTO rollup VALUES('district','reg_total','2026-05','101',1,1783069500000000,3021322680);
INSERT INTO rollup VALUES('district','reg_total','2026-06','16',3,1783069380000000,3878063861);
INSERT INTO rollup VALUES('district','seized_total_g','2026-05','12.5',1,1783065660000000,3874716686);
CREATE TABLE reporting (
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    PRIMARY KEY (unit, indicator)
) STRICT, WITHOUT ROWID;
INSERT INTO reporting VALUES('cds','reg_total',1783069380000000);
INSERT INTO reporting VALUES('cxs','reg_total',1783069260000000);
INSERT INTO reporting VALUES('cxs','seized_total_g',1783069260000000);
INSERT INTO reporting VALUES('dh1','reg_total',1783069320000000);
CREATE TABLE conflict (
    unit       TEXT    NOT NULL,
    indicator  TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    known_from INTEGER NOT NULL,
    known_to   INTEGER,
    PRIMARY KEY (unit, indicator, period, known_from)
) STRICT, WITHOUT ROWID;
INSERT INTO "conflict" VALUES('cds','reg_total','2026-06',1783069440000000,NULL);
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
INSERT INTO finding VALUES(1,'share',4,4,3,'','error','conflict','["a.xlsx"]','报表','F12','cds','reg_total','2026-06',1783069440000000,NULL);
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
INSERT INTO task VALUES(5,'t1',1783069560000000,NULL,1783069560000000,0,6,3,'A4','b514d0839b0104ca2c0fec4a810f91c7','开展禁毒宣传月活动','cxs','["dhj"]','区禁毒委','区级',3,'2026-07-10','','open','',-1);
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
CREATE INDEX pull_source ON pull (source, id);
CREATE INDEX place_path ON place (path);
CREATE INDEX workbook_latest ON workbook (file) WHERE known_to IS NULL;
CREATE INDEX statement_key ON statement (unit, indicator, period) WHERE known_to IS NULL;
CREATE INDEX statement_file ON statement (file) WHERE known_to IS NULL;
CREATE INDEX figure_change ON figure (known_from) WHERE known_from = since;
CREATE INDEX board_total ON board (period, indicator, unit, value, arrived);
CREATE INDEX conflict_open ON conflict (known_to);
CREATE INDEX set_aside_open ON set_aside (known_to);
CREATE INDEX finding_open ON finding (known_to);
CREATE INDEX finding_file ON finding (file) WHERE known_to IS NULL;
CREATE INDEX finding_other ON finding (other) WHERE known_to IS NULL;
CREATE INDEX finding_key ON finding (unit, indicator, period) WHERE known_to IS NULL AND other IS NOT NULL;
CREATE INDEX task_open ON task (known_to);
CREATE INDEX case_row_open ON case_row (known_to);
COMMIT;
