package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fetch"
)

func TestPrintContact(t *testing.T) {
	noon := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		contact fetch.Tally
		json    bool
		want    string
	}{
		{"once", fetch.Tally{Host: "a.example", Why: "status", First: noon, Last: noon, Count: 1}, false, "2026-06-01  a.example, once\n            To see whether a badge was withdrawn\n"},
		{"often", fetch.Tally{Host: "a.example", Why: "key", First: noon, Last: noon, Count: 7}, false, "2026-06-01  a.example, 7 times\n            To see whether the issuer stands behind the key\n"},
		{"for a reason without words", fetch.Tally{Host: "a.example", Why: "terms", First: noon, Last: noon, Count: 1}, false, "To check a badge\n"},
		{"for scripts", fetch.Tally{Host: "a.example", Why: "link", First: noon, Last: noon, Count: 2}, true, `{"host":"a.example","why":"link","words":"To open a link you gave","first":"2026-06-01T12:00:00Z","last":"2026-06-01T12:00:00Z","count":2}`},
	} {
		var out bytes.Buffer
		(&tool{out: &out, words: assets.English(), json: c.json}).printContact(c.contact)
		if !strings.HasSuffix(strings.TrimSuffix(out.String(), "\n"), strings.TrimSuffix(c.want, "\n")) {
			t.Errorf("%s: got %q, want %q", c.name, out.String(), c.want)
		}
	}
}
