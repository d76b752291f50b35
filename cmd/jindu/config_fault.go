package main

import (
	"encoding/csv"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
)

// misfits says which key has a value of another kind than it takes, in which line, and
// what is to stand there. What is no TOML is told by the decoder.
func misfits(file string, data []byte) error {
	var raw map[string]any
	var key string
	var want reflect.Type
	if toml.Unmarshal(data, &raw) == nil {
		key, want = misfit(reflect.TypeFor[document](), raw, "")
	}
	if want == nil {
		return nil
	}
	lines := linesOf(data)
	line := max(lines.of(key), lines.of(key+"[1]")) // one block written as several
	return store.NewError("config_type", nil, file, strconv.Itoa(line), key, wanted(want))
}

// badConfig says in the reader's language what the decoder found wrong.
func badConfig(file string, err error) error {
	english := plain(err.Error())
	said := store.Bilingual(inChinese(english), english)
	var syntax *toml.DecodeError
	if errors.As(err, &syntax) {
		line, _ := syntax.Position()
		return store.NewError("config_syntax", nil, file, strconv.Itoa(line), said)
	}
	return store.NewError("config_value", nil, file, said)
}

// misfit finds a key whose value is of another kind than the document has there, and
// the kind that it has; nil where there is none.
func misfit(t reflect.Type, v any, at string) (string, reflect.Type) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	fits := true
	switch t.Kind() {
	case reflect.String:
		_, fits = v.(string)
	case reflect.Bool:
		_, fits = v.(bool)
	case reflect.Int:
		_, fits = v.(int64)
	case reflect.Float64:
		_, whole := v.(int64)
		_, broken := v.(float64)
		fits = whole || broken
	case reflect.Slice:
		var list []any
		list, fits = v.([]any)
		for i, one := range list {
			if key, want := misfit(t.Elem(), one, at+"["+strconv.Itoa(i+1)+"]"); want != nil {
				return key, want
			}
		}
	case reflect.Struct:
		var table map[string]any
		table, fits = v.(map[string]any)
		for f := range t.Fields() {
			name := f.Tag.Get("toml")
			value, given := table[name]
			if !given {
				continue
			}
			if key, want := misfit(f.Type, value, join(".", at, name)); want != nil {
				return key, want
			}
		}
	default: // any, which is a date with or without quotes
	}
	if fits {
		return "", nil
	}
	return at, t
}

// wanted says how a value of the kind is written.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return store.Bilingual("true 或 false，不加引号", "true or false without quotes")
	case reflect.Int:
		return store.Bilingual("整数，不加引号，如 340000", "a whole number without quotes, such as 340000")
	case reflect.Float64:
		return store.Bilingual("数字，不加引号，如 95.5", "a number without quotes, such as 95.5")
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Struct {
			return store.Bilingual("双方括号的一段，如 [[unit]]", "a block in double brackets, such as [[unit]]")
		}
		return store.Bilingual(`方括号里的几个，如 ["甲", "乙"]`, `a list in brackets, such as ["one", "two"]`)
	case reflect.Struct:
		return store.Bilingual("方括号的一段，如 [district]", "a block in brackets, such as [district]")
	default:
		return store.Bilingual("文字，加双引号", "a text in double quotes")
	}
}

// inChinese says what is wrong with a line in Chinese: what people mistake most often
// by itself, the rest in general.
func inChinese(english string) string {
	for _, one := range []struct{ part, said string }{
		{"cannot have new lines", "引号没有配对"},
		{"not terminated", "引号没有配对"},
		{"unterminated", "引号没有配对"},
		{"impossible date", "没有这一天"},
		{"dates are expected", "日期写法不对，如 2026-06-30"},
		{"array", "方括号没有配对，或缺逗号"},
		{"already", "这一项写了两次"},
		{"at start of key", "行首不是项名；标点要用半角"},
		{"expected = after", "项名后面缺等号"},
		{"UTF-8", "文件要存成 UTF-8"},
		{"escape", `引号里的 \ 要写成 \\`},
		{"after \\", `引号里的 \ 要写成 \\`},
		{"leading zero", "数字前面不能有 0"},
		{"expected 'true'", "文字要加双引号"},
		{"expected 'false'", "文字要加双引号"},
		{"number", "不是数字；文字要加双引号"},
	} {
		if strings.Contains(english, one.part) {
			return one.said
		}
	}
	return "写法不对：每行一项，写作 项名 = 值，文字加双引号，标点用半角"
}

// badTable says in which line of a table something is wrong.
func badTable(name string, err error) error {
	line, why := 1, err
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		line, why = parse.Line, parse.Err
	}
	english, chinese := why.Error(), "这一行读不懂"
	switch {
	case errors.Is(why, errUnitHeads):
		chinese = "表头要有 code、name、kind，可以加 parent、aliases"
	case errors.Is(why, csv.ErrFieldCount):
		chinese = "这一行的栏数与表头不同"
	case errors.Is(why, csv.ErrQuote), errors.Is(why, csv.ErrBareQuote):
		chinese = "引号没有配对"
	}
	return store.NewError("config_syntax", nil, name, strconv.Itoa(line), store.Bilingual(chinese, english))
}
