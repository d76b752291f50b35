package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// The doubts of an office: its workbooks contradict each other, its officer is told
// which cells and what to do, mends one of them, and the doubt goes.

// doubted is an office that is walked through its doubts.
type doubted struct {
	office
	sent map[string]string // its files as they lie there
}

// edit replaces a part of a file's text.
type edit struct{ file, old, new string }

// doubtCase spoils the sound office. Each of the mends must end the doubt.
type doubtCase struct {
	config  string            // that the district adds
	units   string            // its units, where they are not the usual ones
	files   map[string]string // that the office keeps besides
	wrong   []edit
	says    string // every finding: severity rule file!sheet!cell; words; words, a line each
	suspect string // every figure that is not to be trusted: unit indicator period, a line each
	mends   [][]edit
	orders  string // what an officer has to do where the unit takes its error back
}

// soundOffice is what an office sends for June 2026 when all of it agrees.
func soundOffice() map[string]string {
	return map[string]string{
		"城西派出所2026年6月.xlsx": `
[月报]
城西派出所2026年6月禁毒工作月报表|<|<
项目|本月|本年累计
在册吸毒人员数|300|
现有吸毒人员数|200|
戒断三年未复吸人数|80|
失控人数|2|
死亡人数|15|
出国（境）人数|5|
新增吸毒人员|3|9
破获毒品刑事案件|2|8
查处涉毒行政案件|3|21
抓获犯罪嫌疑人|3|14
缴获海洛因(克)|2.5|30.5
缴获冰毒(克)|12.5|70.5
缴获毒品合计(克)|15|101
`,
		"城西派出所案件台账.xlsx": `
[案件]
城西派出所2026年毒品案件台账|<|<|<|<|<|<|<|<
序号|案件编号|案件类型|刑事/行政|受案时间|破案时间|抓获人数|毒品种类|缴获数量(克)
1|A5399012026060001|贩卖毒品|刑事|2026年6月2日|2026年6月5日|2|冰毒|12.5
2|A5399012026060002|贩卖毒品|刑事|@2026-06-08|@2026-06-12|1|海洛因|2.5
3|A5399012026060003|吸毒|行政|2026.6.8|2026.6.8|1||
4|A5399012026060004|吸毒|行政|2026-06-18|2026-06-18|1||
5|A5399012026060005|吸毒|行政|2026-06-20|2026-06-20|1||
`,
		"东湖街道2026年6月.csv": `东湖街道2026年6月社区戒毒社区康复月报表,,
项目,本月,本年累计
在执行社区戒毒,3,
在执行社区康复,1,
应尿检人次,40,240
已尿检人次,38,230
尿检阳性人次,1,5
到账专项经费,20,20
已支出专项经费,3.5,3.5
悬挂横幅,12,60
`,
		"东湖街道花名册2026年6月.xlsx": `
[名册]
东湖街道社区戒毒社区康复人员花名册|<|<|<|<
序号|姓名|身份证号|人员类别|人员状态
1|佴东篱|539901198001102038|社区戒毒|社区戒毒中
2|麴半夏|'539901198102112147|社区康复|社区康复中
3|隗书砚|539901198203122254|社区戒毒|社区戒毒中
4|戢云岫|539901198304132363|社区戒毒|社区戒毒中
`,
		"东湖街道经费台账.csv": `东湖街道2026年禁毒经费台账,,,,,,,,
序号,资金来源,文号,到账金额(万元),到账日期,支出金额(万元),支出日期,是否专项用途,结余(万元)
1,省级,云财行〔2026〕18号,20,2026-06-08,3.5,2026-06-18,是,16.5
`,
		"东湖街道宣传活动台账.xlsx": `
[活动]
东湖街道2026年宣传活动台账|<|<|<|<|<
序号|活动日期|活动主题|地点类型|形式|横幅(条)
1|2026年6月10日|禁毒宣传进社区|社区|讲座|4
2|2026年6月20日|禁毒宣传进校园|学校|讲座|8
`,
		"全区2026年6月打击情况.xlsx": `
[全区]
云岭区2026年6月打击情况统计表|<|<
单位|毒驾|举报线索
城西派出所|2|5
城东派出所|1|7
合计|3|12
`,
	}
}

// noBackups keeps a test of many offices quick.
const noBackups = `
[backup]
daily = 0
weekly = 0
`

