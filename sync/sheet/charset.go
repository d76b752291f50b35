package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The charsets that text may be written in, as Book.Charset names them.
const (
	charsetUTF8    = "utf-8"
	charsetGB18030 = "gb18030" // includes GBK and GB 2312
	charsetLittle  = "utf-16le"
	charsetBig     = "utf-16be"
)

// decode turns the bytes of a text file into UTF-8. A mark at the head decides,
// then what the markup declares of itself, then the bytes: what is valid UTF-8
// as a whole is that, what can only be UTF-16 is that, all else is GB18030 or
// damaged. Nothing is replaced: a byte that is no letter refuses the file.
func decode(data []byte) (text []byte, charset string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		if !utf8.Valid(data) {
			return nil, "", damaged("@"+strconv.Itoa(invalid(data)), "not UTF-8, though marked as such")
		}
		return data[3:], charsetUTF8, nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		text, err = wide(data[2:], binary.LittleEndian, 2)
		return text, charsetLittle, err
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err = wide(data[2:], binary.BigEndian, 2)
		return text, charsetBig, err
	case bytes.HasPrefix(data, []byte("\x84\x31\x95\x33")): // the mark of GB18030
		text, err = gb18030(data)
		return bytes.TrimPrefix(text, []byte("\ufeff")), charsetGB18030, err
	}
	if order, name := unmarked(data); order != nil {
		text, err = wide(data, order, 0)
		return text, name, err
	}
	return byBytes(data, declaredCharset(data))
}

// byBytes decodes text without a mark. Text in GB18030 is valid UTF-8 by accident
// only where it is a few letters long, but text in UTF-8 is often valid GB18030.
func byBytes(data []byte, declared string) (text []byte, charset string, err error) {
	valid := utf8.Valid(data)
	switch declared {
	case "", charsetUTF8:
		if valid {
			return data, charsetUTF8, nil
		}
		if declared != "" {
			return nil, "", damaged("@"+strconv.Itoa(invalid(data)), "not UTF-8, though declared as such")
		}
	case charsetGB18030:
		if text, err = gb18030(data); err != nil && valid {
			return data, charsetUTF8, nil // it can be read in one way only
		}
		return text, charsetGB18030, err
	default: // Latin letters alone read the same in all of them
		if !isASCII(data) {
			return nil, "", damaged("@"+strconv.Itoa(invalid(data)), "declared in a charset that is not read")
		}
		return data, charsetUTF8, nil
	}
	text, err = gb18030(data)
	return text, charsetGB18030, err
}

// gb18030 decodes strictly.
func gb18030(data []byte) ([]byte, error) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, damaged("@"+strconv.Itoa(invalid(data)), "neither UTF-8 nor GB18030")
	}
	return text, nil
}

// invalid returns the place of the first byte that is not UTF-8, or the length.
func invalid(b []byte) int {
	at := 0
	for at < len(b) {
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// wide decodes UTF-16 strictly; the text begins at the byte from of the file.
func wide(data []byte, order binary.ByteOrder, from int) ([]byte, error) {
	text := make([]byte, 0, len(data)+len(data)/2)
	for at := 0; at < len(data); {
		r, n, err := oneWide(data[at:], order)
		if err != nil {
			return nil, damaged("@"+strconv.Itoa(from+at), err.Error())
		}
		text = utf8.AppendRune(text, r)
		at += n
	}
	return text, nil
}

// oneWide decodes the character at the head of the bytes, of which there are some.
func oneWide(b []byte, order binary.ByteOrder) (r rune, size int, err error) {
	if len(b) < 2 {
		return 0, 0, errors.New("half a letter of UTF-16")
	}
	r = rune(order.Uint16(b))
	if !utf16.IsSurrogate(r) {
		return r, 2, nil
	}
	if len(b) >= 4 {
		if pair := utf16.DecodeRune(r, rune(order.Uint16(b[2:]))); pair != utf8.RuneError {
			return pair, 4, nil
		}
	}
	return 0, 0, errors.New("half a pair of UTF-16")
}

// unmarked finds the byte order of UTF-16 that bears no mark, where it is
// certain: read in one order all is text with a separator or an end of line, and
// read in the other it is not. Only text with zero bytes comes into question: it
// is neither UTF-8 nor GB18030 then.
func unmarked(data []byte) (binary.ByteOrder, string) {
	if bytes.IndexByte(data, 0) < 0 {
		return nil, ""
	}
	little, big := isWide(data, binary.LittleEndian), isWide(data, binary.BigEndian)
	switch {
	case little && !big:
		return binary.LittleEndian, charsetLittle
	case big && !little:
		return binary.BigEndian, charsetBig
	}
	return nil, ""
}

// isWide reports bytes that are separated values in UTF-16 of the order.
func isWide(data []byte, order binary.ByteOrder) bool {
	separated := false
	for at := 0; at < len(data); {
		r, n, err := oneWide(data[at:], order)
		if err != nil {
			return false
		}
		at += n
		switch r {
		case '\t', '\n', '\r', ',', ';':
			separated = true
		default:
			if !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r) {
				return false
			}
		}
	}
	return separated
}

// declaredCharset reads the charset that XML or HTML declares of itself in its
// first lines: one of the names above, another word for what is not read, or
// nothing.
func declaredCharset(data []byte) string {
	const far = 4096
	head := bytes.TrimLeft(data[:min(len(data), far)], " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return ""
	}
	head = bytes.ToLower(head)
	name := ""
	if end := bytes.Index(head, []byte("?>")); end >= 0 && bytes.HasPrefix(head, []byte("<?xml")) {
		name = wordAfter(head[:end], "encoding=")
	}
	if at := bytes.Index(head, []byte("<meta")); name == "" && at >= 0 {
		name = wordAfter(head[at:], "charset=")
	}
	switch name {
	case "utf8":
		return charsetUTF8
	case "gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80", "936":
		return charsetGB18030
	}
	return name
}

// wordAfter returns the word that follows the key, without quotes.
func wordAfter(b []byte, key string) string {
	_, rest, found := bytes.Cut(b, []byte(key))
	if !found {
		return ""
	}
	rest = bytes.TrimLeft(rest, `"' `)
	if end := bytes.IndexAny(rest, "\"' ;/>?\t\r\n"); end >= 0 {
		rest = rest[:end]
	}
	return string(rest)
}
