package main

import (
	"errors"

	"jindu/tui/page"
)

// pages lays every [[page]] and [[panel]] over the embedded ones. What a page can
// hold is known where pages are drawn; here is known in which line it stands.
func (j *judging) pages(cfg *config) {
	var schemes []string
	for _, g := range j.doc.Grades {
		schemes = append(schemes, g.Code)
	}
	for i, one := range j.doc.Panels {
		if one.Scheme != "" {
			j.refer(nth("panel", i)+".scheme", one.Scheme, schemes)
		}
	}
	book, err := page.NewBook(cfg.Catalogue, j.doc.Pages, j.doc.Panels)
	var fault *page.Fault
	if !errors.As(err, &fault) {
		cfg.Pages = book
		return
	}
	switch {
	case fault.Choices != nil && fault.Code == "config_choice":
		j.oneOf(fault.Key, fault.Args[0], fault.Choices...)
	case fault.Choices != nil:
		j.refer(fault.Key, fault.Args[0], fault.Choices)
	default:
		j.fail(fault.Code, append([]string{fault.Key}, fault.Args...)...)
	}
}
