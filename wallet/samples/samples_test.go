package samples_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
	"github.com/cairnwallet/cairn/wallet/samples"
)

var holder = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)).Public()

// clocks are years apart: what the samples promise must not wear off.
var clocks = []time.Time{
	time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
	time.Date(2026, 11, 22, 9, 10, 30, 5, time.UTC),
	time.Date(2039, 12, 31, 23, 59, 59, 0, time.FixedZone("east", 5*3600)),
}

func made(t testing.TB, now time.Time) samples.Set {
	t.Helper()
	set, err := samples.Make(now, holder)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func judge(t testing.TB, v *verify.Verifier, raw []byte) (check.Report, pathway.Held) {
	t.Helper()
	found, err := verify.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 {
		t.Fatalf("%d credentials", len(found))
	}
	r := v.Verify(context.Background(), found[0], nil)
	return r, wallet.Draft{ID: "item", Credential: found[0], Report: r}.Held(v.Now())[0]
}

func TestVerdicts(t *testing.T) {
	for _, now := range clocks {
		t.Run(now.Format(time.DateOnly), func(t *testing.T) {
			v := samples.Verifier(func() time.Time { return now })
			v.Own.Keys = []jose.Key{{Public: holder}}
			for _, f := range made(t, now).Files {
				r, _ := judge(t, v, f.Raw)
				if got := r.Verdict(); got != f.Verdict {
					t.Errorf("%s: %s, promised %s: %+v", f.Sample, got, f.Verdict, r.Checks)
				}
				for _, c := range r.Checks {
					if !assets.English().Has("check." + c.Reason + ".title") {
						t.Errorf("%s: no words for %s", f.Sample, c.Reason)
					}
				}
			}
		})
	}
}

func TestSameClockSameBytes(t *testing.T) {
	one, two := made(t, clocks[1]), made(t, clocks[1].Add(20*time.Minute))
	for i, f := range one.Files {
		if !bytes.Equal(f.Raw, two.Files[i].Raw) {
			t.Errorf("%s differs", f.Sample)
		}
	}
	other, err := samples.Make(clocks[1], ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32)).Public())
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range one.Files {
		if bytes.Equal(f.Raw, other.Files[i].Raw) {
			t.Errorf("%s is the same for another holder", f.Sample)
		}
	}
}

// TestProgress: what the samples add up to, however long they lie.
func TestProgress(t *testing.T) {
	want := map[string]int{"Professional Cook Certificate": 58, "Digital Basics": 20}
	made := made(t, clocks[0])
	for _, now := range clocks {
		v := samples.Verifier(func() time.Time { return now })
		var held []pathway.Held
		for _, f := range made.Files {
			_, h := judge(t, v, f.Raw)
			held = append(held, h)
		}
		for _, raw := range made.Pathways {
			p, err := pathway.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			got := pathway.Measure(p, held, now)
			if got.Percent() != want[p.Name] || got.GoalHeld {
				t.Errorf("%s on %s: %d %%", p.Name, now.Format(time.DateOnly), got.Percent())
			}
		}
	}
}

// TestTheyAreRich: a newcomer sees what a badge can say.
func TestTheyAreRich(t *testing.T) {
	forms, pictures := map[string]bool{}, 0
	for _, f := range made(t, clocks[1]).Files {
		found, err := verify.Read(f.Raw)
		if err != nil {
			t.Fatal(err)
		}
		c := found[0]
		forms[c.Form] = true
		if b := c.Badge; b.Name == "" || b.Description == "" || b.Criteria.Narrative == "" {
			t.Errorf("%s says too little: %+v", f.Sample, b)
		}
		if data, ok := strings.CutPrefix(c.Badge.Image.URL, "data:image/png;base64,"); ok {
			raw, err := base64.StdEncoding.DecodeString(data)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := png.Decode(bytes.NewReader(raw)); err != nil {
				t.Errorf("%s: %v", f.Sample, err)
			}
			pictures++
		}
	}
	for _, form := range []string{"json", "jwt", "sd-jwt", "baked-png+json"} {
		if !forms[form] {
			t.Errorf("no sample has the form %s", form)
		}
	}
	if pictures < 2 {
		t.Errorf("%d pictures", pictures)
	}
}

// TestBrokenTwins: one bit anywhere in what is signed, and no good sample is
// called good any more.
func TestBrokenTwins(t *testing.T) {
	v := samples.Verifier(func() time.Time { return clocks[1] })
	for _, f := range made(t, clocks[1]).Files {
		if f.Verdict != check.Verified || strings.HasSuffix(f.Name, ".png") {
			continue // most of a picture isn't signed
		}
		for i := 30; i < len(f.Raw); i += 97 {
			twin := bytes.Clone(f.Raw)
			twin[i] ^= 1
			found, err := verify.Read(twin)
			if err != nil {
				continue
			}
			if got := v.Verify(context.Background(), found[0], nil).Verdict(); got == check.Verified {
				t.Errorf("%s: %q altered at %d is still verified", f.Sample, f.Raw[i], i)
			}
		}
	}
}

// TestNobodyElseIsFooled: outside the practice wallet a sample is not good news.
func TestNobodyElseIsFooled(t *testing.T) {
	now := func() time.Time { return clocks[1] }
	for _, f := range made(t, clocks[1]).Files {
		if r, _ := judge(t, &verify.Verifier{Now: now}, f.Raw); r.Verdict().Class() == "good" {
			t.Errorf("%s is %s to a stranger", f.Sample, r.Verdict())
		}
	}
}

func TestWeb(t *testing.T) {
	w := samples.Web{Now: func() time.Time { return clocks[1] }}
	cases := []struct {
		name, url string
		want      error
	}{
		{"a school's document", "https://alpine-college.example/.well-known/did.json", nil},
		{"a school's list", "https://red-shield.example/status/1", nil},
		{"a list that isn't there", "https://roast.example/status/1", fetch.ErrGone},
		{"another page of a school", "https://roast.example/", fetch.ErrGone},
		{"somebody else", "https://example.com/", fetch.ErrUnreachable},
		{"somebody with a similar name", "https://roast.example.evil.example/.well-known/did.json", fetch.ErrUnreachable},
		{"without encryption", "http://roast.example/.well-known/did.json", fetch.ErrUnreachable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, err := w.Get(context.Background(), c.url, "")
			if !errors.Is(err, c.want) || (err == nil) != (len(p.Body) > 0) {
				t.Errorf("%v, %d bytes", err, len(p.Body))
			}
		})
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := w.Get(stopped, cases[0].url, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestShippedOnce(t *testing.T) {
	var names []string
	for _, f := range made(t, clocks[1]).Files {
		names = append(names, f.Sample)
	}
	slices.Sort(names)
	if !slices.Equal(names, assets.Samples()) {
		t.Errorf("made %v, shipped %v", names, assets.Samples())
	}
}
