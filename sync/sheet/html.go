package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"jindu/store"
)

// htmlBook reads the tables of a web page, as reporting systems write it under
// the name .xls. Every table is a sheet; what stands before it on the page is its
// first rows, since that is where the title stands. HTML lets end tags of cells and
// rows be left out. What would hide a loss is refused: a table or a page that does
// not end, text in a table outside its cells, elements that nobody knows.
type htmlBook struct {
	ctx    context.Context
	page   *html.Tokenizer
	pos    int // bytes read
	steps  int
	book   *Book
	count  counter
	texts  arena
	css    map[string]css // by class
	styles map[string]css // by the text of a style
	open   []*htmlTable   // innermost last
	last   *htmlTable     // of the page itself
	around flow           // text beside the tables
	skip   skipped
	whole  int  // pages that began and did not end
	frames bool // what the page shows lies in other files
	tag    htmlTag
}

// skipped is an element that is passed over with all inside it.
type skipped struct {
	name  string
	depth int // of elements of that name
}

// readHTML reads text that was found to be of that kind.
func readHTML(ctx context.Context, text []byte, limits Limits) (*Book, error) {
	b := &htmlBook{
		ctx: ctx, page: html.NewTokenizer(bytes.NewReader(text)), book: &Book{}, count: counter{Limits: limits},
		css: map[string]css{}, styles: map[string]css{},
	}
	for {
		kind := b.page.Next()
		if kind == html.ErrorToken {
			break
		}
		if b.steps++; b.steps&0xfff == 0 {
			if err := late(ctx); err != nil {
				return nil, err
			}
		}
		if err := b.token(kind); err != nil {
			return nil, err
		}
	}
	return b.end(len(text))
}

// fail is a damage at the current place.
func (b *htmlBook) fail(why string) error { return damaged("html @"+strconv.Itoa(b.pos), why) }

// end judges the page as a whole.
func (b *htmlBook) end(size int) (*Book, error) {
	switch {
	case !errors.Is(b.page.Err(), io.EOF) || b.pos != size:
		return nil, b.fail("a tag does not end")
	case len(b.open) > 0:
		return nil, b.fail("a table does not end")
	case b.skip.name != "":
		return nil, b.fail("a hidden piece does not end")
	case b.whole > 0:
		return nil, b.fail("the page does not end")
	case len(b.book.Sheets) == 0 && b.frames:
		return nil, store.NewError("web_frames", nil)
	case len(b.book.Sheets) == 0:
		return nil, store.NewError("web_page", nil)
	}
	if err := late(b.ctx); err != nil {
		return nil, err
	}
	if err := b.last.lines(b.around.take()); err != nil {
		return nil, err
	}
	b.number()
	return b.book, nil
}

// number names the sheets that hold something; the tables of a page have no
// names. Tables for the layout hold nothing themselves.
func (b *htmlBook) number() {
	var full []*Sheet
	for _, s := range b.book.Sheets {
		if len(s.Cells) > 0 {
			full = append(full, s)
		}
	}
	if len(full) == 0 {
		full = b.book.Sheets[:1]
	}
	for i, s := range full {
		if s.Name, s.Index = "html", i; i > 0 {
			s.Name += " " + strconv.Itoa(i+1)
		}
	}
	b.book.Sheets = full
}

// token reads one token of the page.
func (b *htmlBook) token(kind html.TokenType) error {
	raw := b.page.Raw()
	b.pos += len(raw)
	switch kind {
	case html.TextToken:
		return b.text()
	case html.StartTagToken, html.SelfClosingTagToken:
		if !b.read(raw, kind == html.SelfClosingTagToken) {
			return b.fail("a malformed tag")
		}
		if b.skip.name == "" && !known(b.tag.name) {
			return b.fail("an unknown element")
		}
		return b.start()
	case html.EndTagToken:
		end := nameEnd(raw, 2)
		if afterBlanks(raw, end) != len(raw)-1 {
			return b.fail("a malformed tag")
		}
		if b.tag.name = small(raw[2:end]); b.skip.name == "" && !known(b.tag.name) {
			return b.fail("an unknown element")
		}
		return b.finish()
	default:
		if !aside(raw) {
			return b.fail("neither a tag nor a comment")
		}
		return nil
	}
}

// aside reports a whole comment, DOCTYPE or condition. The tokenizer takes for a
// comment all that begins like a tag and is none, as a browser does.
func aside(raw []byte) bool {
	if raw[len(raw)-1] != '>' {
		return false
	}
	head := bytes.ToLower(raw[:min(len(raw), 10)])
	for _, begin := range []string{"<!--", "<!doctype", "<![if", "<![endif", "<?xml"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return false
}

// text takes a piece of text to where it is shown.
func (b *htmlBook) text() error {
	piece := b.page.Text()
	if b.skip.name != "" {
		if b.skip.name == "style" {
			readCSS(string(piece), b.css)
		}
		return nil
	}
	to := b.where()
	if to == nil {
		if strings.Trim(string(piece), " \t\r\n\u00a0") != "" {
			return b.fail("text outside the cells of a table")
		}
		return nil
	}
	to.add(piece)
	return nil
}

// where returns what takes the text that is shown here; nil between the cells of
// a table.
func (b *htmlBook) where() *flow {
	if t := b.inner(); t != nil {
		if t.cell == nil && !t.caption {
			return nil
		}
		return &t.text
	}
	return &b.around
}

// inner returns the innermost open table, or nil.
func (b *htmlBook) inner() *htmlTable {
	if len(b.open) == 0 {
		return nil
	}
	return b.open[len(b.open)-1]
}
