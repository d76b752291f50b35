package form

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/store"
)

// Surnames that mean little else at the head of a word: the rare ones and those
// of two characters.
const (
	rareSurnames   = "佴麴仉缑郏覃隗戢郗亓佘佟邴郄邬鄢郜臧仝芈阚亢昝糜胥菅鞠麹"
	doubleSurnames = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|长孙|司徒|夏侯|轩辕|令狐|慕容|宇文|闻人|呼延|鲜于|公羊|端木|澹台|濮阳|亓官"
)

// What stands around a person's name in the name of a file or sheet, in a head or
// in a title. A common surname is a word itself (高, 石, 文): where the given name
// is as common, one of these must tell.
var (
	// aboutPerson follows a name: papers and deeds of one person.
	aboutPerson = strings.Split("同志 档案 简历 笔录 决定书 协议书 尿检记录 的档案 的简历 的笔录 涉嫌 容留 贩毒案 吸毒案 贩卖毒品案 非法持有 一案", " ")
	// toPerson stands before a name: what is done with a person.
	toPerson = strings.Split("走访 约谈 慰问 帮扶 传唤 抓获 拘留 释放 看望 训诫 谈话", " ")
	// afterPerson ends a name without telling that it is one.
	afterPerson = append(strings.Split("名单 材料 登记表 情况 审批表 月报 台账 报表 资料 等 家 案 的 和 与 及", " "), aboutPerson...)
	// places end what begins like a name and is none.
	placeEnds = strings.Split("省 市 区 县 镇 乡 村 屯 庄 寨 街 路 巷 桥 河 湖 江 海 湾 岛 山 岭 坡 沟 洲 渡 港 站 派出所 所 社区 学校 中学 小学 酒店 公司 戒毒所 看守所", " ")
	// noNames begin like names and are none, behind words that names stand behind.
	noNames = wordSet("高校 高中 高危 高风险 万家 万户 石油 金融 周边 方案 文化 文艺 马上 江边 常住 常务 任务 汤圆 白领 毛利 温泉 于此 边民 史料 石场 " +
		"龙舟 田间 孔明 康复 安置 安全 黎明 文明 万人 高层 高龄 高考 贺岁 武警 夏令 秦巴 陈列 程序 曾经 方面 易制毒 易感 石化 金店 金行 文件 文件号 文号 汪洋 毛重 段长 雷霆 钱款 常态 方式 张贴 丁酮 黄樟素")
)

// namesIn finds persons' names in a short text that is no sentence: a name of a
// file or sheet, a head, a title. Where the surname is rare, or the given name
// of characters that words are not made of, it is known by itself.
func namesIn(s string) []mark {
	if !strings.ContainsFunc(s, func(r rune) bool { _, is := families()[r]; return is }) {
		return nil
	}
	var out []mark
	v := viewOf(s)
	for _, run := range v.hanRuns() {
		for i := 0; i < len(run.runes); i++ {
			n := nameAt(run.runes, i)
			if n == 0 {
				continue
			}
			out = append(out, mark{v.at[run.at[i]], v.at[run.at[i+n-1]] + 1, shapeName})
			i += n - 1
		}
	}
	return out
}

// hanRun is a run of Han characters, each knowing where it stands in the view.
type hanRun struct {
	runes []rune
	at    []int
}

// hanRuns parts a view into its runs of Han characters. Pieces of one or two with
// a single blank or dot between are one: 王 小 二.
func (v view) hanRuns() []hanRun {
	var out []hanRun
	last := 0 // length of the piece before
	for i := 0; i < len(v.runes); i++ {
		if !unicode.Is(unicode.Han, v.runes[i]) {
			continue
		}
		from := i
		for i < len(v.runes) && unicode.Is(unicode.Han, v.runes[i]) {
			i++
		}
		piece := hanRun{runes: v.runes[from:i]}
		for at := from; at < i; at++ {
			piece.at = append(piece.at, at)
		}
		if n := len(out); n > 0 && last <= 2 && i-from <= 2 && from >= 2 && strings.ContainsRune(" ·", v.runes[from-1]) && out[n-1].at[len(out[n-1].at)-1] == from-2 {
			out[n-1].runes = append(out[n-1].runes[:len(out[n-1].runes):len(out[n-1].runes)], piece.runes...)
			out[n-1].at = append(out[n-1].at, piece.at...)
		} else {
			out = append(out, piece)
		}
		last = i - from
	}
	return out
}

