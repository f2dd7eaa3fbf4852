package model

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

func detail(b *bench, name string) *Detail {
	d := NewDetail(b.desk, b.row(name).ID)
	b.t.Cleanup(d.Close)
	b.until(b.t, "the badge", func() bool { return !d.Loading })
	if d.Fault != nil {
		b.t.Fatal(d.Fault)
	}
	return d
}

func TestDetailOfEverySample(t *testing.T) {
	b := sampleBench(t)
	rows, _ := b.desk.Wallet.Rows()
	for _, r := range rows {
		t.Run(r.Name, func(t *testing.T) {
			d := NewDetail(b.desk, r.ID)
			defer d.Close()
			if !d.Loading {
				t.Error("it does not say that it is loading")
			}
			b.until(t, "the badge", func() bool { return !d.Loading })
			if d.Title != r.Name || d.Verdict.Text != b.desk.Words.Text("verdict."+string(r.Verdict)+".title", nil) || len(d.Sections) < 2 || len(d.Technical) < 4 || d.Raw == "" {
				t.Errorf("%q %+v, %d sections", d.Title, d.Verdict, len(d.Sections))
			}
			texts := []string{d.Byline, d.Checked, d.Verdict.Headline, d.Verdict.Body, d.Explain, d.Checks.Hidden, d.FileName}
			for _, row := range slices.Concat(d.Checks.Rows, d.Checks.Minor) {
				texts = append(texts, row.Title, row.Why, row.Remedy, row.State, row.When, row.Action)
			}
			for _, s := range d.Sections {
				texts = append(texts, s.Title)
			}
			for _, c := range d.Counts {
				texts = append(texts, c.Text, c.Note)
			}
			noGaps(t, texts...)
		})
	}
}

