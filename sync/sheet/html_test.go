package sheet

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// page wraps rows into a page with one table.
func page(rows string) string {
	return "<html><head><title>没有</title><style><!-- .xl65 {mso-number-format:\"\\@\";} td.gone{display:none} --></style></head><body><table border=1>" + rows + "</table></body></html>"
}

func TestHTML(t *testing.T) {
	tests := map[string]struct{ rows, want string }{
		"plain":             {`<tr><th>单位</th><th>数</th></tr><tr><td>城西派出所</td><td>12</td></tr>`, "A1 text 单位\nB1 text 数\nA2 text 城西派出所\nB2 number 12\n"},
		"ends left out":     {`<tr><td>a<td>b<tr><td>c<td>d`, "A1 text a\nB1 text b\nA2 text c\nB2 text d\n"},
		"sections":          {`<colgroup><col><col></colgroup><thead><tr><th>a</thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</tfoot>`, "A1 text a\nA2 text b\nA3 text c\n"},
		"large letters":     {`<TR><TD COLSPAN=2>a</TD><TD>b</TD></TR>`, "A1 text a\nC1 text b\n"},
		"spans":             {`<tr><td rowspan=2>a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr>`, "A1 text a\nB1 text b\nB2 text c\nC2 text d\n"},
		"spans in the mid":  {`<tr><td>a<td rowspan=3>b<td>c<tr><td>d<td>e<tr><td>f<td>g`, "A1 text a\nB1 text b\nC1 text c\nA2 text d\nC2 text e\nA3 text f\nC3 text g\n"},
		"no rows":           {`<td>a<td>b`, "A1 text a\nB1 text b\n"},
		"blanks":            {"<tr><td>\r\n  城西\n  派出所 </td><td>&nbsp;</td><td>&nbsp;12 </td><td>a&nbsp;b</td></tr>", "A1 text 城西 派出所\nC1 number 12\nD1 text a\u00a0b\n"},
		"lines":             {`<tr><td>a<br>b<br/><br>c</td><td><p>一</p><p>二</p></td><td><div>三</div></td><td>四<br></td></tr>`, "A1 text a\nb\n\nc\nB1 text 一\n二\nC1 text 三\nD1 text 四\n"},
		"formatted":         {`<tr><td><font color=red><b>在册</b>人<i>数</i></font></td><td><s>12</s> 15</td><td><span style="text-decoration:line-through">9</span></td></tr>`, "A1 text 在册人数\nB1 text struck 12 15\nC1 number struck 9\n"},
		"entities":          {`<tr><td>&lt;5&amp;&gt;&#20307;&#x4E2D;&quot;&middot;</td></tr>`, "A1 text <5&>体中\"·\n"},
		"less than":         {`<tr><td>a <5克</td></tr>`, "A1 text a <5克\n"},
		"numbers":           {`<tr><td>0012</td><td>-3.5</td><td>1,278</td><td>85%</td><td>123456789012345678</td></tr>`, "A1 text 0012\nB1 number -3.5\nC1 text 1,278\nD1 text 85%\nE1 text 123456789012345678\n"},
		"text format":       {`<tr><td style='mso-number-format:"\@"'>12</td><td class=xl65>13</td><td style="vnd.ms-excel.numberformat:@">14</td><td x:str="15">15</td></tr>`, "A1 text 12\nB1 text 13\nC1 text 14\nD1 text 15\n"},
		"told numbers":      {`<tr><td x:num="12.3456">12.35</td><td x:num="1278.4">1,278</td><td x:num="0.2853">28.5%</td><td x:num>7</td></tr>`, "A1 number 12.3456\nB1 number 1278.4\nC1 number percent 0.2853\nD1 number 7\n"},
		"told otherwise":    {`<tr><td x:num="46199">2026/6/26</td><td x:num="99">12</td><td x:num="x">13</td></tr>`, "A1 text 2026/6/26\nB1 number 12\nC1 number 13\n"},
		"formulas":          {`<tr><td x:num x:fmla="=A1&lt;B1">3</td><td x:err="#DIV/0!" x:fmla="=1/0">#DIV/0!</td><td x:bool="TRUE">TRUE</td></tr>`, "A1 number formula 3\nB1 fault formula #DIV/0!\nC1 bool 1\n"},
		"never read":        {`<tr><td>a<!-- 1 --><script>if (a<b) "</td>"</script><style>td{}</style>b</td></tr>`, "A1 text ab\n"},
		"other languages":   {`<tr><td>a<svg><path d="M1"/><g><text>9</text></g></svg><xml><x:Name>六</x:Name><Sheet>7</Sheet></xml>b</td></tr>`, "A1 text ab\n"},
		"hidden pieces":     {`<tr><td><span style="display: none">0012<span>x</span></span>12</td><td class="gone">7</td><td>8</td><td><b hidden>1</b>3</td></tr>`, "A1 number 12\nB1 number 8\nC1 number 3\n"},
		"covered by script": {`<tr><td rowspan=2>a<td>1<tr><td style="display:none">a</td><td>2`, "A1 text a\nB1 number 1\nB2 number 2\n"},
		"nested":            {`<tr><td>a<table><tr><td>b</table>c</td><td>d</td></tr>`, "A1 text a\nc\nB1 text d\n"},
		"office elements":   {`<tr><td><o:p>a</o:p><st1:place>b</st1:place></td></tr><![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]>`, "A1 text ab\n"},
		"what it holds":     {"<tr><td>a&#27;[2J\u202eb\u200b</td></tr>", "A1 text a\x1b[2J\u202eb\u200b\n"},
		"fields":            {`<tr><td><input type=text value=12></td><td><textarea>三</textarea></td><td><select><option>1<option>2</select></td><td><input type=checkbox value=9></td></tr>`, "A1 number 12\nB1 text 三\n"},
		"caption":           {`<caption>云岭区 <b>六月</b></caption><tr><td>a</td></tr>`, "A1 text 云岭区 六月\nA2 text a\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			book := mustRead(t, []byte(page(tt.rows)))
			if got := dump(book.Sheets[0]); got != tt.want || book.Format != HTML || book.Sheets[0].Name != "html" {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

// The title of a report stands on the page, before its table.
func TestHTMLAround(t *testing.T) {
	book := mustRead(t, []byte(`<!DOCTYPE html><html><body><h2>云岭区2026年6月统计表</h2><div>单位：起<br>填报：城西</div><table><tr><td>a</table>`+
		`<p>下表</p><table><tr><td></table><table><tr><td>b</table>注：一<table style="display:none"><tr><td>c</table>尾</body></html>`))
	var got []string
	for _, s := range book.Sheets {
		got = append(got, s.Name+" "+strings.ReplaceAll(dump(s), "\n", " "))
	}
	want := []string{"html A1 text 云岭区2026年6月统计表 A2 text 单位：起 A3 text 填报：城西 A4 text a ", "html 2 A1 text 下表 ", "html 3 A1 text b ", "html 4 A1 text 注：一 A2 text c A3 text 尾 "}
	if !reflect.DeepEqual(got, want) || book.Sheets[3].Visibility != Hidden || book.Sheets[2].Index != 2 {
		t.Errorf("%q", got)
	}
}

func TestHTMLShape(t *testing.T) {
	s := mustRead(t, []byte(page(`<col><col span=2 style='display:none'><tr><td rowspan=9 colspan=2>a<td>b<td rowspan=3>e<tr style="display:none"><td>c`))).Sheets[0]
	if want := []Range{{0, 0, 1, 1}, {0, 3, 1, 3}}; !reflect.DeepEqual(s.Merges, want) {
		t.Errorf("%v", s.Merges)
	}
	if !reflect.DeepEqual(s.HiddenRows, []int{1}) || !reflect.DeepEqual(s.HiddenCols, []int{1, 2}) {
		t.Errorf("%v %v", s.HiddenRows, s.HiddenCols)
	}
	if got := dump(s); got != "A1 text a\nC1 text b\nD1 text e\nC2 text c\n" {
		t.Error(got)
	}
}

func TestHTMLCharsets(t *testing.T) {
	text := page(`<tr><td>城西派出所</td><td>12</td></tr>`)
	const meta = `<head><meta http-equiv="Content-Type" content="text/html; charset=`
	old := encode(t, simplifiedchinese.GB18030, text)
	for name, tt := range map[string]struct{ text, charset, code string }{
		"utf-8":               {text, "utf-8", ""},
		"mark":                {"\ufeff" + text, "utf-8", ""},
		"said":                {strings.Replace(text, "<head>", `<head><meta charset="utf-8">`, 1), "utf-8", ""},
		"gb18030":             {old, "gb18030", ""},
		"gb18030, said":       {strings.Replace(old, "<head>", meta+`gb2312">`, 1), "gb18030", ""},
		"gb2312, but utf-8":   {strings.Replace(text, "<head>", meta+`gb2312">`, 1) + "<!--二-->", "utf-8", ""},
		"utf-8, but gb18030":  {strings.Replace(old, "<head>", meta+`utf-8">`, 1), "", "damaged"},
		"a charset of others": {strings.Replace(text, "<head>", meta+`big5">`, 1), "", "damaged"},
		"latin, but entities": {strings.Replace(page(`<tr><td>&#22478;</td></tr>`), "没有", "", 1) + `<meta charset=windows-1252>`, "utf-8", ""},
		"xhtml":               {`<?xml version="1.0" encoding="GBK"?>` + old, "gb18030", ""},
		"half a letter":       {old[:len(old)-20] + "\xb3</table></html>", "", "damaged"},
	} {
		if tt.code != "" {
			wantCode(t, []byte(tt.text), tt.code, "")
			continue
		}
		book, err := Read(t.Context(), []byte(tt.text), DefaultLimits())
		if err != nil || book.Charset != tt.charset || len(book.Sheets[0].Cells) == 0 || !strings.HasPrefix(book.Sheets[0].At(0, 0).Text, "城") {
			t.Errorf("%s: %v %+v", name, err, book)
		}
	}
}

func TestRefusedHTML(t *testing.T) {
	tests := map[string]struct{ text, code, where string }{
		"table cut":          {`<html><table><tr><td>1`, "damaged", "html @"},
		"a bare table cut":   {`<table><tr><td>1</td></tr>`, "damaged", "html @"},
		"page cut":           {`<html><table><tr><td>1</td></tr></table>`, "damaged", "html @"},
		"cut in a tag":       {`<table><tr><td>1</td></tr></table><p`, "damaged", "html @"},
		"cut in a comment":   {`<table><tr><td>1</td></tr></table><!-- a`, "damaged", "html @"},
		"cut in a script":    {`<table><tr><td>1</td></tr></table><script>a`, "damaged", "html @"},
		"text in a row":      {page(`<tr>1<td>2`), "damaged", "html @"},
		"text in a table":    {page(`1<tr><td>2`), "damaged", "html @"},
		"cell damaged":       {page(`<tr><dd>1</td><td>2`), "damaged", "html @"},
		"unknown element":    {page(`<tr><tf>1</td><td>2`), "damaged", "html @"},
		"cell ends twice":    {page(`<tr><td>1</td></td>`), "damaged", "html @"},
		"table ends twice":   {page(`</table>`), "damaged", "html @"},
		"a row outside":      {`<html><table></table><tr><td>1</html>`, "damaged", "html @"},
		"table in a row":     {page(`<tr><table></table>`), "damaged", "html @"},
		"caption within":     {page(`<tr><caption>`), "damaged", "html @"},
		"caption open":       {page(`<caption>a<tr><td>1`), "damaged", "html @"},
		"quote lost":         {page(`<tr><td class="a>1</td><td class="b">2`), "damaged", "html @"},
		"quote gained":       {page(`<tr><td class=a">1</td><td>2`), "damaged", "html @"},
		"end lost":           {page(`<tr><td class=a 1</td><td>2`), "damaged", "html @"},
		"hidden piece open":  {page(`<tr><td><span style="display:none">1</td><td>2`), "damaged", "html @"},
		"colspan 100000":     {page(`<tr><td colspan=100000>1`), "damaged", "html @"},
		"colspan lies":       {page(`<tr><td colspan=99999999999999999999>1`), "damaged", "html @"},
		"colspan 0":          {page(`<tr><td colspan=0>1`), "damaged", "html @"},
		"colspan of words":   {page(`<tr><td colspan=two>1`), "damaged", "html @"},
		"colspans beyond":    {page(`<tr><td colspan=9000>1<td colspan=9000>2`), "damaged", "html @"},
		"rowspan 2147483648": {page(`<tr><td rowspan=2147483648>1`), "damaged", "html @"},
		"cells overlap":      {page(`<tr><td>a<td rowspan=2>b<tr><td colspan=2>c`), "damaged", "html @"},
		"tables too deep":    {strings.Repeat("<table><tr><td>", 70), "damaged", "html @"},
		"a login page":       {`<html><body><form><input name=user></form></body></html>`, "web_page", ""},
		"an error page":      {`<!doctype html><html><body>登录超时</body></html>`, "web_page", ""},
		"frames":             {`<html><frameset rows="*,39"><frame src="a.files/sheet001.htm"></frameset></html>`, "web_frames", ""},
		"frames of Excel":    {`<html><head><link id="shLink" href="a.files/sheet001.htm"></head><body></body></html>`, "web_frames", ""},
		"a NUL":              {"<html><table><tr><td>\x00</table></html>", "not_spreadsheet", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, []byte(tt.text), tt.code, tt.where) })
	}
}