// nameAt returns how many characters the name has that begins there, 0 for none.
func nameAt(run []rune, i int) int {
	family, rare := familyAt(run, i)
	if family == 0 || i+family >= len(run) {
		return 0
	}
	given := givenLength(run[i+family:])
	if given == 0 {
		return 0
	}
	rest := string(run[i+family+given:])
	word := string(run[i:min(len(run), i+family+given)])
	alone := i == 0 && (rest == "" || startsWith(rest, afterPerson))
	switch {
	case startsWith(rest, placeEnds), noNames[word], startsWith(string(run[i:]), placesLikeNames), endsWith(string(run[:i+1]), []string{"慰问金"}):
		return 0
	case rare == doubleFamily && alone, rare == rareFamily:
		return family + given
	case unusual(run[i+family]), given == 2 && unusual(run[i+family+1]):
		return family + given
	case alone && startsWith(rest, aboutPerson), endsWith(string(run[:i]), toPerson) && (rest == "" || startsWith(rest, afterPerson)):
		return family + given
	default:
		return 0
	}
}

// placesLikeNames and other words begin with a surname, and no name goes on as they do.
var placesLikeNames = strings.Split("郏县 鄢陵 亢奋 高亢 鞠躬 糜烂 草菅 佟家 郜庄 覃塘 余额 胡椒醛", " ")

// How telling a surname is.
const (
	noFamily = iota
	commonFamily
	rareFamily
	doubleFamily
)

// families are the surnames of one character and the first ones of those of two.
var families = sync.OnceValue(func() map[rune]int {
	all := map[rune]int{}
	for double := range strings.SplitSeq(doubleSurnames, "|") {
		all[[]rune(double)[0]] = noFamily
	}
	for _, r := range surnames {
		all[r] = commonFamily
	}
	for _, r := range rareSurnames {
		all[r] = rareFamily
	}
	return all
})

// familyAt returns how many characters the surname has that begins there, and how
// telling it is.
func familyAt(run []rune, i int) (n, telling int) {
	telling, ok := families()[run[i]]
	if !ok {
		return 0, noFamily
	}
	if i+2 <= len(run) {
		for double := range strings.SplitSeq(doubleSurnames, "|") {
			if string(run[i:i+2]) == double {
				return 2, doubleFamily
			}
		}
	}
	return min(1, telling), telling
}

// givenLength returns how many of the characters are a given name: one where
// what ends a name follows it, else as many as there are, at most two.
func givenLength(run []rune) int {
	if len(run) == 0 || startsWith(string(run), afterPerson) {
		return 0
	}
	rest := string(run[1:])
	if rest == "" || startsWith(rest, afterPerson) || startsWith(rest, placeEnds) {
		return 1
	}
	return 2
}

func startsWith(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func endsWith(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// unusual reports whether a Han character is one that words of offices are not
// made of: not among the 3,755 of the first level of GB 2312, none of our own
// tables, and no traditional form of a usual one.
func unusual(r rune) bool {
	if usualBeside()[r] {
		return false
	}
	code, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
	if err != nil || len(code) != 2 {
		return true
	}
	return code[0] < 0xB0 || code[0] > 0xD7 || code[1] < 0xA1
}

// usualBeside are the characters of our own tables, and traditional ones that
// older or foreign programs write.
var usualBeside = sync.OnceValue(func() map[rune]bool {
	all := map[rune]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			for _, r := range text {
				all[r] = true
			}
		}
	}
	add(string(personalCSV), traditional)
	if c, err := store.LoadCatalogue(); err == nil { // it is part of the program, and read by its own tests
		for _, f := range c.Forms {
			for _, one := range f.Fields {
				add(one.Heads...)
			}
		}
		for _, w := range c.Words {
			add(w.Word)
		}
		for i := range c.Indicators {
			add(c.Indicators[i].Names()...)
		}
	}
	return all
})

// traditional forms that follow a surname's character in everyday words: 高風險,
// 任務, 金額.
const traditional = "風險務額總計時間東縣區鎮鄉會議辦戒毒報導員單數據統類別現發學校醫療記錄關聯絡電話號碼車輛個體資產備註說明審核動態書證據" +
	"開展觀黨組織訓練課題標準檢測實際應該處罰決執業範圍圖館園藝術衛豐農業漁場礦廠產銷運輸鐵橋樑邊陽陰陳師長門間閉關頭領導項預頂順飛馬駕駛驗體點齊齡龍龜灣島嶺" +
	"團隊級紀線網約紅細終結給絕經緊維綱緣練縮續義習聖聞聲職聽脅腦與興舊萬葉著蘇處號虛補裝製複見規視覺親訊設許訴詞試該詳認誤請論諸謝證識譯讀變讓貢財責貨貪購貴買費賀賓賞賣質賴贈" +
	"趨車軌軍軟輕載輔輝輪轉辭達遠適選遺還鄭鄰醜釋針鈔銀銅錄錢鋼錯鏡鑒闊階際隱難雜離雙靈靜韓響預頻額顏願類顧飯飲館駐騎驅驚魚鮮鳥鳴麗黃點為無産優傷價儀億儲兒內兩冊寫凍創劃劇劑勝勞勢勵勸協參國圍執"
