package template

import (
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/form"
)

// guide draws the explanation, in the language that is asked for.
func (t *draft) guide() *page {
	p := &page{name: form.GuideSheet, locked: true, upright: true, widths: []float64{6, 28, 14, 62}}
	p.banner(0, 4, t.Lang.Pick(form.GuideSheet, "How to fill this in "+form.GuideSheet)+"（"+form.NotRead+"）", look{font: title, align: middle}, 36)
	p.banner(1, 4, t.form.Label(t.Lang), look{font: bold, align: middle}, 24)
	row := 2
	for i, text := range t.rules() {
		p.write(row, 0, strconv.Itoa(i+1), look{font: small, align: middle})
		p.write(row, 1, text, noted)
		p.join(area{row, 1, row, 3})
		p.tall(row, 20*float64(1+(width(text)-1)/105))
		row++
	}
	heads, rows := t.entries()
	row++
	for c, text := range heads {
		p.write(row, c, text, head)
	}
	p.tall(row, 26)
	for i, r := range rows {
		p.write(row+1+i, 0, strconv.Itoa(i+1), centred)
		longest := 0
		for c, text := range r {
			p.write(row+1+i, 1+c, text, label)
			longest = max(longest, (width(text)-1)/int(p.widths[1+c]))
		}
		p.tall(row+1+i, 20*float64(1+longest))
	}
	p.heads = area{row, 0, row, 3}
	p.footer = footerText(t.form.Name)
	return p
}

// width is how wide a text prints, in characters of half width.
func width(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0x7F {
			n++
		}
	}
	return n
}

// rules are how to fill the form in.
func (t *draft) rules() []string {
	pick := t.Lang.Pick
	rules := []string{
		pick("只填白色的格子；灰色、蓝色的格子是表头和合计，已锁定（没有密码），合计自动算出。", "Fill in the white cells only. Grey and blue ones are heads and totals: locked, without a password; totals add up by themselves."),
		pick("没有发生填 0；不适用填 —；还不知道的留空，空白按未报，不当作零。", "Write 0 where nothing happened and — where it does not apply. Leave blank what is not known yet: blank is missing and never zero."),
		pick("只填数字，不写单位，不写“约”“余”“左右”；计量单位按表里写的。", "Numbers only: no measures behind them, nothing approximate. The measure is the one that the form gives."),
		pick("日期写作 "+strconv.Itoa(t.Period.Year)+"-06-26。", "Write dates as "+strconv.Itoa(t.Period.Year)+"-06-26."),
		pick("比率按百分数填，85% 就在 % 栏里填 85。", "Rates are percentages: 85% is 85 under %."),
		pick("单位和用词从下拉框里选。", "Choose units and words from the drop-down lists."),
		pick("不要改表头、标题里的单位和年月、工作表名；换一期请重新取模板，或只改标题和截止日期里的年月。", "Do not change heads, the unit and the period in the title, or names of sheets. For another period take a new template, or change only the months in the title and in 截止日期."),
	}
	switch t.form.Kind {
	case store.CountedForm:
		rules = append(rules, pick("标“不上报”的各栏是个人信息，依法由本单位保存；jindu 只按其余各栏数人数，一行也不留。文件放进共享文件夹之前，请删去这些栏的内容。",
			"Columns marked 不上报 hold personal data that the unit keeps by law. jindu only counts persons by the other columns and keeps no row. Clear these columns before the file goes into a shared folder."))
	case store.LedgerForm:
		rules = append(rules, pick("带 * 的必填，缺了整行不采用。表中不要写个人的姓名、证件号、电话、住址。", "Columns with * are required: a row without them is set aside. Write no person's name, identity number, phone or address."))
	default:
		rules = append(rules, pick("表中不要写个人的姓名、证件号、电话、住址；签名写在打印件上。", "Write no person's name, identity number, phone or address; sign the printed copy."))
	}
	return append(rules, pick("填好后运行 jindu check 文件名，看看有没有读不懂的格子。", "When it is filled in, jindu check FILE tells which cells cannot be read."))
}

// entries describes what is asked for: indicators, or columns.
func (t *draft) entries() (heads []string, rows [][]string) {
	pick := t.Lang.Pick
	if t.form.Kind == store.ReportForm {
		for _, i := range t.items() {
			name := i.Name
			if t.Lang == store.English {
				name += " " + i.English
			}
			rows = append(rows, []string{name, t.Catalogue.MeasureLabel(i.Measure, t.Lang), t.meaning(i)})
		}
		return []string{pick("序号", "No."), pick("项目", "Item"), pick("计量单位", "Measure"), pick("怎样填", "What to write")}, rows
	}
	for _, f := range t.fields() {
		name := strings.ReplaceAll(f.head, "\n", "")
		if t.Lang == store.English {
			name += " " + f.English
		}
		rows = append(rows, []string{name, f.Measure, t.what(f.FormField)})
	}
	return []string{pick("序号", "No."), pick("栏目", "Column"), pick("计量单位", "Measure"), pick("怎样填", "What to write")}, rows
}

// meaning says what exactly an indicator counts.
func (t *draft) meaning(i item) string {
	pick := t.Lang.Pick
	text := map[store.Kind]string{
		store.Stock: pick("期末数：到截止日期当天有多少", "as of the cut-off day"),
		store.Flow:  pick("本期发生数", "what happened in the period"),
		store.Ratio: pick("比率", "a rate"),
		store.Check: pick("填 是 或 否", "是 (yes) or 否 (no)"),
	}[i.Kind]
	if i.Definition != "" {
		text += pick("；口径：", "; ") + i.Definition
	}
	return text
}

// what says what belongs into a field.
func (t *draft) what(f store.FormField) string {
	if t.Lang != store.English {
		if f.Kind == store.OrdinalField {
			return "顺序编号"
		}
		_, text, _ := strings.Cut(t.fieldLimit(f, area{}, "x").hint, "：")
		return text
	}
	text := map[store.FieldKind]string{
		store.CountField:    "a whole number",
		store.NumberField:   "a number",
		store.DateField:     "a date",
		store.UnitField:     "a unit, from the list",
		store.UnitsField:    "units, separated by 、",
		store.WordField:     "a word, from the list",
		store.CheckField:    "是 (yes) or 否 (no)",
		store.TitleField:    "a short text without personal data",
		store.DocumentField: "the number of a document",
		store.VenueField:    "the name of a company, else its kind and street",
		store.StreetField:   "street or community only",
		store.PostField:     "the post only",
		store.FilledField:   "only whether something stands here is counted",
		store.HashField:     "a number; kept as a hash",
		store.OrdinalField:  "the row's number",
		store.PersonalField: "personal data: kept by the unit, not reported, never read",
		store.FreeField:     "never read",
	}[f.Kind]
	if f.Required {
		return "required; " + text
	}
	return text
}
