package sample

import (
	"fmt"
	"strings"
)

// Config returns the district's jindu.toml, to be written beside the folder
// "reports".
func (d *District) Config() string {
	var b strings.Builder
	b.WriteString(configHead)
	for _, u := range d.model.units {
		aliases := make([]string, len(u.Aliases))
		for i, a := range u.Aliases {
			aliases[i] = fmt.Sprintf("%q", a)
		}
		fmt.Fprintf(&b, "\n[[unit]]\ncode = %q\nname = %q\nkind = %q\nparent = %q\naliases = [%s]\n",
			u.Code, u.Name, string(u.Kind), u.Parent, strings.Join(aliases, ", "))
	}
	b.WriteString(configSource)
	for _, t := range []struct {
		indicator string
		value     int
		why       string
	}{
		{"control_rate", 98, "管控率"},
		{"report_in_rate", 85, "报到率"},
		{"agreement_rate", 95, "协议签订率"},
		{"exec_rate", 75, "社区戒毒社区康复执行率"},
		{"urine_rate", 90, "尿检率"},
		{"employ_rate", 85, "就业安置率"},
	} {
		fmt.Fprintf(&b, "\n[[target]]\nindicator = %q # %s，%%\nvalue = %d\n", t.indicator, t.why, t.value)
	}
	b.WriteString(d.gradeConfig())
	b.WriteString(d.campaigns())
	on := d.today().Add(inspectionIn)
	fmt.Fprintf(&b, "\n# 迎检：督导检查的日子，督导页按它倒计时\n[inspection]\non = %q\nname = %q\nenglish = %q\n",
		on, "省督导组复查", "Provincial inspection")
	return b.String()
}

// inspectionIn is in how many days the province comes to inspect.
const inspectionIn = 38

const configHead = `# 云岭区：虚构的示范区，单位、数字、姓名、电话均为编造。
# 云岭区 is fictitious, and so is everything in its reports.

mirror = "jindu.db"          # 镜像库，放在本文件旁边

[district]
name = "云岭区"
population = 812000          # 全区人口，用于在册占人口比

bureau_names = ["公安分局", "云岭公安分局"]  # 单位名称前可能带的上级名称

[report]
due_day = 5                  # 月报于次月 5 日前报送
close_days = 40              # 期末后 40 天封存
month_starts = 1             # 统计月从 1 日起；26 表示上月 26 日至本月 25 日

# 单位：kind 为 station 派出所、border_station 边防派出所、bureau 公安分局、street 街道、
# community 社区、department 成员单位、office 禁毒办；parent 为上级单位代码，空为区直属。
`

const configSource = `
# 来源：各单位上交表格的共享文件夹
[[source]]
name = "share"
remote = "reports"           # 文件夹、rclone 远端（名称:路径）或 http(s) 地址
schedule = "*/10 * * * *"    # 每 10 分钟拉取一次
unit = ""                    # 填单位代码则整个来源只属该单位

# 目标：示范值，各区以上级文件为准
`
