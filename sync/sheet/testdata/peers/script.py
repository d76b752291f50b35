"""Reads each file named with openpyxl (xlrd for xls) and says what it saw:
file, "ok", cells that hold something, sum of the numbers; or file and "error"."""
import datetime
import sys
import warnings

import openpyxl
import xlrd

warnings.simplefilter("ignore")


def xlsx(name):
    book = openpyxl.load_workbook(name, data_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from row


def xls(name):
    book = xlrd.open_workbook(name)
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            yield from (c.value for c in sheet.row(row) if c.ctype not in (0, 6))


for name in sys.argv[1:]:
    try:
        cells, total = 0, 0.0
        for value in (xls if name.endswith(".xls") else xlsx)(name):
            if value is None or value == "":
                continue
            cells += 1
            if isinstance(value, (int, float)):
                total += value
            elif isinstance(value, datetime.datetime):
                total += (value - datetime.datetime(1899, 12, 30)).days
        print(name, "ok", cells, round(total), sep="\t")
    except Exception:  # whatever a damaged file makes it raise
        print(name, "error", sep="\t")
