package style

import "jindu/store"

// Mark is how a state is shown: one letter where there is no room, the word
// with that letter bold where there is. The word is Before + Letter + After.
type Mark struct {
	Letter        string // two cells in Chinese, one in English; empty for fresh
	Before, After string
	Look          Look // of the word
}

// Word returns the whole word.
func (m Mark) Word() string { return m.Before + m.Letter + m.After }

// LetterLook returns the look of the letter: bold, but for what is only due,
// which is nobody's fault yet.
func (m Mark) LetterLook() Look {
	if m.Look == Quiet {
		return Quiet
	}
	return m.Look | Bold
}

// MarkOf returns the mark of a state in the language.
func MarkOf(s store.State, l store.Lang) Mark {
	m := Mark{Look: stateLook(s)}
	if l == store.English {
		m.Letter, m.After = englishMark(s)
		return m
	}
	m.Before, m.Letter, m.After = chineseMark(s)
	return m
}

// WaitMark returns the mark of a figure of which a newer value waits for an
// officer. That is no state: the accepted value is as good as its state says.
func WaitMark(l store.Lang) Mark {
	if l == store.English {
		return Mark{Letter: "W", After: "aiting", Look: Accent}
	}
	return Mark{Before: "待", Letter: "确", After: "认", Look: Accent}
}

// ValueLook returns the look of the figure of now in that state: it takes a
// colour only if the value itself is in doubt. A late unit does not redden a
// total.
func ValueLook(s store.State) Look {
	switch s {
	case store.Suspect:
		return WatchBold
	case store.Stale, store.SourceDown:
		return StaleBold
	default:
		return Strong
	}
}

func stateLook(s store.State) Look {
	switch s {
	case store.Never, store.Refused, store.Conflict:
		return Bad
	case store.Late, store.Partial, store.Suspect:
		return Watch
	case store.Stale, store.SourceDown:
		return Stale
	case store.Corrected:
		return Accent
	default:
		return Quiet
	}
}

func chineseMark(s store.State) (before, letter, after string) {
	switch s {
	case store.Due:
		return "", "待", "报"
	case store.Corrected:
		return "", "更", "正"
	case store.Late:
		return "", "迟", "报"
	case store.Partial:
		return "", "部", "分"
	case store.Suspect:
		return "待", "核", ""
	case store.Stale:
		return "", "陈", "旧"
	case store.SourceDown:
		return "", "断", "源"
	case store.Never:
		return "", "未", "报"
	case store.Refused:
		return "", "拒", "收"
	case store.Conflict:
		return "", "冲", "突"
	default:
		return "正常", "", ""
	}
}

func englishMark(s store.State) (letter, after string) {
	switch s {
	case store.Due:
		return "D", "ue"
	case store.Corrected:
		return "C", "orrected"
	case store.Late:
		return "L", "ate"
	case store.Partial:
		return "P", "artial"
	case store.Suspect:
		return "?", " suspect"
	case store.Stale:
		return "S", "tale"
	case store.SourceDown:
		return "O", "ff"
	case store.Never:
		return "N", "ever"
	case store.Refused:
		return "R", "efused"
	case store.Conflict:
		return "X", " conflict"
	default:
		return "", "Normal"
	}
}
