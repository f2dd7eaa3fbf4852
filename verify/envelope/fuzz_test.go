package envelope

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

// opens demands of any input: a fault or complete findings, no panic, and at most
// one envelope that claims it.
func opens(t *testing.T, in []byte) {
	before := bytes.Clone(in)
	found, err := Open(in)
	if !bytes.Equal(before, in) {
		t.Fatal("the input was changed")
	}
	var f *fault.Fault
	switch {
	case err != nil && (!errors.As(err, &f) || strings.Contains(err.Error(), "panic")):
		t.Fatalf("error %v", err)
	case err == nil && len(found) == 0:
		t.Fatal("neither found nor refused")
	}
	for _, o := range found {
		if o.Form == "" || o.Doc == nil || len(o.Sealed) == 0 {
			t.Fatalf("incomplete: %+v", o)
		}
	}
	n := 0
	for _, e := range registry {
		if e.claims(tidy(in)) {
			n++
		}
	}
	if n > 1 {
		t.Fatalf("claimed by %d envelopes", n)
	}
}

func FuzzOpen(f *testing.F) {
	for _, list := range vectors(f) {
		for _, in := range list {
			f.Add(in)
		}
	}
	f.Add([]byte(`{"contents":[{"credential":"eyJ.e30."}]}`))
	f.Add(sealer(f).SealJAdES(f, european, sealedAt, nil).JSON(f))
	f.Fuzz(opens)
}

func FuzzPNG(f *testing.F) {
	doc := marshal(doc20())
	f.Add(pngWith(false, textChunk("iTXt", "openbadgecredential", "\x00\x00\x00\x00", doc)))
	f.Add(pngWith(true, textChunk("zTXt", "openbadges", "\x00", deflate(doc))))
	f.Add(pngWith(true, textChunk("tEXt", "openbadges", "", []byte("https://x.example"))))
	f.Fuzz(func(t *testing.T, in []byte) {
		in = append([]byte(pngSignature), bytes.TrimPrefix(in, []byte(pngSignature))...)
		opens(t, in)
		out, err := Bake(in, doc)
		if err != nil {
			return
		}
		if found, err := Open(out); err != nil || !bytes.Equal(found[0].Sealed, doc) {
			t.Fatalf("baked, but %v", err)
		}
	})
}

func FuzzSVG(f *testing.F) {
	doc := marshal(doc20())
	f.Add(`<g/><openbadges:credential verify="eyJ.e30.x"/>`)
	f.Add("<openbadges:credential><![CDATA[" + string(doc) + "]]></openbadges:credential>")
	f.Fuzz(func(t *testing.T, inner string) {
		in := svg(inner)
		opens(t, in)
		out, err := Bake(in, doc)
		if err != nil {
			return
		}
		if found, err := Open(out); err != nil || !bytes.Equal(found[0].Sealed, doc) {
			t.Fatalf("baked, but %v:\n%s", err, out)
		}
	})
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{"2026-01-02T03:04:05Z", "2026-01-02T24:00:00", "2026-02-30T00:00:00Z", "2026-01-02T03:04:05.123+14:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, _, err := Time(s); err != nil && !got.IsZero() {
			t.Fatalf("%q: %v and %v", s, got, err)
		}
	})
}
