package wallet

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

func drawTime(r *rapid.T) time.Time {
	if rapid.Bool().Draw(r, "no time") {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-62135596799, 253402300799).Draw(r, "sec"), rapid.Int64Range(0, 999_999_999).Draw(r, "nsec")).UTC()
}

func drawHead(r *rapid.T) head {
	h := drawOne(r)
	for range rapid.IntRange(0, 2).Draw(r, "inside") {
		h.parts = append(h.parts, drawOne(r))
	}
	return h
}

func drawOne(r *rapid.T) head {
	text := func(name string) string { return rapid.String().Draw(r, name) }
	h := head{
		name: text("name"), issuer: text("issuer"), issuerID: text("id"), issuerURL: text("url"), image: text("image"),
		told: told{text("told name"), text("told issuer")}, kind: text("kind"), form: text("form"), achievement: text("achievement"), achievementName: text("achievement name"),
		credits: text("credits"), note: text("note"),
		from: drawTime(r), until: drawTime(r), awarded: drawTime(r), added: drawTime(r), checked: drawTime(r), good: drawTime(r), proofEnd: drawTime(r), damaged: rapid.Bool().Draw(r, "damaged"),
	}
	for range rapid.IntRange(0, 3).Draw(r, "n") {
		h.tags = append(h.tags, text("tag"))
		h.rows = append(h.rows, check.Check{
			ID: rapid.SampledFrom([]string{check.Shape, check.Period, "new"}).Draw(r, "row"), Reason: text("reason"),
			Outcome: rapid.SampledFrom([]check.Outcome{check.NotRun, check.Pass, check.Absent}).Draw(r, "outcome"),
		})
		h.skills = append(h.skills, vc.Alignment{Code: text("code"), Name: text("skill"), Framework: text("framework"), Type: text("type"), URL: text("target")})
	}
	h.found, h.names = check.Report{Checks: h.rows}.Verdict(), names(h.skills)
	return h
}

func TestHeadRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := drawHead(r)
		b := encodeHead(h)
		got, err := decodeHead(b)
		if err != nil || fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", h) {
			r.Fatalf("%v\n%#v\nwant\n%#v", err, got, h)
		}
		for n := range b {
			if _, err := decodeHead(b[:n]); err == nil {
				r.Fatalf("%d of %d bytes are enough", n, len(b))
			}
		}
	})
}

func FuzzHead(f *testing.F) {
	f.Add(encodeHead(head{}))
	f.Add(encodeHead(head{name: "x", tags: []string{"a"}, from: time.Unix(1, 2)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := decodeHead(b)
		if err != nil {
			return
		}
		again, err := decodeHead(encodeHead(h))
		if err != nil || !bytes.Equal(encodeHead(again), encodeHead(h)) {
			t.Fatalf("%v: %+v", err, h)
		}
	})
}

func FuzzItemRecord(f *testing.F) {
	b, err := item{Source: "x", Raw: []byte("raw")}.bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) { _, _ = parseItem(b) })
}

func TestDataURL(t *testing.T) {
	for in, want := range map[string]string{
		"data:image/png;base64,aGk=":         "hi",
		"data:image/png;base64,aGk":          "hi",
		"data:image/png;base64,aG%0Ak%3D":    "hi",
		"data:image/svg+xml,%3Csvg/%3E":      "<svg/>",
		"data:image/svg+xml;utf8,<svg/>":     "<svg/>",
		"data:text/html,<script>":            "",
		"data:image/png;base64,***":          "",
		"data:image/png":                     "",
		"https://school.example/picture.png": "",
		"":                                   "",
	} {
		if got, _ := dataURL(in); string(got) != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// TestHeadWithoutInside: an entry of before the badges inside were kept is made
// anew, where there is something inside.
func TestHeadWithoutInside(t *testing.T) {
	h := head{name: "record", rows: []check.Check{{ID: check.Parts, Outcome: check.Pass}}}
	b := encodeHead(h)
	if _, err := decodeHead(b); err != nil || b[0] != headWithInside {
		t.Fatalf("version %d, %v", b[0], err)
	}
	older := append([]byte{headVersion}, b[1:len(b)-1]...) // without the count of what is inside
	if _, err := decodeHead(older); err == nil {
		t.Error("an older entry was taken for one with nothing inside")
	}
	h.rows[0].Outcome = check.Absent
	if b := encodeHead(h); b[0] != headVersion {
		t.Errorf("version %d for what carries nothing", b[0])
	}
}
