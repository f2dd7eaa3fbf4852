package model

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/samples"
)

// flow is a share on its way to what to show.
func flow(b *bench, name string) *ShareFlow {
	s := NewShareFlow(b.desk, b.row(name).ID)
	b.t.Cleanup(s.Close)
	b.until(b.t, "the badge", func() bool { return s.Step == StepWho })
	s.SetAudience("Hotel Bellevue")
	s.SetPurpose("Job application")
	s.Next()
	b.until(b.t, "the proof", func() bool { return s.Preview.Ready })
	return s
}

func shows(s *ShareFlow, value string) (shown, hidden bool) {
	for _, r := range s.Preview.Rows {
		shown = shown || !r.Hidden && r.Value == value
		hidden = hidden || r.Hidden && r.Value == value
	}
	return shown, hidden
}

func TestShareFlow(t *testing.T) {
	b := sampleBench(t)
	s := NewShareFlow(b.desk, "")
	defer s.Close()
	b.until(t, "the badges", func() bool { return len(s.Cards) == 8 })
	s.Pick(b.row("Food Safety").ID)
	b.until(t, "the badge", func() bool { return s.Step == StepWho })
	if s.Next(); s.WhoError == "" || s.Step != StepWho {
		t.Error("it goes to nobody")
	}
	s.SetAudience("Hotel Bellevue")
	s.SetDays("30")
	s.SetDays("400")
	s.Next()
	b.until(t, "the proof", func() bool { return s.Preview.Ready })
	hidden := s.Preview.Hidden
	if hidden == 0 || !s.Presets[0].On || s.Whole != "" {
		t.Fatalf("%+v", s.Preview)
	}
	tick := slices.IndexFunc(s.Ticks, func(x TickView) bool { return !x.Fixed && x.Level == 0 })
	s.Tick(tick, true)
	if s.CanNext || s.Preview.Ready {
		t.Error("an old preview is shown for new ticks")
	}
	b.until(t, "the proof", func() bool { return s.Preview.Ready })
	if shown, _ := shows(s, s.Ticks[tick].Value); !shown || s.Preview.Hidden >= hidden {
		t.Errorf("%+v", s.Preview.Rows)
	}
	noGaps(t, s.Preview.Title, s.Preview.Foot, s.Preview.Verdict.Headline)
	s.Next()
	b.until(t, "the code", func() bool { return s.Step == StepSend && !s.Making.On })
	noGaps(t, s.Ready, s.Foot, s.Until, s.QRNote, s.FileName)
	if !s.TooBig {
		texts, err := qr.Read(s.QR)
		if err != nil || !slices.Contains(texts, s.AsText()) {
			t.Error("the code is not the proof", err)
		}
		s.Cover(true)
		if s.QR != nil || !s.Covered {
			t.Error("it is not covered")
		}
		s.Cover(false)
	}
	path := filepath.Join(t.TempDir(), s.FileName)
	s.Save(path)
	b.until(t, "the file", func() bool { return len(b.toasts) == 1 })
	if got, _ := os.ReadFile(path); string(got) != s.AsText() || s.Until != "Good until 22 December 2026. Careful checkers refuse it after that." {
		t.Error("the file is not the proof", s.Until)
	}
	s.Done()
	inActivity(t, b, s)
}

// inActivity finds the share in the Activity, with what was shown and kept back.
func inActivity(t *testing.T, b *bench, s *ShareFlow) {
	t.Helper()
	a := NewActivity(b.desk)
	defer a.Close()
	b.until(t, "the activity", func() bool { return !a.Loading })
	a.Filter("shared")
	if len(a.Days) != 1 || a.Days[0].Title != "Today" || len(a.Days[0].Events) != 1 {
		t.Fatalf("%+v", a.Days)
	}
	e := a.Days[0].Events[0]
	if e.Title != "Shared "+s.Badge.Name+" with Hotel Bellevue" || e.Badge != s.Badge.ID || len(e.Detail) != 4 || e.Note == "" {
		t.Errorf("%+v", e)
	}
	for _, l := range e.Detail {
		noGaps(t, l.Label, l.Value)
	}
	if a.Search("bellevue"); a.NoMatch {
		t.Error("it is not found")
	}
	if a.Search("nobody"); !a.NoMatch {
		t.Error("nobody is found")
	}
}