// TestByline: an issuer that is nothing but a key is not said to be nobody.
func TestByline(t *testing.T) {
	d := detail(sampleBench(t), "Barista")
	for want, r := range map[string]wallet.Row{
		"Issued by Alpine · no end date":                {Issuer: "Alpine", IssuerID: "did:key:z6Mk"},
		"It gives no name for its issuer · no end date": {IssuerID: "did:key:z6Mk"},
		"It names no issuer · no end date":              {},
	} {
		if got := d.byline(wallet.Item{Row: r}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDetailOfAChangedBadge(t *testing.T) {
	b := sampleBench(t)
	d := detail(b, "Allergen")
	if d.Verdict.Tone != Bad || d.Checks.Hidden == "" {
		t.Errorf("%+v, %q", d.Verdict, d.Checks.Hidden)
	}
	for _, r := range d.Checks.Rows {
		if r.Tone == Good {
			t.Errorf("after a broken signature it says: %+v", r)
		}
	}
	d.Do(ActExplain)
	if !d.Explained || d.Explain == "" {
		t.Error("nothing is explained")
	}
}

func TestDetailWithoutABadge(t *testing.T) {
	b := ownBench(t)
	empty := NewDetail(b.desk, "")
	defer empty.Close()
	if empty.Loading || empty.Fault != nil || empty.ID != "" {
		t.Errorf("%+v", empty)
	}
	empty.Recheck()
	empty.Save("/nowhere")
	gone := NewDetail(b.desk, strings.Repeat("0", 64))
	defer gone.Close()
	b.until(t, "an answer", func() bool { return !gone.Loading })
	if gone.Fault == nil || gone.Fault.Code != "wallet.no-item" {
		t.Errorf("%+v", gone.Fault)
	}
}

func TestTrustLiftsTheVerdict(t *testing.T) {
	b := sampleBench(t)
	d := detail(b, "Staying Safe")
	if d.Verdict.Act != ActTrust || !d.CanTrust || d.Trusted {
		t.Fatalf("%+v", d.Verdict)
	}
	d.Do(ActTrust)
	b.until(t, "trust", func() bool { return d.Trusted && d.Verdict.Tone == Good && !d.Progress.On })
	if d.Verdict.Headline != "Verified, issuer trusted by you" || len(b.toasts) != 1 {
		t.Errorf("%+v, %v", d.Verdict, b.toasts)
	}
	b.toasts[0].Act()
	b.until(t, "distrust", func() bool { return !d.Trusted && d.Verdict.Tone != Good && !d.Progress.On })
}

func TestRecheckIsFinishedWhenTheScreenIsLeft(t *testing.T) {
	b := sampleBench(t)
	d := detail(b, "Staying Safe")
	d.OnChange = func() {}
	d.Trust()
	d.Close()
	d.OnChange = func() { t.Error("a closed screen was told") }
	b.until(t, "the verdict", func() bool { return b.row("Staying Safe").Verdict == check.Verified })
}

func TestTagsAndNote(t *testing.T) {
	b := sampleBench(t)
	d := detail(b, "Guest")
	d.SetTags([]string{" work ", "work", "hotel"})
	d.SetNote("for Bellevue")
	b.until(t, "both", func() bool { return len(d.Tags) == 2 && d.Note == "for Bellevue" })
	d.SetNote(strings.Repeat("long ", 100_000))
	b.until(t, "a refusal", func() bool { return len(b.toasts) == 1 })
	noGaps(t, b.toasts[0].Text)
}

func TestRemoveGoesBackAndCanBeUndone(t *testing.T) {
	b := sampleBench(t)
	id := b.row("Guest").ID
	b.Way().Go(Route{Place: AtDetail, ID: id})
	d := detail(b, "Guest")
	d.Remove()
	d.Close() // the screen is left at once
	if b.Way().Here().Place != AtBadges {
		t.Error("it stays on a badge that is gone")
	}
	b.until(t, "the toast", func() bool { return len(b.toasts) == 1 })
	b.toasts[0].Act()
	back := func() bool {
		rows, _ := b.desk.Wallet.Rows()
		return len(rows) == 8
	}
	b.until(t, "its return", back)
}

func TestSaveTheOriginal(t *testing.T) {
	b := sampleBench(t)
	d := detail(b, "Barista")
	path := filepath.Join(t.TempDir(), d.FileName)
	if !strings.HasSuffix(path, "barista-basics.png") {
		t.Error(path)
	}
	d.Save(path)
	b.until(t, "the file", func() bool { return len(b.toasts) == 1 })
	if got, err := os.ReadFile(path); err != nil || string(got) != string(d.item.Credential.Raw) {
		t.Error("not as received", err)
	}
	d.Save(filepath.Join(t.TempDir(), "no", "such", "folder"))
	b.until(t, "a refusal", func() bool { return len(b.toasts) == 2 })
	noGaps(t, b.toasts[1].Text)
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"Food Safety Level 2": "food-safety-level-2.jwt", "../../etc/passwd": "etc-passwd.jwt", "": "badge.jwt", "Crème: brûlée?": "creme-brulee.jwt",
		strings.Repeat("long ", 40): strings.TrimSuffix(strings.Repeat("long-", 12), "-") + ".jwt",
	} {
		if got := fileName(name, ".jwt"); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	for form, want := range map[string]string{"json": ".json", "jwt": ".jwt", "sd-jwt": ".sd-jwt", "baked-png+jwt": ".png", "baked-svg+json": ".svg", "pdf+jwt": ".pdf", "xml": ".xml"} {
		if got := ending(form); got != want {
			t.Errorf("%s: %s", form, got)
		}
	}
}

func TestHome(t *testing.T) {
	b := sampleBench(t)
	h := NewHome(b.desk)
	defer h.Close()
	if !h.Loading {
		t.Error("it does not say that it is loading")
	}
	b.until(t, "home", func() bool { return !h.Loading })
	if h.Empty || h.Greeting != "Good morning" || len(h.Recent) != homeRecent || len(h.Next) == 0 || h.Calm != "" {
		t.Errorf("%+v", h)
	}
	var texts []string
	for _, n := range h.Notices {
		texts = append(texts, n.Text, n.Action)
	}
	for _, n := range h.Next {
		texts = append(texts, n.Title, n.Action)
	}
	noGaps(t, texts...)
	if len(h.Notices) != 3 || h.Notices[0].Tone != Bad || h.Notices[2].Tone != Care {
		t.Errorf("%q", texts)
	}
	h.Open(h.Next[0].Route)
	if b.Way().Here().Place != AtStack {
		t.Error(b.Way().Here())
	}
}

func TestHomeStates(t *testing.T) {
	of := func(f *fake) *Home {
		d, l := fakeDesk(f)
		h := NewHome(d)
		t.Cleanup(h.Close)
		l.until(t, "home", func() bool { return !h.Loading })
		return h
	}
	if h := of(&fake{}); !h.Empty || h.Calm != "" {
		t.Errorf("empty: %+v", h)
	}
	if h := of(&fake{err: fault.New("vault.closed", "path", "/p")}); h.Fault == nil || h.Empty {
		t.Errorf("fault: %+v", h)
	}
	calm := many(1)
	calm[0].Verdict = check.Verified
	if h := of(&fake{rows: calm}); h.Calm == "" || len(h.Notices) != 0 {
		t.Errorf("calm: %+v", h.Notices)
	}
	calm[0].Until = today.AddDate(0, 0, 12)
	if h := of(&fake{rows: calm}); len(h.Notices) != 1 || !strings.HasSuffix(h.Notices[0].Text, "ends in 12 days") {
		t.Errorf("ending: %+v", h.Notices)
	}
	h := of(&fake{rows: many(80)})
	for _, n := range h.Notices {
		noGaps(t, n.Text)
	}
	if len(h.Notices) != 3 || h.Notices[0].Text != "There is a problem with 20 badges" || h.Notices[0].Route.Filter != "attention" {
		t.Errorf("many: %+v", h.Notices)
	}
}

func TestShell(t *testing.T) {
	b := sampleBench(t)
	var toasts []Toast
	s := NewShell(b.desk, func(x Toast) { toasts = append(toasts, x) })
	defer s.Close()
	b.until(t, "the counts", func() bool { return s.Nav[1].Count == "8" && s.Nav[2].Count == "2" })
	if s.Ribbon != "Sample" || s.Offline != "" || !s.Nav[0].Selected || s.Leave == "" {
		t.Errorf("%+v", s)
	}
	b.Way().Go(Route{Place: AtStack, ID: "x"})
	if s.Moved(); !s.Nav[2].Selected || s.Nav[0].Selected {
		t.Errorf("%+v", s.Nav)
	}
	s.Undo()
	b.until(t, "undo", func() bool { return len(toasts) == 1 && s.Nav[1].Count == "" })
	if toasts[0].Text != "Taken back: Added 8 badges" {
		t.Error(toasts[0].Text)
	}
	s.Undo()
	b.until(t, "nothing to undo", func() bool { return len(toasts) == 2 })
	noGaps(t, toasts[1].Text)
	s.Receive()
	if _, over := b.Way().Over(); over {
		t.Error("nothing was received, and something opened")
	}
	s.Receive(TextInput([]byte("x")))
	if top, over := b.Way().Over(); !over || top.Place != AtAdd || len(top.In) != 1 {
		t.Error(top)
	}
}

func TestShellOffline(t *testing.T) {
	b := ownBench(t)
	s := NewShell(b.desk, func(Toast) {})
	defer s.Close()
	if s.Ribbon != "" || s.Offline != "" {
		t.Errorf("%+v", s)
	}
	set := NewSettings(b.desk)
	defer set.Close()
	set.SetOnline(false)
	if s.Moved(); s.Offline != "Online checks are off" {
		t.Error(s.Offline)
	}
}

func TestWay(t *testing.T) {
	w, changes := &Way{}, 0
	w.OnChange = func() { changes++ }
	w.Reset(Route{Place: AtHome})
	w.Go(Route{Place: AtBadges})
	w.Go(Route{Place: AtBadges}) // already there
	w.Go(Route{Place: AtDetail, ID: "1"})
	w.Go(Route{Place: AtAdd})
	if top, ok := w.Over(); !ok || top.Place != AtAdd || w.Here().Place != AtDetail {
		t.Error(w.Here(), top)
	}
	w.Back() // shuts Add
	if _, ok := w.Over(); ok || w.Here().Place != AtDetail {
		t.Error(w.Here())
	}
	w.Back()
	w.Back()
	if w.Back(); w.Here().Place != AtHome || w.CanBack() || !w.CanForward() {
		t.Error(w.Here())
	}
	w.Forward()
	w.Forward()
	if w.Forward(); w.Here().ID != "1" || w.CanForward() {
		t.Error(w.Here())
	}
	for i := range 300 {
		w.Go(Route{Place: AtDetail, ID: string(rune('a' + i%26))})
	}
	if len(w.past) > maxHistory || changes == 0 {
		t.Error(len(w.past))
	}
	w.Shut()
}

func TestHints(t *testing.T) {
	b := sampleBench(t)
	h := NewHints(b.desk)
	b.until(t, "the story", func() bool { return h.altered != "" && h.shared != "" && h.pathway != "" })
	var went []Place
	for range 3 {
		v, ok := h.Now()
		noGaps(t, v.Text, v.Button, v.End)
		if !ok || v.Last {
			t.Error(v)
		}
		h.Next()
		went = append(went, b.Way().Here().Place)
	}
	if v, _ := h.Now(); !slices.Equal(went, []Place{AtDetail, AtStack, AtShare}) || !v.Last {
		t.Error(went, v)
	}
	h.Close()
	again := NewHints(b.desk)
	defer again.Close()
	if v, ok := again.Now(); !ok || !v.Last {
		t.Error("they do not go on where they were")
	}
	again.End()
	if _, ok := again.Now(); ok {
		t.Error("they do not end")
	}
	own := ownBench(t)
	if _, ok := NewHints(own.desk).Now(); ok {
		t.Error("hints outside of the practice wallet")
	}
}
