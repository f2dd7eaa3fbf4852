package main

import (
	"fmt"
	"strings"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// jsonEvidence is a document the last check relied on.
type jsonEvidence struct {
	Address string `json:"address"`
	AsOf    string `json:"asOf,omitempty"`
	Kept    bool   `json:"kept"` // false for one that was too large to keep
}

func evidence(pages []fetch.Page) []jsonEvidence {
	out := []jsonEvidence{}
	for _, p := range pages {
		out = append(out, jsonEvidence{p.URL, stamp(p.AsOf), p.Body != nil})
	}
	return out
}

// printEvidence lists what the last check rested on, by address and day.
func (t *tool) printEvidence(pages []fetch.Page) {
	if len(pages) == 0 {
		return
	}
	fmt.Fprintf(t.out, "%s\n", t.words.Text("asof.rests", nil))
	for _, p := range pages {
		line := "  " + strings.TrimPrefix(p.URL, "post:")
		if !p.AsOf.IsZero() {
			line += ", " + p.AsOf.UTC().Format("2 January 2006")
		}
		fmt.Fprintln(t.out, line)
	}
}