func TestPreviewIsTheBytes(t *testing.T) {
	b := sampleBench(t)
	s := flow(b, "Food Safety")
	for i := range s.Ticks {
		if s.Ticks[i].Fixed {
			continue
		}
		s.Tick(i, !s.Ticks[i].On)
		b.until(t, "the proof", func() bool { return s.Preview.Ready })
		seen, err := share.Check(context.Background(), samples.Verifier(now), s.proof.Bytes, verify.Expect{Audience: "Hotel Bellevue"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		labels := map[string]bool{}
		for _, l := range seen.Shown[0].Lines {
			labels[l.Path] = true
		}
		for _, x := range s.Ticks {
			if !x.Fixed && x.On != labels[x.Path] {
				t.Errorf("%s is ticked: %v, sent: %v", x.Path, x.On, labels[x.Path])
			}
		}
	}
}

func TestTicksBringTheirParents(t *testing.T) {
	d, _ := fakeDesk(&fake{})
	d.Share = refuse{}
	s := &ShareFlow{base: newBase(d), Step: StepWhat}
	defer s.Close()
	s.lines = share.Choices{Lines: []share.Line{
		{Path: "badge", Fixed: true, Parent: -1}, {Path: "/a", Parent: -1}, {Path: "/a/b", Parent: 1, Depth: 1}, {Path: "/a/b/c", Parent: 2, Depth: 2}, {Path: "/d", Parent: -1, Sensitive: true},
	}}
	s.Ticks = s.ticks()
	for _, c := range []struct {
		name string
		i    int
		on   bool
		want []string
	}{
		{"the innermost", 3, true, []string{"/a", "/a/b", "/a/b/c"}},
		{"one beside", 4, true, []string{"/a", "/a/b", "/a/b/c", "/d"}},
		{"the outermost off", 1, false, []string{"/d"}},
		{"a fixed one", 0, false, []string{"/d"}},
		{"the middle", 2, true, []string{"/a", "/a/b", "/d"}},
	} {
		if s.Tick(c.i, c.on); !slices.Equal(s.show(), c.want) {
			t.Errorf("%s: %v", c.name, s.show())
		}
	}
	if s.Preset(share.Usual); !slices.Equal(s.show(), []string{"/a", "/a/b", "/a/b/c"}) || !s.Presets[1].On {
		t.Error(s.show(), s.Presets)
	}
}

// refuse makes no proof.
type refuse struct{ Maker }

func (refuse) Make(context.Context, share.Request) (share.Proof, error) {
	return share.Proof{}, fault.New("share.failed")
}

func TestShareStates(t *testing.T) {
	b := sampleBench(t)
	whole := flow(b, "Kitchen")
	if whole.Whole == "" || whole.Presets != nil || whole.Preview.Hidden != 0 {
		t.Errorf("%+v", whole.Preview)
	}
	noGaps(t, whole.Whole)
	if expired := flow(b, "First Aid"); !strings.HasPrefix(expired.Warning, "Expired ") || expired.Preview.Verdict.Tone != Care {
		t.Errorf("%q %+v", expired.Warning, expired.Preview.Verdict)
	}
	b.desk.Share = refuse{}
	whole.Retry()
	b.until(t, "a fault", func() bool { return whole.Fault != nil })
	if whole.CanNext || whole.Preview.Ready || whole.AsText() != "" {
		t.Error("it goes on after a fault")
	}
	whole.Back()
	if whole.Step != StepWho || !whole.CanNext || whole.Fault != nil {
		t.Errorf("%+v", whole.Step)
	}
	own := ownBench(t)
	none := NewShareFlow(own.desk, "")
	defer none.Close()
	own.until(t, "nothing", func() bool { return none.Empty && !none.Loading })
}

func TestNothingIsHandedOverThatIsNotRecorded(t *testing.T) {
	b := sampleBench(t)
	b.desk.Wallet = failing{b.desk.Wallet}
	s := flow(b, "Food Safety")
	s.Next()
	b.until(t, "the fault", func() bool { return s.Fault != nil })
	if s.QR != nil || s.AsText() != "" {
		t.Error("it is handed over all the same")
	}
}
