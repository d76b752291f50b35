package sheet

import "testing"

// refusedXLS lists the files of Excel 97 and before that are refused, with the
// code and the reason.
var refusedXLS = map[string]string{
	"libxls/xls2csv_ole_read_MSAT_772.xls":      "damaged: found by a fuzzer; the table of sectors is 8,388,609 long in a file of 36 kB",
	"libxls/xls2csv_ole_read_MSAT_body_687.xls": "damaged: the same",
	"poi/35897-type4.xls":                       "encrypted: FILEPASS",
	"poi/poi-fuzz.xls":                          "damaged: found by a fuzzer; a number format is longer than its record says, and whatever else was changed cannot be known",
	"poi/testEXCEL_4.xls":                       "too_old: of Excel 4",
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-5175219985448960.xls": "damaged: the directory",
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-5786329142919168.xls": "damaged: the table of sectors",
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-6537773940867072.xls": "damaged: the table of sectors",
}

func TestCorpusXLS(t *testing.T) { compareCorpus(t, refusedXLS, ".xls", ".et") }
