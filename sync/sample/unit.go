package sample

import "jindu/store"

// member is a unit of the district and its share of what units of its kind
// count: the shares of the stations add up to 1, and so do those of the streets.
type member struct {
	store.Unit
	share float64
}

// members lists the units in the order of the boards. 北关, 文昌 and 柳湾 are
// names of a station and of a street, as in life.
func members() []member {
	unit := func(code, name string, kind store.UnitKind, parent string, share float64, aliases ...string) member {
		return member{store.Unit{Code: code, Name: name, Kind: kind, Parent: parent, Aliases: aliases}, share}
	}
	return []member{
		unit("cxs", "城西派出所", store.Station, "", 0.17, "城西所"),
		unit("cds", "城东派出所", store.Station, "", 0.15, "城东所"),
		unit("bjs", "滨江派出所", store.Station, "", 0.13, "滨江所"),
		unit("bgs", "北关派出所", store.Station, "", 0.11, "北关所"),
		unit("sms", "石门派出所", store.Station, "", 0.09, "石门所"),
		unit("wcs", "文昌派出所", store.Station, "", 0.09, "文昌所"),
		unit("lws", "柳湾派出所", store.Station, "", 0.07, "柳湾所"),
		unit("qss", "青山派出所", store.Station, "", 0.06, "青山所"),
		unit("nwb", "南湾边防派出所", store.BorderStation, "", 0.08, "南湾边防所"),
		unit("gdb", "古渡边防派出所", store.BorderStation, "", 0.05, "古渡边防所"),
		unit("jdd", "公安分局禁毒大队", store.Bureau, "", 0.20, "禁毒大队"),
		unit("dhj", "东湖街道办事处", store.Street, "", 0.24, "东湖街道"),
		unit("xjj", "西郊街道办事处", store.Street, "", 0.18, "西郊街道"),
		unit("cqj", "长桥街道办事处", store.Street, "", 0.20, "长桥街道"),
		unit("bgj", "北关街道办事处", store.Street, "", 0.15, "北关街道"),
		unit("wcj", "文昌街道办事处", store.Street, "", 0.13, "文昌街道"),
		unit("lwj", "柳湾街道办事处", store.Street, "", 0.10, "柳湾街道"),
		unit("whc", "望湖社区", store.Community, "dhj", 0.03),
		unit("xyc", "西苑社区", store.Community, "xjj", 0.02),
		unit("qbc", "桥北社区", store.Community, "cqj", 0.03),
		unit("qnc", "桥南社区", store.Community, "cqj", 0.02),
		unit("wjj", "区卫健局", store.Department, "", 0.09, "卫健局"),
		unit("jyj", "区教育局", store.Department, "", 0.20, "教育局"),
		unit("mzj", "区民政局", store.Department, "", 0.05, "民政局"),
		unit("sfj", "区司法局", store.Department, "", 0.07, "司法局"),
		unit("yjj", "区应急局", store.Department, "", 0.04, "应急局"),
		unit("wlj", "区文旅局", store.Department, "", 0.06, "文旅局"),
		unit("scj", "区市场监管局", store.Department, "", 0.05, "市场监管局"),
		unit("qfy", "区法院", store.Department, "", 0.05, "区人民法院"),
		unit("jcy", "区检察院", store.Department, "", 0.05, "区人民检察院"),
		unit("czj", "区财政局", store.Department, "", 0.02, "财政局"),
		unit("nyj", "区农业农村局", store.Department, "", 0.05, "农业农村局"),
		unit("xcb", "区委宣传部", store.Department, "", 0.10, "宣传部"),
		unit("tqw", "团区委", store.Department, "", 0.08, "共青团区委"),
		unit("qfl", "区妇联", store.Department, "", 0.07, "妇联"),
		unit("jdb", "区禁毒办", store.Office, "", 0.10, "禁毒办"),
	}
}

// of returns the members of the kinds, in order.
func of(all []member, kinds ...store.UnitKind) []member {
	var out []member
	for _, kind := range kinds {
		for _, u := range all {
			if u.Kind == kind {
				out = append(out, u)
			}
		}
	}
	return out
}
