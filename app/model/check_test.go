package model

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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

// TestCheckShowsWhatARecordCarries: whoever checks a record sees how each badge in it
// fares, and the report says so too.
func TestCheckShowsWhatARecordCarries(t *testing.T) {
	b := sampleBench(t)
	raw, err := os.ReadFile(filepath.Join("testdata", "record.json"))
	if err != nil {
		t.Fatal(err)
	}
	c := NewCheck(b.desk, []Input{TextInput(raw)})
	defer c.Close()
	b.until(t, "the check", func() bool { return !c.Progress.On })
	if c.Fault != nil || len(c.Shown) != 1 || len(c.Shown[0].Inside.Rows) != 4 {
		t.Fatalf("%+v %+v", c.Fault, c.Shown)
	}
	first := c.Shown[0].Inside.Rows[0]
	if first.Open || !first.Can || !strings.Contains(c.Report(), "· Menu Planning: No signature to check\n") {
		t.Errorf("%+v\n%s", first, c.Report())
	}
	c.OpenInside(0, first.Key)
	if r := c.Shown[0].Inside.Rows[0]; !r.Open || len(r.Checks.Rows) == 0 {
		t.Errorf("opened: %+v", r)
	}
	c.OpenInside(0, first.Key)
	if c.Shown[0].Inside.Rows[0].Open {
		t.Error("it does not close")
	}
}
