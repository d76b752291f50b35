package store

import (
	_ "embed" // messages are part of the program
	"errors"
	"strconv"
	"strings"
	"sync"
)

//go:embed messages.csv
var messagesCSV []byte

// Message is a sentence that jindu can say about something wrong, with what to
// do about it. {0}, {1}... stand for arguments; what stands between << and >> is
// left out where there are none.
type Message struct {
	Code     string
	Severity Severity // of findings; empty for errors of commands
	ZH, EN   string
	HintZH   string
	HintEN   string
}

var messages = sync.OnceValue(func() map[string]Message {
	all := map[string]Message{}
	err := eachRow(messagesCSV, func(r row) error {
		all[r["code"]] = Message{r["code"], Severity(r["severity"]), r["zh"], r["en"], r["hint_zh"], r["hint_en"]}
		return nil
	})
	if err != nil {
		panic("messages.csv: " + err.Error()) // part of the program: a test reads it
	}
	return all
})

// Messages returns every message by its code.
func Messages() map[string]Message { return messages() }

func severityOf(code string) Severity {
	if m, ok := messages()[code]; ok && m.Severity != "" {
		return m.Severity
	}
	return Warning
}

func messageText(code string, l Lang, args []string) string {
	m, ok := messages()[code]
	if !ok {
		return code
	}
	return fill(l.Pick(m.ZH, m.EN), l, args)
}

func hintText(code string, l Lang, args []string) string {
	m := messages()[code]
	return fill(l.Pick(m.HintZH, m.HintEN), l, args)
}

func fill(template string, l Lang, args []string) string {
	if !strings.Contains(template, "{") {
		return template
	}
	if head, rest, ok := strings.Cut(template, "<<"); ok {
		optional, tail, _ := strings.Cut(rest, ">>")
		if len(args) == 0 {
			optional = ""
		}
		template = head + optional + tail
	}
	var out strings.Builder
	out.Grow(2 * len(template))
	for {
		before, rest, ok := strings.Cut(template, "{")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		place, after, _ := strings.Cut(rest, "}")
		if n, err := strconv.Atoi(place); err == nil && n >= 0 && n < len(args) {
			out.WriteString(wording(args[n], l))
			template = after
		} else {
			out.WriteByte('{')
			template = rest
		}
	}
}

// betweenLanguages parts the two sentences of one argument.
const betweenLanguages = "\x1f"

// Bilingual makes an argument that is a sentence of its own in each language,
// such as what a district's rule says.
func Bilingual(zh, en string) string { return zh + betweenLanguages + en }

// wording translates an argument that is a code such as phone, or several of
// them, by the word_ rows of the table; anything else stands as it is.
func wording(arg string, l Lang) string {
	if zh, en, ok := strings.Cut(arg, betweenLanguages); ok {
		return l.Pick(zh, en)
	}
	var out []string
	for one := range strings.SplitSeq(arg, "、") {
		m, ok := messages()["word_"+one]
		if !ok {
			return arg
		}
		out = append(out, l.Pick(m.ZH, m.EN))
	}
	return strings.Join(out, l.Pick("、", ", "))
}

// Error is an error that is safe to show: a code for the program, a sentence
// and a hint for the person, and the cause.
type Error struct {
	Code string // see messages.csv
	Args []string
	Err  error // the cause; may be nil
}

// NewError makes an error of messages.csv.
func NewError(code string, cause error, args ...string) *Error {
	return &Error{Code: code, Args: args, Err: cause}
}

// Error writes the English sentence and the cause, for logs.
func (e *Error) Error() string {
	s := e.Message(English)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Message returns the sentence for the person.
func (e *Error) Message(l Lang) string { return messageText(e.Code, l, e.told()) }

// Hint returns what to do next, or nothing.
func (e *Error) Hint(l Lang) string { return hintText(e.Code, l, e.told()) }

// told are the arguments as they are told. What a configuration holds stands as it is
// written there: its key name is no person's. Only what a side of a rule lacks is in
// words.
func (e *Error) told() []string {
	if !strings.HasPrefix(e.Code, "config_") {
		return e.Args
	}
	out := make([]string, len(e.Args))
	for i, arg := range e.Args {
		if out[i] = arg; !strings.HasPrefix(arg, "expr_") && !strings.Contains(arg, betweenLanguages) {
			out[i] = Bilingual(arg, arg)
		}
	}
	return out
}

// ErrorCode returns the code of the first Error in the chain; "internal" for
// an error without one, and nothing for no error.
func ErrorCode(err error) string {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "internal"
}
