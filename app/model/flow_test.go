package model

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func add(b *bench, in ...Input) *Add {
	a := NewAdd(b.desk, in)
	b.t.Cleanup(a.Close)
	b.until(b.t, "the reading", func() bool { return a.Stage != Reading })
	return a
}

func TestAddAsks(t *testing.T) {
	b := ownBench(t)
	if a := add(b); a.Stage != Asking || a.CanSave || a.Progress.On {
		t.Errorf("%+v", a)
	}
}

func TestAddGoodAndBadFiles(t *testing.T) {
	b := ownBench(t)
	files := files(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "barista.png")
	if err := os.WriteFile(path, files["barista-basics"].Raw, 0o600); err != nil {
		t.Fatal(err)
	}
	cook, _ := assets.Pathway("professional-cook")
	a := add(b, FileInput(path), TextInput(files["guest-care"].Raw), TextInput(files["guest-care"].Raw), TextInput([]byte("<html>")),
		FileInput(filepath.Join(dir, "gone.json")), TextInput([]byte("https://school.example/badge/1")), TextInput(cook), TextInput(nil))
	if a.Stage != Reviewing || len(a.Drafts) != 2 || len(a.Refused) != 3 || len(a.Webs) != 1 || len(a.Pathways) != 1 {
		t.Fatalf("%d drafts, %+v, %+v, %v", len(a.Drafts), a.Refused, a.Webs, a.Pathways)
	}
	for _, r := range a.Refused {
		noGaps(t, r.Fault.Title, r.Fault.Why, r.Fault.Do)
	}
	noGaps(t, a.Title, a.SaveText, a.Webs[0].Text, a.Drafts[0].For)
	if a.Title != "We found 2 badges" || a.SaveText != "Save 2 badges" || a.Webs[0].Host != "school.example" {
		t.Error(a.Title, a.SaveText, a.Webs)
	}
	a.Tick(1, false)
	a.Tick(99, true)
	a.Save()
	if a.Stage != Saving || a.CanSave {
		t.Errorf("%+v", a.Stage)
	}
	b.until(t, "the saving", func() bool { return len(b.toasts) == 1 })
	rows, _ := b.desk.Wallet.Rows()
	if len(rows) != 1 || b.Way().Here().ID != rows[0].ID {
		t.Errorf("%d badges, at %v", len(rows), b.Way().Here())
	}
	b.toasts[0].Act()
	b.until(t, "undo", func() bool {
		rows, _ := b.desk.Wallet.Rows()
		return len(rows) == 0
	})
}

func TestAddTwice(t *testing.T) {
	b := sampleBench(t)
	it, err := b.desk.Wallet.Item(b.row("Guest").ID)
	if err != nil {
		t.Fatal(err)
	}
	a := add(b, TextInput(it.Credential.Raw))
	if len(a.Drafts) != 1 || a.Drafts[0].Known == "" || a.Drafts[0].Ticked || a.CanSave {
		t.Errorf("%+v", a.Drafts)
	}
}

