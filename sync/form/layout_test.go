package form

import (
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// June is what every layout of TestLayouts says.
const june = `
	cds case_admin 2026-06 5
	cds case_criminal 2026-06 8
	cxs case_admin 2026-06 9
	cxs case_criminal 2026-06 7`

func TestLayouts(t *testing.T) {
	const title = "云岭区2026年6月禁毒工作统计表\n"
	for name, c := range map[string]struct {
		layout string
		sheet  *sheet.Sheet
	}{
		"units down": {"units_down", paper(t, "6月", title+`
			单位|破获毒品刑事案件|查处涉毒行政案件
			城西派出所|7|9
			城东派出所|8|5`)},
		"units down, two levels": {"units_down", paper(t, "6月", title+`
			序号|单位|打击情况|
			||刑事案件（起）|行政案件（起）
			1|城西派出所|7|9
			2|城东派出所|8|5
			合计||15|14`, "A1:D1", "A3:A4", "B3:B4", "C3:D3", "A7:B7")},
		"units down, levels without merges": {"units_down", paper(t, "6月", title+`
			单位|打击|
			|刑事案件|行政案件
			城西派出所|7|9
			城东派出所|8|5`)},
		"units down, this month under every item": {"units_down", paper(t, "6月", title+`
			单位|刑事案件|||行政案件||
			|本月|去年同期|同比%|本月|去年同期|同比%
			城西派出所|7|6|16.7|9|8|12.5
			城东派出所|8|8|0|5|10|-50`, "A3:A4", "B3:D3", "E3:G3")},
		"transposed": {"transposed", paper(t, "6月", title+`
			项目|城西派出所|城东派出所|合计
			破获毒品刑事案件|7|8|15
			查处涉毒行政案件|9|5|14`)},
		"transposed with a column of measures": {"transposed", paper(t, "6月", title+`
			项目|单位|城西派出所|城东派出所
			破获毒品刑事案件|起|7|8
			查处涉毒行政案件|起|9|5`)},
		"long": {"long", paper(t, "6月", title+`
			单位|指标|数值
			城西派出所|破获毒品刑事案件|7
			|查处涉毒行政案件|9
			城东派出所|破获毒品刑事案件|8
			|查处涉毒行政案件|5`, "A4:A5", "A6:A7")},
		"long without merges, with groups": {"long", paper(t, "6月", title+`
			单位|类别|指标|计量单位|本月
			城西派出所|打击|刑事案件|起|7
			||行政案件|起|9
			城东派出所|打击|刑事案件|起|8
			||行政案件|起|5`)},
		"months down for each unit": {"units_down", paper(t, "2026年", `
			2026年禁毒工作统计表
			单位|月份|破获毒品刑事案件|查处涉毒行政案件
			城西派出所|6月|7|9
			城东派出所|6月|8|5`)},
		"aspects down": {"units_down", paper(t, "6月", title+`
			单位|期间|破获毒品刑事案件|查处涉毒行政案件
			城西派出所|本月|7|9
			|去年同期|3|4
			城东派出所|本月|8|5
			|去年同期|2|1`, "A4:A5", "A6:A7")},
	} {
		t.Run(name, func(t *testing.T) {
			g := read(t, c.sheet).want(june).wantVerdict(store.Accepted)
			if g.Sheets[0].Layout != c.layout {
				t.Errorf("the layout is %s, want %s", g.Sheets[0].Layout, c.layout)
			}
		})
	}
}