func TestDoubtsComeAndGo(t *testing.T) {
	for name, c := range doubtCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			undo := make([]edit, len(c.wrong))
			for i, e := range c.wrong {
				undo[i] = edit{e.file, e.new, e.old}
			}
			for i, mend := range append([][]edit{undo}, c.mends...) {
				o := &doubted{office: office{TB: t, dir: t.TempDir()}}
				o.configure(officeCase{tables: officeSource + noBackups + c.config, units: c.units})
				o.at = district(t, "2026-07-05 09:00")
				files := soundOffice()
				maps.Copy(files, c.files)
				for _, e := range c.wrong {
					o.edit(files, e)
				}
				o.pulled("as sent", files)
				o.doubts("as sent", c.says, c.suspect)
				for _, e := range mend {
					o.edit(files, e)
				}
				o.at = district(t, "2026-07-06 09:00")
				o.pulled(fmt.Sprint("mend ", i), files)
				if i == 0 {
					o.ordered(c.orders)
				}
				o.doubts(fmt.Sprint("mend ", i), "", "")
			}
		})
	}
}

// An English finding names indicators and ledgers in English; only files, sheets and
// what the district calls its rules are in Chinese.
func TestDoubtsInEnglish(t *testing.T) {
	o := &doubted{office: office{TB: t, dir: t.TempDir()}}
	o.configure(officeCase{tables: officeSource + noBackups})
	o.at = district(t, "2026-07-05 09:00")
	files := soundOffice()
	maps.Copy(files, history("缴获冰毒(克)", "11|12|10|13|12|11|14|12|10|11|13|12", "12|11|13|12|10"))
	for _, e := range []edit{
		{station, "冰毒(克)|12.5|70.5", "冰毒(千克)|12.5|70.5"},
		{station, "合计(克)|15|101", "合计(克)|1|101"},
		{station, "死亡人数|15", "死亡人数|16"},
		{street, "阳性人次,1,5", "阳性人次,39,43"},
		{whole, "合计|3|12", "合计|3|13"},
		{funds, "16.5", "17.5"},
	} {
		o.edit(files, e)
	}
	o.pulled("as sent", files)
	var got []map[string]any
	must(t, json.Unmarshal([]byte(o.run("--lang", "en", "list", "findings", "--json").out), &got))
	if len(got) < 8 {
		t.Errorf("%d findings", len(got))
	}
	places := regexp.MustCompile(`(\S+\.(xlsx|csv) )?[^\s!]+![A-Z]+[0-9]+(:[A-Z]+[0-9]+)?`)
	for _, f := range got {
		said := places.ReplaceAllString(fmt.Sprint(f["message"], " ", f["hint"]), "")
		if strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: %s", f["rule"], said)
		}
	}
}

// district is a moment at the district.
func district(tb testing.TB, at string) time.Time {
	tb.Helper()
	out, err := time.ParseInLocation("2006-01-02 15:04", at, time.FixedZone("", 8*3600))
	must(tb, err)
	return out
}

func (o *doubted) edit(files map[string]string, e edit) {
	o.Helper()
	text := strings.Replace(files[e.file], e.old, e.new, 1)
	if text == files[e.file] {
		o.Fatalf("%s has no %q", e.file, e.old)
	}
	files[e.file] = text
}

// pulled writes what has changed and pulls; no file is refused for a doubt.
func (o *doubted) pulled(when string, files map[string]string) {
	o.Helper()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if o.sent[name] != files[name] {
			o.write(name, files[name])
		}
	}
	o.sent = maps.Clone(files)
	if r := o.run("pull"); r.status > 1 {
		o.Errorf("%s: pull: exit %d: %s%s", when, r.status, r.out, r.err)
	}
}

// ordered types what an officer decides.
func (o *doubted) ordered(text string) {
	o.Helper()
	for line := range lines(text) {
		o.order(line)
	}
}

// doubts compares every finding and every figure that is not to be trusted.
func (o *doubted) doubts(when, says, suspect string) {
	o.Helper()
	var found, doubted []string
	for _, f := range o.list("findings") {
		place := strings.TrimRight(fmt.Sprint(text(f["workbook"]), "!", text(f["sheet"]), "!", text(f["cell"])), "!")
		found = append(found, fmt.Sprint(f["severity"], " ", f["rule"], " ", place, "; ", f["message"], "; ", f["hint"]))
	}
	for _, f := range o.list("figures") {
		if f["state"] == "suspect" {
			doubted = append(doubted, fmt.Sprint(f["unit"], " ", f["indicator"], " ", f["period"]))
		}
	}
	o.same(when+": findings", found, says)
	o.same(when+": suspect", doubted, suspect)
}

// same compares lines in any order.
func (o *doubted) same(what string, got []string, want string) {
	o.Helper()
	wanted := slices.Sorted(lines(want))
	slices.Sort(got)
	if !slices.Equal(got, wanted) {
		o.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(wanted, "\n"))
	}
}
