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
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
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

// TestSavingGoesOnWithoutItsScreen: what the learner said to save is saved, and
// nobody is led away from where they went meanwhile.
func TestSavingGoesOnWithoutItsScreen(t *testing.T) {
	b := ownBench(t)
	a := add(b, TextInput(files(t)["guest-care"].Raw))
	a.Save()
	a.Close()
	b.Way().Go(Route{Place: AtSettings})
	b.until(t, "the saving", func() bool { return len(b.toasts) == 1 })
	rows, err := b.desk.Wallet.Rows()
	if len(rows) != 1 || err != nil || b.toasts[0].Act == nil || b.Way().Here().Place != AtSettings {
		t.Errorf("%d badges, %v, %+v, at %v", len(rows), err, b.toasts, b.Way().Here())
	}
	b.desk.Wallet = failing{b.desk.Wallet}
	a = add(b, TextInput(files(t)["barista-basics"].Raw))
	a.Save()
	a.Close()
	b.until(t, "the fault", func() bool { return len(b.toasts) == 2 })
	noGaps(t, b.toasts[1].Text)
}

func TestAddWhileSaving(t *testing.T) {
	b := ownBench(t)
	files := files(t)
	a := add(b, TextInput(files["guest-care"].Raw))
	a.Save()
	a.Receive(TextInput(files["barista-basics"].Raw))
	b.until(t, "the other one", func() bool { return a.Stage == Reviewing })
	rows, err := b.desk.Wallet.Rows()
	if len(rows) != 1 || err != nil || len(b.toasts) != 1 || len(a.Drafts) != 1 || a.Drafts[0].Known != "" {
		t.Errorf("%d badges, %v, %+v, %+v", len(rows), err, b.toasts, a.Drafts)
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

// TestAddCountsWhatARecordCarries: the learner sees how far checking has come.
func TestAddCountsWhatARecordCarries(t *testing.T) {
	b := ownBench(t)
	a := NewAdd(b.desk, nil)
	defer a.Close()
	var seen []string
	a.OnChange = func() { seen = append(seen, a.Progress.Text) }
	a.arrived(arrival{inside: inside{2, 3}}, 1)
	a.tally()
	if !slices.Contains(seen, "Checked 2 of 3") || a.Progress.Fraction < 0.6 || a.Progress.Stop == "" {
		t.Errorf("%q, %+v", seen, a.Progress)
	}
	raw, err := os.ReadFile("testdata/record.json")
	if err != nil {
		t.Fatal(err)
	}
	sent := 0
	err = a.review(context.Background(), "record.json", raw, func(one arrival) {
		if one.inside.all == 3 {
			sent++
		}
	})
	if err != nil || sent != 3 {
		t.Errorf("%d of 3 were told, %v", sent, err)
	}
}
