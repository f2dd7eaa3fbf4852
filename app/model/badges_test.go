package model

import (
	"errors"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

func shownNames(b *Badges) []string {
	var out []string
	for i := range b.Len() {
		out = append(out, b.Card(i).Name)
	}
	return out
}

func badgesOf(t testing.TB, f *fake, filter string) *Badges {
	d, l := fakeDesk(f)
	b := NewBadges(d, filter)
	t.Cleanup(b.Close)
	if !b.Loading {
		t.Error("it does not say that it is loading")
	}
	l.until(t, "the badges", func() bool { return !b.Loading })
	return b
}

func TestBadgesEmptyAndFault(t *testing.T) {
	if b := badgesOf(t, &fake{}, ""); !b.Empty || b.Fault != nil || b.NoMatch || b.Len() != 0 || b.Card(0).ID != "" {
		t.Errorf("empty: %+v", b)
	}
	b := badgesOf(t, &fake{err: fault.New("vault.failed", "path", "/p")}, "")
	if b.Empty || b.Fault == nil || b.Fault.Code != "vault.failed" {
		t.Errorf("fault: %+v", b)
	}
}

func TestBadgesSearch(t *testing.T) {
	rows := []wallet.Row{
		{ID: "1", Name: "Crème brûlée", Issuer: "École", Verdict: check.Verified, Added: today},
		{ID: "2", Name: "Straßenbau", Issuer: "Bau AG", Verdict: check.Problem, Tags: []string{"work"}, Added: today.Add(-1)},
		{ID: "3", Name: "First Aid", Issuer: "Shield", Verdict: check.Unsigned, Skills: []string{"CPR"}, Note: "for Łukasz", Added: today.Add(-2)},
		{ID: "4", Damaged: true, Added: today.Add(-3)},
	}
	b := badgesOf(t, &fake{rows: rows}, "")
	for text, want := range map[string]string{
		"": "1234", "creme": "1", "CRÈME ecole": "1", "STRASSENBAU": "2", "strassen work": "2", "cpr": "3", "lukasz": "3", "  first   shield ": "3", "zzz": "", "creme cpr": "",
	} {
		b.Search(text)
		got := ""
		for i := range b.Len() {
			got += b.Card(i).ID
		}
		if got != want || b.NoMatch != (want == "") {
			t.Errorf("%q gives %q", text, got)
		}
	}
	if b.Clear(); b.Len() != 4 || b.Query != "" || b.Summary != "4 badges" {
		t.Error(b.Len(), b.Summary)
	}
	if c := b.Card(3); !c.Damaged || c.Pill.Tone != Bad {
		t.Errorf("damaged: %+v", c)
	}
	if found := badgesOf(t, &fake{rows: rows}, "find:École"); found.Len() != 1 || found.Query != "École" || found.Summary != "1 of 4 badges" {
		t.Error(found.Len(), found.Summary)
	}
}

func TestBadgesFilter(t *testing.T) {
	b := badgesOf(t, &fake{rows: many(80)}, "attention")
	sum := 0
	for _, c := range b.Chips {
		noGaps(t, c.Text)
		if c.ID != filterAll && !strings.HasPrefix(c.ID, tagPrefix) {
			b.Filter(c.ID)
			sum += b.Len()
		}
	}
	if sum != 80 {
		t.Errorf("the filters hold %d of 80", sum)
	}
	for v := range filterOf {
		if !slices.Contains(check.Verdicts, v) {
			t.Errorf("no such verdict: %s", v)
		}
	}
	if len(filterOf) != len(check.Verdicts) {
		t.Error("a verdict is in no filter")
	}
	b.Filter("tag:taga")
	if b.Len() != 27 {
		t.Errorf("%d with the tag", b.Len())
	}
}

func TestBadgesSort(t *testing.T) {
	rows := []wallet.Row{
		{ID: "1", Name: "beta", Issuer: "Z", Added: today, Awarded: today.AddDate(-2, 0, 0)},
		{ID: "2", Name: "Älpler", Issuer: "Y", Added: today.Add(-1), Awarded: today.AddDate(-1, 0, 0)},
		{ID: "3", Name: "Zeta", Issuer: "Y", Added: today.Add(-2), From: today},
	}
	b := badgesOf(t, &fake{rows: rows}, "")
	for id, want := range map[string][]string{
		"newest": {"beta", "Älpler", "Zeta"}, "name": {"Älpler", "beta", "Zeta"}, "issuer": {"Älpler", "Zeta", "beta"}, "earned": {"Zeta", "Älpler", "beta"},
	} {
		if b.Sort(id); !slices.Equal(shownNames(b), want) {
			t.Errorf("%s: %v", id, shownNames(b))
		}
	}
	b.Sort("name")
	if b.Sort("sideways"); b.desk.Prefs.Get("sort") != "name" {
		t.Error("an order that is none was taken")
	}
	if b.Index("1") != 1 || b.Index("none") != -1 {
		t.Error("wrong places")
	}
}

func TestBadgesFollowTheWallet(t *testing.T) {
	b := sampleBench(t)
	m := NewBadges(b.desk, "")
	defer m.Close()
	b.until(t, "the samples", func() bool { return m.Len() == 8 })
	id := b.row("Barista").ID
	m.Select(id)
	m.Remove(id)
	b.until(t, "the removal", func() bool { return m.Len() == 7 && len(b.toasts) == 1 })
	if m.Selected != "" || b.toasts[0].For != toastTime || b.toasts[0].Action != "Undo" {
		t.Errorf("%q, %+v", m.Selected, b.toasts[0])
	}
	b.toasts[0].Act()
	b.until(t, "its return", func() bool { return m.Len() == 8 })
	changes := 0
	m.OnChange = func() { changes++ }
	m.CheckAll()
	b.until(t, "the checks", func() bool { return !m.Progress.On })
	if changes < 2 {
		t.Errorf("%d changes", changes)
	}
	pictures := 0
	m.OnPicture = func(string) { pictures++ }
	at := m.Index(id)
	m.Card(at)
	b.until(t, "the picture", func() bool { return pictures > 0 })
	if m.Card(at).Emblem.Picture == nil || m.Card(at).Sample == false {
		t.Errorf("%+v", m.Card(at))
	}
}

func TestThumbnail(t *testing.T) {
	img := image.NewRGBA(image.Rect(10, 10, 1010, 510))
	for y := 10; y < 510; y++ {
		for x := 10; x < 1010; x++ {
			img.Set(x, y, color.RGBA{R: 200, A: 255})
		}
	}
	small := shrink(img)
	if s := small.Bounds(); s.Dx() != emblemSide || s.Dy() != emblemSide/2 {
		t.Errorf("%v", s)
	}
	if r, g, _, a := small.At(5, 5).RGBA(); r>>8 != 200 || g != 0 || a>>8 != 255 {
		t.Error("another colour", r, g, a)
	}
	if thin := shrink(image.NewGray(image.Rect(0, 0, 5000, 1))).Bounds(); thin.Dy() != 1 {
		t.Error(thin)
	}
	for name, raw := range map[string][]byte{"nothing": nil, "text": []byte("<svg/>"), "cut short": []byte("\x89PNG\r\n\x1a\n\x00\x00")} {
		if thumbnail(raw) != nil {
			t.Error(name)
		}
	}
}

func TestPictureQueueIsBounded(t *testing.T) {
	rows := many(500)
	for i := range rows {
		rows[i].Image = wallet.Embedded
	}
	b := badgesOf(t, &fake{rows: rows}, "")
	for i := range b.Len() {
		b.Card(i)
	}
	if len(b.wanted) > maxWaiting {
		t.Errorf("%d pictures wait", len(b.wanted))
	}
	var p pictures
	for _, r := range rows {
		p.keep(r.ID, nil)
	}
	if len(p.have) != maxPictures || len(p.order) != maxPictures {
		t.Error(len(p.have), len(p.order))
	}
}

func TestStoppedIsNoFault(t *testing.T) {
	if !stopped(fault.New("keyring.stopped")) || stopped(errors.New("x")) || stopped(nil) {
		t.Error("wrong")
	}
}

const thousands = 10_000

func BenchmarkShelf(b *testing.B) {
	rows := many(thousands)
	for b.Loop() {
		newShelf(rows)
	}
}

func benchBadges(b *testing.B) *Badges {
	return badgesOf(b, &fake{rows: many(thousands)}, "")
}

func BenchmarkSearch(b *testing.B) {
	m := benchBadges(b)
	for b.Loop() {
		m.Search("creme")
		m.Search("creme safety")
	}
}

func BenchmarkFilter(b *testing.B) {
	m := benchBadges(b)
	for b.Loop() {
		m.Filter("attention")
		m.Filter("tag:taga")
	}
}

func BenchmarkSort(b *testing.B) {
	m := benchBadges(b)
	for b.Loop() {
		m.Sort("name")
		m.Sort("newest")
	}
}

func BenchmarkCards(b *testing.B) {
	m := benchBadges(b)
	for b.Loop() {
		for i := range 40 { // a screenful
			m.Card(i)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	d, l := fakeDesk(&fake{rows: many(thousands)})
	f := NewFind(d)
	l.until(b, "all", func() bool { return !f.Loading })
	for b.Loop() {
		f.Search("nothing has this")
	}
}
