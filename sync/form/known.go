package form

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jindu/store"
	"jindu/sync/sheet"
)

// officeWords are what files and sheets of lists are called by, besides the words
// of the catalogue, the forms and the units.
const officeWords = "社区戒毒 社区康复 社戒 社康 社戒社康 强制隔离戒毒 强戒 自愿戒毒 戒毒 康复 吸毒 涉毒 禁毒 人员 名单 名册 花名册 台账 清单 登记 登记表 登记册 明细 明细表 " +
	"汇总 汇总表 统计 统计表 报表 月报 季报 年报 月报表 周报 日报 情况 情况表 信息 信息表 基本 档案 资料 材料 附件 表 目录 封面 说明 填表 填报 管控 管理 帮扶 走访 尿检 检测 谈话 " +
	"在册 在管 在控 失控 脱失 解除 终止 中止 期满 报到 未报到 新增 减少 变动 重点 高风险 中风险 低风险 高 中 低 风险 等级 分类 分级 类 级 一 二 三 四 五 六 七 八 九 十 " +
	"年 月 日 周 期 季 度 季度 上半年 下半年 半年 年度 第 号 份 至 到 的 及 和 区 县 市 全区 全县 本区 街道 社区 派出所 所 乡 镇 村 办 单位 各 分局 公安 公安局 中队 大队 " +
	"毒品 毒 犯罪 违法 嫌疑人 刑事 行政 治安 缴获 查获 查处 破案 案件 案 任务 宣传 经费 场所 检查 领导小组 责任人 打击 指标 数据 更新 最新 最终 最终版 终稿 定稿 修改 修改版 版 副本 备份 复制 新建 工作表 工作簿 模板 样表 样本 电子版 正式 初稿 " +
	"报送 上报 收件 共享 文件 文件夹 部门 share shared reports inbox upload uploads files docs documents office check sheet microsoft excel wps final copy new backup all list lists ledger register roster persons people data report xls xlsx xlsm xlt xltx et csv tsv txt ods fods html htm xml"

// vocabulary is the words that may stand in the name of a list of persons.
type vocabulary struct {
	words   map[string]bool
	longest int // runes
}

func (v *vocabulary) add(words ...string) {
	for _, w := range words {
		if w = fold(w); w != "" {
			v.words[strings.ToLower(w)] = true
			v.longest = max(v.longest, utf8.RuneCountInString(w))
		}
	}
}

// newVocabulary gathers the words of units, catalogue and offices.
func newVocabulary(units *unitIndex, c *store.Catalogue) *vocabulary {
	v := &vocabulary{words: map[string]bool{}}
	v.add(strings.Fields(officeWords)...)
	for name := range units.official {
		v.add(name)
	}
	for name := range units.short {
		v.add(name)
	}
	v.add(units.area)
	for i := range c.Indicators {
		v.add(c.Indicators[i].Names()...)
	}
	for _, g := range c.Groups {
		v.add(g.Name)
	}
	for _, f := range c.Forms {
		v.add(append(f.Titles, f.Name)...)
	}
	for _, w := range c.Words {
		v.add(w.Word)
	}
	return v
}

// longDate is how many digits in a row a date or a number of a copy has at most.
const longDate = 8

// only returns the name with everything that is no word of the vocabulary, no
// short number and no mark replaced by ***: a person's name alone cannot be told
// from a word, so that on a list of persons only known words pass.
func (v *vocabulary) only(name string) string {
	runes := []rune(mask(name))
	var b strings.Builder
	hide := func() {
		if !strings.HasSuffix(b.String(), "***") {
			b.WriteString("***")
		}
	}
	for i := 0; i < len(runes); {
		n := v.known(runes[i:])
		switch r := runes[i]; {
		case n > 0:
			b.WriteString(string(runes[i : i+n]))
			i += n
		case unicode.IsDigit(r):
			to := i
			for to < len(runes) && unicode.IsDigit(runes[to]) {
				to++
			}
			if to-i > longDate {
				hide()
			} else {
				b.WriteString(string(runes[i:to]))
			}
			i = to
		case unicode.IsLetter(r), unicode.Is(unicode.M, r), unicode.Is(unicode.No, r):
			hide()
			i++
		default:
			b.WriteRune(r)
			i++
		}
	}
	return b.String()
}

// known returns how many of the runes are the longest word that begins there.
// Latin words are known as a whole only.
func (v *vocabulary) known(runes []rune) int {
	latin := func(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }
	for n := min(v.longest, len(runes)); n > 0; n-- {
		if latin(runes[n-1]) && n < len(runes) && latin(runes[n]) {
			continue
		}
		if v.words[strings.ToLower(fold(string(runes[:n])))] {
			return n
		}
	}
	return 0
}

// MaskList returns what makes of the path of a list of persons what may be
// printed: of the names of its folders and its own only known words are left.
func (r *Reader) MaskList() func(name string) string {
	return newVocabulary(r.units, r.opt.Catalogue).path
}

// path is only for every step of a path.
func (v *vocabulary) path(name string) string {
	steps := strings.Split(mask(name), "/")
	for i, step := range steps {
		ext := path.Ext(step)
		if v.known([]rune(strings.TrimPrefix(ext, "."))) == 0 {
			ext = ""
		}
		steps[i] = v.only(strings.TrimSuffix(step, ext)) + ext
	}
	return strings.Join(steps, "/")
}

// personHeads are the heads of a list of persons, one of which is enough.
var personHeads = []string{"姓名", "身份证", "身份号码", "证件号", "绰号", "曾用名"}

// listsPersons reports whether any sheet of the workbook, hidden ones too, has a
// column of persons' names or identities.
func listsPersons(book *sheet.Book) bool {
	for _, s := range book.Sheets {
		for row := range headRows {
			cells := s.Row(row)
			if len(cells) > 1 && slices.ContainsFunc(cells, personHead) {
				return true
			}
		}
	}
	return false
}

// longestHead is how many characters such a head has at most; what is longer, or
// holds a stop, is a sentence about them.
const longestHead = 12

func personHead(c sheet.Cell) bool {
	if c.Kind != sheet.Text || len(c.Text) > longest {
		return false
	}
	key := fold(c.Text)
	return containsAny(key, personHeads) && utf8.RuneCountInString(key) <= longestHead && !strings.ContainsAny(key, ",。;、:")
}

// sheetName is a sheet's name as it may be printed.
func (rd *reader) sheetName(s *sheet.Sheet) string { return rd.printed(s.Name) }

// printed is the name of a sheet or of the file itself as it may be printed.
func (rd *reader) printed(name string) string {
	if rd.known == nil {
		return mask(name)
	}
	return rd.known.only(name)
}
