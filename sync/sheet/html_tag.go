package sheet

// start reads an opening tag.
func (b *htmlBook) start() error {
	name := b.tag.name
	if b.skip.name != "" {
		if name == b.skip.name && !b.tag.closed {
			b.skip.depth++
		}
		return nil
	}
	switch name {
	case "script", "style", "title", "noscript", "noframes", "noembed", "xmp", "plaintext", "template", "svg", "math", "object", "applet", "xml":
		return b.pass()
	case "html":
		b.whole++
		return nil
	case "frameset", "frame", "iframe":
		b.frames = true
		if name == "iframe" {
			return b.pass()
		}
		return nil
	case "link":
		b.frames = b.frames || string(b.tag.id) == "shLink" // how Excel names the files of its sheets
		return nil
	case "table":
		return b.begin()
	case "caption", "col", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th":
		return b.startInTable()
	}
	if b.tag.css.hidden && !void(name) {
		return b.pass()
	}
	return b.inline()
}

// pass skips the element that was opened.
func (b *htmlBook) pass() error {
	if !b.tag.closed || raw(b.tag.name) { // the tokenizer takes no notice of <script/>
		b.skip = skipped{b.tag.name, 1}
	}
	return nil
}

// raw reports elements that hold no elements but text of their own.
func raw(name string) bool {
	switch name {
	case "script", "style", "title", "noscript", "noframes", "noembed", "xmp", "plaintext", "iframe", "textarea":
		return true
	}
	return false
}

// void reports elements that have no end.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// inline reads an element within text: it breaks the line, strikes it through or
// means nothing here. A field shows what it is filled in with.
func (b *htmlBook) inline() error {
	to := b.where()
	if to == nil {
		return nil
	}
	to.struck = to.struck || b.tag.css.struck
	switch b.tag.name {
	case "br":
		to.br()
	case "s", "strike", "del":
		to.struck = true
	case "select": // nobody can tell which of its words is shown
		return b.pass()
	case "input":
		switch string(b.tag.kind) {
		case "", "text", "number", "date", "tel":
			to.add(b.tag.value)
		}
	default:
		if block(b.tag.name) {
			to.end()
		}
	}
	return nil
}

// block reports elements that begin and end a line.
func block(name string) bool {
	switch name {
	case "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "center", "form",
		"fieldset", "address", "blockquote", "section", "article", "header", "footer", "main", "nav", "aside", "body":
		return true
	}
	return false
}

// startInTable reads an opening tag that only stands in tables.
func (b *htmlBook) startInTable() error {
	t := b.inner()
	if t == nil {
		return b.fail("a piece of a table outside of one")
	}
	if t.caption {
		return b.fail("a caption does not end")
	}
	switch b.tag.name {
	case "td", "th":
		if b.tag.css.hidden { // takes no place: a merged cell has it, or nobody
			if err := t.endCell(); err != nil {
				return err
			}
			return b.pass()
		}
		return t.startCell(&b.tag)
	case "tr":
		return t.startRow(b.tag.css.hidden)
	case "caption":
		if t.inRow {
			return b.fail("a caption within the rows")
		}
		t.caption = true
		return nil
	case "col":
		n, err := t.span(b.tag.span, maxCol-t.cols)
		if err != nil {
			return err
		}
		if b.tag.css.hidden {
			t.hidden.addCols(t.cols, t.cols+n-1)
		}
		t.cols += n
		return nil
	}
	return t.endRow()
}

// finish reads a closing tag.
func (b *htmlBook) finish() error {
	name := b.tag.name
	if b.skip.name != "" {
		if name == b.skip.name {
			if b.skip.depth--; b.skip.depth == 0 {
				b.skip = skipped{}
			}
		}
		return nil
	}
	switch name {
	case "html":
		b.whole = 0
		return nil
	case "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption":
		return b.finishInTable()
	}
	if to := b.where(); to != nil && block(name) {
		to.end()
	}
	return nil
}

// finishInTable reads a closing tag that only stands in tables. A cell that ends
// without having begun may have lost its beginning; a row is begun by its cells.
func (b *htmlBook) finishInTable() error {
	t := b.inner()
	if t == nil {
		return b.fail("a table ends that never began")
	}
	switch b.tag.name {
	case "table":
		return t.end()
	case "td", "th":
		if t.cell == nil {
			return b.fail("a cell ends that never began")
		}
		return t.endCell()
	case "caption":
		if !t.caption {
			return b.fail("a caption ends that never began")
		}
		t.caption = false
		return t.lines(t.text.take())
	}
	return t.endRow()
}
