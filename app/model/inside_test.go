package model

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// kept reads a file of testdata into the wallet and opens it.
func kept(t *testing.T, b *bench, file, name string) *Detail {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := b.desk.Wallet.Review(context.Background(), raw, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.desk.Wallet.Keep(context.Background(), drafts); err != nil {
		t.Fatal(err)
	}
	return detail(b, name)
}

func TestRecordShowsWhatItCarries(t *testing.T) {
	d := kept(t, ownBench(t), "record.json", "Transcript")
	if d.Inside.Title != "What it carries (4)" || !strings.Contains(d.Inside.Note, "not complete") {
		t.Errorf("%q, %q", d.Inside.Title, d.Inside.Note)
	}
	var got []string
	for _, r := range d.Inside.Rows {
		got = append(got, fmt.Sprintf("%d %s, %s, %s", r.Depth, r.Name, r.Pill.Text, r.Note))
	}
	want := []string{
		"0 Menu Planning, No signature to check, ",
		"0 Professional Cook, No signature to check, named in the record, without a badge of its own",
		"1 Food Safety Level 2, No signature to check, ",
		"1 Kitchen Basics, No signature to check, comes before Menu Planning",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d.Inside.Rows[1].Can || !d.Inside.Rows[0].Can {
		t.Error("only a credential has checks of its own")
	}
	d.OpenInside(d.Inside.Rows[0].Key)
	if r := d.Inside.Rows[0]; !r.Open || len(r.Checks.Rows) == 0 || r.Checks.Rows[0].Act != "" {
		t.Errorf("opened: %+v", r)
	}
	d.OpenInside(d.Inside.Rows[0].Key)
	if d.Inside.Rows[0].Open {
		t.Error("it does not close")
	}
}

func TestLongRecordsAreCut(t *testing.T) {
	c, r := &vc.Credential{}, check.Report{}
	for range maxRows + 7 {
		c.Parts = append(c.Parts, &vc.Credential{Name: "one"})
		r.Parts = append(r.Parts, check.Report{})
	}
	b := ownBench(t)
	d := newBase(b.desk)
	v := d.inside(c, r, nil)
	if len(v.Rows) != maxRows || !strings.Contains(v.Note, "7 more") {
		t.Errorf("%d rows, %q", len(v.Rows), v.Note)
	}
}

func TestTells(t *testing.T) {
	d := kept(t, ownBench(t), "record.json", "Transcript")
	if len(d.Tells.Groups) != 3 || d.Tells.Title == "" {
		t.Fatalf("%+v", d.Tells)
	}
	lines := map[string]TellLine{}
	for _, g := range d.Tells.Groups {
		noGaps(t, g.Title, g.Tally)
		for _, l := range g.Lines {
			noGaps(t, l.Title, l.Text, l.Where)
			lines[l.Title] = l
		}
	}
	if l := lines["Who awarded it"]; !l.Found || l.Text != "Alpine College" || l.Where != "Written under issuer" {
		t.Errorf("%+v", l)
	}
	if l := lines["Signature"]; l.Found || l.Text != "It is not signed." || l.Where != "" {
		t.Errorf("%+v", l)
	}
}
