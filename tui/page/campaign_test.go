package page

import (
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/tuitest"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// drawn is a page of a snapshot as text, and its layout.
func drawn(s *store.Snapshot, visit string, w, h int, place *Place) (*Layout, string) {
	f := &Frame{Board: NewBoard(s), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: w, H: h}
	l := Build(f, Visit{Page: visit}, place)
	c := widget.New(w, h, style.Dark())
	l.Draw(c)
	return l, c.Text()
}

// attended is the district under the province's attention.
func attended(exits ...store.Exit) *store.Snapshot {
	d := tuitest.Data(tuitest.May())
	d.Settings.Attention = store.Attention{
		Name: "全省禁毒重点关注地区", English: "Under attention", Since: store.NewDate(2026, 3, 1), Document: "省禁毒委6号", Exits: exits,
	}
	return store.NewSnapshot(d)
}

func TestTheStatusStandsOnTheOverviewAsLongAsItHolds(t *testing.T) {
	s := attended(store.Exit{Indicator: "safety_drug_share", Op: store.AtMost, Value: 3}, store.Exit{Indicator: "exec_rate", Op: store.AtLeast, Value: 99})
	for _, size := range [][2]int{{60, 20}, {80, 20}, {120, 36}, {200, 56}} {
		_, text := drawn(s, "overview", size[0], size[1], NewPlace())
		first, _, _ := strings.Cut(text, "\n")
		if !strings.Contains(first, "全省禁毒重点关注地区") || !strings.Contains(first, "摘牌条件达到 1/2") {
			t.Errorf("%v: %q", size, first)
		}
	}
	_, text := drawn(tuitest.Snapshot(), "overview", 120, 36, NewPlace())
	if strings.Contains(text, "摘牌") {
		t.Error("a district under no attention shows it")
	}
}

func TestCriteriaSayWhyTheyAreOpen(t *testing.T) {
	_, text := drawn(attended(store.Exit{Indicator: "report_in_rate", Op: store.AtLeast, Value: 10}), "publicity", 200, 56, NewPlace())
	for _, line := range strings.Split(text, "\n") {
		if at := strings.Index(line, ">= 10"); at >= 0 {
			if !strings.Contains(line[at:], "未定") || !strings.Contains(line[at:], "5/6") {
				t.Errorf("%q", line[at:])
			}
			return
		}
	}
	t.Error("the criterion is not on the page")
}

func TestUnitsBesideTheirTargetsFollowTheCursor(t *testing.T) {
	place := NewPlace()
	l, text := drawn(tuitest.Snapshot(), "publicity", 200, 56, place)
	if !strings.Contains(text, "横幅         7/14") {
		t.Fatalf("no units beside their targets:\n%s", text)
	}
	for l.Focus() != "goals" {
		l.Move(NextPanel)
	}
	if l.Spot().Result == nil || l.Spot().Unit == store.DistrictCode {
		t.Errorf("focus %q on %+v", l.Focus(), l.Spot())
	}
	d := tuitest.Data(tuitest.May())
	d.Settings.Targets = append(d.Settings.Targets, store.Target{Indicator: "pub_events", Value: 5, Kinds: []store.UnitKind{store.Street}, Every: "june"})
	place = NewPlace()
	l, _ = drawn(store.NewSnapshot(d), "publicity", 200, 56, place) // on the first indicator, the events
	l.Move(Down)
	if _, text = drawn(store.NewSnapshot(d), "publicity", 200, 56, place); !strings.Contains(text, "横幅         7/14") {
		t.Errorf("the units do not follow to the banners:\n%s", text)
	}
}

func TestAResultNamesItsNewestCell(t *testing.T) {
	place := NewPlace()
	l, _ := drawn(tuitest.Snapshot(), "publicity", 120, 34, place)
	l.Move(Down)
	spot := l.Spot()
	if spot.Result == nil || spot.Indicator != "pub_banners" {
		t.Fatalf("spot %+v", spot)
	}
	f := &Frame{Board: NewBoard(tuitest.Snapshot()), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: 120, H: 34}
	line := f.Source(spot, 300).Plain()
	for _, want := range []string{"悬挂横幅", "目标 180", "截至 06-10", "格之和", "宣传活动台账.xlsx"} {
		if !strings.Contains(line, want) {
			t.Errorf("no %q in %q", want, line)
		}
	}
}

func TestWithoutACampaignThePageSaysSo(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	d.Settings.Campaigns = nil
	_, text := drawn(store.NewSnapshot(d), "publicity", 120, 34, NewPlace())
	if !strings.Contains(text, "[[campaign]]") || !strings.Contains(text, "最近活动") {
		t.Errorf("%s", text)
	}
}

func TestACampaignToComeCountsDown(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	for i := range d.Settings.Campaigns {
		c := &d.Settings.Campaigns[i]
		c.From, c.To = c.From.Add(100), c.To.Add(100)
	}
	d.Settings.Campaigns = d.Settings.Campaigns[:1]
	_, text := drawn(store.NewSnapshot(d), "publicity", 120, 34, NewPlace())
	if !strings.Contains(text, "还没有开始") || !strings.Contains(text, "天后开始") {
		t.Errorf("%s", text)
	}
}

// A plan that is handed in on no day stood as one that was in time.
func TestAPlanWithoutADayIsNotInTime(t *testing.T) {
	d := tuitest.Data(store.MonthOf(2026, 5))
	for i := range d.Tasks {
		if one := &d.Tasks[i]; one.Unit == "cq" && strings.Contains(one.Title, "宣传月") {
			one.Status, one.DoneOn = store.TaskDone, store.Date{}
		}
	}
	if _, text := drawn(store.NewSnapshot(d), "publicity", 120, 34, NewPlace()); !strings.Contains(text, "日期未填") {
		t.Errorf("the page says of no plan that nobody knows when it was handed in:\n%s", text)
	}
}