func TestAddFitsAPathway(t *testing.T) {
	b := sampleBench(t)
	r := b.row("Kitchen")
	it, err := b.desk.Wallet.Item(r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if a := add(b, TextInput(it.Credential.Raw)); !strings.HasPrefix(a.Drafts[0].Fits, "Fits: ") {
		t.Errorf("%+v", a.Drafts[0])
	}
}

func TestAddAProofIsChecked(t *testing.T) {
	b := sampleBench(t)
	p, err := b.desk.Share.Make(context.Background(), share.Request{Items: []string{b.row("Food Safety").ID}, Audience: "Bellevue"})
	if err != nil {
		t.Fatal(err)
	}
	first := NewAdd(b.desk, []Input{TextInput(p.Bytes)})
	defer first.Close()
	b.until(t, "the check", func() bool {
		top, over := b.Way().Over()
		return over && top.Place == AtCheck && len(top.In) == 1
	})
	guest := files(t)["guest-care"].Raw
	if a := add(b, TextInput(p.Bytes), TextInput(guest)); len(a.Drafts) != 1 || len(a.Refused) != 1 || a.Refused[0].Fault.Code != "add.proof" {
		t.Errorf("%+v", a.Refused)
	}
}

func TestAddFromTheWebAsksFirst(t *testing.T) {
	b := ownBench(t)
	a := add(b, TextInput([]byte("https://school.example/badge")))
	if len(a.Webs) != 1 || len(a.Refused) != 0 {
		t.Fatal(a.Webs, a.Refused)
	}
	a.Fetch(5)
	a.Fetch(0)
	b.until(t, "the answer", func() bool { return a.Stage == Reviewing })
	if len(a.Webs) != 0 || len(a.Refused) != 1 || a.Refused[0].Fault.Code != "fetch.offline" {
		t.Errorf("%+v", a.Refused)
	}
	a.Discard()
	if a.Stage != Asking || len(a.Refused) != 0 {
		t.Errorf("%+v", a)
	}
}

// failing is a wallet on a full disk.
type failing struct{ Wallet }

func (f failing) Keep(context.Context, []wallet.Draft) ([]string, error) {
	return nil, fault.New("vault.disk-full", "path", "/p")
}
func (f failing) Record(wallet.Event) error { return fault.New("vault.disk-full", "path", "/p") }

func TestAddLosesNothingOnAFullDisk(t *testing.T) {
	b := ownBench(t)
	b.desk.Wallet = failing{b.desk.Wallet}
	a := add(b, TextInput(files(t)["guest-care"].Raw))
	a.Save()
	b.until(t, "the fault", func() bool { return a.Fault != nil })
	if a.Fault.Code != "vault.disk-full" || a.Stage != Reviewing || !a.CanSave || len(a.Drafts) != 1 {
		t.Errorf("%+v", a)
	}
}

func TestPathwaysAndStack(t *testing.T) {
	b := sampleBench(t)
	p := NewPathways(b.desk)
	defer p.Close()
	b.until(t, "the pathways", func() bool { return !p.Loading })
	if p.Empty || len(p.List) != 2 || len(p.Ready) != 0 {
		t.Fatalf("%+v", p.List)
	}
	for _, v := range p.List {
		noGaps(t, v.Done, v.Next)
	}
	p.Open(p.List[0].ID)
	s := NewStack(b.desk, b.Way().Here().ID)
	defer s.Close()
	b.until(t, "the stack", func() bool { return !s.Loading })
	if s.Percent != p.List[0].Percent || len(s.Layers) == 0 || len(s.Rows) == 0 || s.Fault != nil {
		t.Fatalf("%+v", s)
	}
	bricks := 0
	for _, l := range s.Layers {
		noGaps(t, l.Rule, l.StateWord, l.WaitsFor)
		bricks += len(l.Bricks)
	}
	if bricks != len(s.Rows) {
		t.Errorf("%d bricks and %d rows", bricks, len(s.Rows))
	}
	for _, r := range s.Rows {
		s.OpenStep(r.Step)
		if s.Step == nil || s.Step.StateWord != r.StateWord {
			t.Fatalf("%+v", r)
		}
		texts := append([]string{s.Step.Layer, s.Step.OfferedBy, s.Step.WaitsFor, s.Step.None}, s.Step.Accepts...)
		for _, m := range s.Step.Matches {
			texts = append(texts, m.Why, m.Note)
		}
		noGaps(t, texts...)
	}
	if s.OpenStep(""); s.Step != nil {
		t.Error("it does not shut")
	}
	s.ShowTable(true)
	if again := NewStack(b.desk, s.ID); !again.Table {
		t.Error("the table is not remembered")
	}
	s.Remove()
	b.until(t, "the removal", func() bool { return len(p.List) == 1 && len(p.Ready) == 1 && b.Way().Here().Place == AtPathways })
	b.toasts[0].Act()
	b.until(t, "its return", func() bool { return len(p.List) == 2 })
}

func TestPathwaysOfANewWallet(t *testing.T) {
	b := ownBench(t)
	p := NewPathways(b.desk)
	defer p.Close()
	b.until(t, "the pathways", func() bool { return !p.Loading })
	if !p.Empty || len(p.Ready) != 2 {
		t.Fatalf("%+v", p)
	}
	p.Receive(TextInput([]byte("{}")))
	b.until(t, "a refusal", func() bool { return p.Refused != nil })
	noGaps(t, p.Refused.Title, p.Refused.Why, p.Refused.Do)
	p.Follow(p.Ready[0].ID)
	b.until(t, "the pathway", func() bool { return b.Way().Here().Place == AtStack && len(p.List) == 1 })
	if p.Refused != nil || p.List[0].Percent != 0 {
		t.Errorf("%+v", p.List[0])
	}
	gone := NewStack(b.desk, "none")
	defer gone.Close()
	b.until(t, "an answer", func() bool { return !gone.Loading })
	if gone.Fault == nil || gone.Fault.Code != "wallet.no-pathway" {
		t.Errorf("%+v", gone.Fault)
	}
}

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
type refuse struct{}

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

func TestCheckAProof(t *testing.T) {
	b := sampleBench(t)
	s := flow(b, "Food Safety")
	c := NewCheck(b.desk, []Input{TextInput(s.proof.Bytes)})
	defer c.Close()
	if !c.Progress.On || c.Empty {
		t.Error("it does not say that it is checking")
	}
	b.until(t, "the check", func() bool { return !c.Progress.On })
	if c.Fault != nil || c.Verdict.Tone != Good || c.For != "Hotel Bellevue" || c.Purpose != "Job application" || c.IsBadge != "" || len(c.Shown) != 1 {
		t.Fatalf("%+v %+v", c.Verdict, c.Fault)
	}
	noGaps(t, c.From, c.Made, c.Foot, c.Report())
	c.SetMe("Somebody else")
	b.until(t, "the check", func() bool { return !c.Progress.On })
	if c.Verdict.Tone != Bad {
		t.Errorf("made for another, and it says %+v", c.Verdict)
	}
	path := filepath.Join(t.TempDir(), "report.txt")
	c.SaveReport(path)
	b.until(t, "the report", func() bool { return len(b.toasts) == 1 })
	rows, _ := b.desk.Wallet.Rows()
	if len(rows) != 8 {
		t.Error("something was added")
	}
}

func TestCheckOtherThings(t *testing.T) {
	b := sampleBench(t)
	c := NewCheck(b.desk, nil)
	defer c.Close()
	if !c.Empty {
		t.Error("it is not empty")
	}
	check := func(in Input) {
		c.Receive(in)
		b.until(t, "the check", func() bool { return !c.Progress.On })
	}
	check(TextInput([]byte("good day")))
	if c.Fault == nil {
		t.Error("no fault")
	}
	check(TextInput(files(t)["guest-care"].Raw))
	if c.Fault != nil || c.IsBadge == "" || c.From != "" {
		t.Errorf("%+v", c)
	}
	c.AddIt()
	if top, _ := b.Way().Over(); top.Place != AtAdd {
		t.Error(top)
	}
	check(TextInput([]byte("https://school.example/proof")))
	if top, _ := b.Way().Over(); top.Place != AtAdd || len(top.In) != 1 {
		t.Error(top)
	}
}

func TestActivityStates(t *testing.T) {
	d, l := fakeDesk(&fake{})
	a := NewActivity(d)
	defer a.Close()
	l.until(t, "nothing", func() bool { return !a.Loading })
	if !a.Empty || a.NoMatch {
		t.Errorf("%+v", a)
	}
	d, l = fakeDesk(&fake{err: errors.New("x")})
	a = NewActivity(d)
	defer a.Close()
	if l.until(t, "a fault", func() bool { return !a.Loading }); a.Fault == nil || a.Empty {
		t.Errorf("%+v", a)
	}
}

func TestSettings(t *testing.T) {
	b := ownBench(t)
	s := NewSettings(b.desk)
	defer s.Close()
	b.until(t, "the settings", func() bool { return !s.Loading })
	looks := 0
	s.OnLook = func() { looks++ }
	s.SetLook("dark")
	s.SetSize("XL")
	s.SetContrast(true)
	if look, size, contrast := Look(b.desk.Prefs); look != "dark" || size != "XL" || !contrast || looks != 3 || !s.Contrast {
		t.Error(look, size, contrast, looks)
	}
	if s.SetOnline(false); s.Online || b.online.Load() || b.desk.Prefs.Get("online") != "off" {
		t.Error("still online")
	}
	for _, bad := range []string{"", "maya", "maya@", "@x.org", "a b@x.org"} {
		if s.AddEmail(bad); s.EmailError == "" {
			t.Errorf("%q is taken", bad)
		}
	}
	s.AddEmail(" maya@example.org ")
	b.until(t, "the address", func() bool { return len(s.Emails) == 1 && s.EmailError == "" })
	s.RemoveEmail("maya@example.org")
	b.until(t, "no address", func() bool { return len(s.Emails) == 0 })
	s.MakeKey(s.KeyKinds[1].ID, "Alpine College")
	b.until(t, "the key", func() bool { return s.NewKey != nil && len(s.Keys) > 0 })
	if k := s.NewKey; !strings.HasPrefix(k.DID, "did:") || k.Name != "Alpine College" || k.Kind != "P-256" || k.Created != "22 November 2026" || k.JWK == "" {
		t.Errorf("%+v", k)
	}
	s.MakeKey("rot13", "")
	b.until(t, "a refusal", func() bool { return len(b.toasts) == 1 })
}

func TestSettingsOfThePracticeWallet(t *testing.T) {
	b := sampleBench(t)
	s := NewSettings(b.desk)
	defer s.Close()
	b.until(t, "the settings", func() bool { return !s.Loading && len(s.Trusted) > 0 })
	if s.CanOnline || s.Online {
		t.Error("it can go online")
	}
	noGaps(t, s.Trusted[0].Since, s.OnlineNote)
	n := len(s.Trusted)
	s.Distrust(s.Trusted[0].ID)
	b.until(t, "one less", func() bool { return len(s.Trusted) == n-1 && !s.Progress.On })
	id := b.row("Guest").ID
	if err := b.desk.Wallet.Remove(id); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the bin", func() bool { return len(s.Bin) == 1 })
	noGaps(t, s.Bin[0].Gone)
	s.Restore(id)
	b.until(t, "an empty bin", func() bool { return len(s.Bin) == 0 })
}

func TestFind(t *testing.T) {
	b := sampleBench(t)
	f := NewFind(b.desk)
	defer f.Close()
	b.until(t, "all", func() bool { return !f.Loading })
	if len(f.Results) == 0 || f.Results[0].Kind != "action" {
		t.Errorf("%+v", f.Results)
	}
	for text, want := range map[string]string{"barista": "badge", "professional": "pathway", "alpine": "badge", "settings": "action"} {
		if f.Search(text); len(f.Results) == 0 || f.Results[0].Kind != want {
			t.Errorf("%q: %+v", text, f.Results)
		}
	}
	f.Search("alpine")
	f.Move(100)
	issuer := f.Results[f.Chosen]
	f.Open(f.Chosen)
	if here := b.Way().Here(); issuer.Kind != "issuer" || here.Place != AtBadges || !strings.HasPrefix(here.Filter, findPrefix) {
		t.Error(issuer, here)
	}
	f.Move(-1000)
	f.Open(-1)
	if f.Search("zzzz"); !f.NoMatch || f.Chosen != 0 {
		t.Error("nothing is found")
	}
}

func TestAddWhileReading(t *testing.T) {
	b := ownBench(t)
	files := files(t)
	a := NewAdd(b.desk, []Input{TextInput(files["guest-care"].Raw)})
	defer a.Close()
	a.Receive(TextInput(files["barista-basics"].Raw))
	b.until(t, "both", func() bool { return a.Stage == Reviewing })
	if len(a.Drafts) != 2 || a.Drafts[1].Card.Emblem.Picture == nil {
		t.Errorf("%d drafts", len(a.Drafts))
	}
}

func TestStopReading(t *testing.T) {
	b := ownBench(t)
	begun, stopped := make(chan bool), make(chan bool)
	slow := Input{Name: "slow", Open: func() (io.ReadCloser, error) {
		close(begun)
		<-stopped
		return nil, errors.New("too late")
	}}
	a := NewAdd(b.desk, []Input{TextInput(files(t)["guest-care"].Raw), slow, TextInput([]byte("never"))})
	defer a.Close()
	<-begun
	a.Stop()
	close(stopped)
	b.until(t, "the end", func() bool { return a.Stage == Reviewing })
	if len(a.Drafts) != 1 || len(a.Refused) != 0 || a.Progress.On {
		t.Errorf("%d drafts, %+v", len(a.Drafts), a.Refused)
	}
}

func TestAnOlderAnswerNeverComesLast(t *testing.T) {
	f := &fake{}
	d, l := fakeDesk(f)
	m := newBase(d)
	var got []int
	answers := make(chan int, 3)
	read := func() (int, error) { return <-answers, nil }
	done := func(n int, _ error) { got = append(got, n) }
	reload(&m, read, done)
	reload(&m, read, done) // both wait for the first, and are one
	reload(&m, read, done)
	answers <- 1
	answers <- 2
	l.until(t, "both", func() bool { return len(got) == 2 })
	if !slices.Equal(got, []int{1, 2}) || m.reading {
		t.Error(got)
	}
}
