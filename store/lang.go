package store

// Lang is a language that jindu speaks.
type Lang string

// The two languages: Simplified Chinese is the default, English is complete.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Pick returns the wording for the language.
func (l Lang) Pick(zh, en string) string {
	if l == English {
		return en
	}
	return zh
}
