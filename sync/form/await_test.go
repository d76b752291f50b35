package form

import (
	"slices"
	"strings"
	"testing"

	"jindu/store"
)

// waitRows reads a task list with a column of what each row waits for, and
// returns the titles of those.
func waitRows(t *testing.T, rows ...[2]string) (*store.Reading, []string) {
	t.Helper()
	all := [][]any{{"云岭区2026年禁毒任务清单"}, {"序号", "任务事项", "任务来源", "责任单位", "完成时限", "完成状态", "前置任务"}}
	for i, r := range rows {
		all = append(all, []any{i + 1, r[0], "云禁毒办〔2026〕3号", "城西派出所", "2026-06-26", "在办", r[1]})
	}
	r := readSheet(t, grid("任务清单", all...))
	title := map[string]string{}
	for _, task := range r.Tasks {
		title[task.ID] = task.Title
	}
	var out []string
	for _, task := range r.Tasks {
		var names []string
		for _, id := range task.WaitsFor {
			names = append(names, title[id])
		}
		out = append(out, strings.Join(names, "+"))
	}
	return r, out
}

func TestTasksThatWaitForOthers(t *testing.T) {
	r, got := waitRows(t,
		[2]string{"制定工作方案", ""}, [2]string{"购置检测设备", "1"}, [2]string{"开展人员培训", "第1项、第二项"},
		[2]string{"组织集中检查", "开展人员培训"}, [2]string{"上报工作总结", "序号4"}, [2]string{"编印宣传手册", "无"}, [2]string{"发放宣传手册", "—"})
	if want := []string{"", "制定工作方案", "制定工作方案+购置检测设备", "开展人员培训", "组织集中检查", "", ""}; !slices.Equal(got, want) {
		t.Errorf("they wait for %q, want %q", got, want)
	}
	wantFindings(t, r)
}

// A task that waits for nobody knows what, for itself or for one of two that are
// called the same waits for none; the text itself goes nowhere.
func TestTasksThatWaitForNobodyKnowsWhat(t *testing.T) {
	r, got := waitRows(t,
		[2]string{"制定工作方案", "9"}, [2]string{"购置检测设备", "2"}, [2]string{"开展人员培训", "等上级批复"},
		[2]string{"开展入户走访", "1、8"}, [2]string{"开展入户走访", ""}, [2]string{"上报工作总结", "开展入户走访"}, [2]string{"编印宣传手册", "找19900000400"})
	if want := make([]string, 7); !slices.Equal(got, want) {
		t.Errorf("they wait for %q", got)
	}
	wantFindings(t, r, "waits_unknown G3", "waits_unknown G4", "waits_unknown G5", "waits_unknown G6", "waits_unknown G8", "personal_data G9")
}
