-- What files print of other periods, 去年同期 and 上月: held against the figures
-- whenever one of the two changes, and never a figure itself. Only what the last
-- accepted version of a file prints is ever asked.
CREATE TABLE compared (
    file      INTEGER NOT NULL REFERENCES file,
    unit      TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    period    TEXT    NOT NULL,
    heading   INTEGER NOT NULL REFERENCES heading,
    ref       TEXT    NOT NULL,
    workbook  INTEGER NOT NULL REFERENCES workbook,
    value     TEXT    NOT NULL,
    raw       TEXT    NOT NULL,
    PRIMARY KEY (file, unit, indicator, period, heading, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX compared_key ON compared (unit, indicator, period);
