package model

import (
	"testing"
)

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
