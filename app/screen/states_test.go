package screen

import (
	"testing"
	"time"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

// trouble is a fault as a model shows it.
var trouble = &model.FaultView{Code: "test", Title: "The disk is full", Why: "Nothing could be written.", Do: "Make room, then try again."}

func TestShareTellsWhatWentWrong(t *testing.T) {
	for _, step := range []model.ShareStep{model.StepWho, model.StepWhat, model.StepSend} {
		h := shared(t, look.Variant{}, small, step)
		m := h.root.frame.page.(*sharePage).m
		m.Fault, m.QR = trouble, nil
		m.OnChange()
		h.wants(trouble.Title, "Make room, then try again.")
		if step != model.StepWho && !h.has("Try again") {
			t.Errorf("step %d has no way to try again", step)
		}
	}
}

func TestPagesTellWhatWentWrong(t *testing.T) {
	h := at(practice(t, look.Variant{}, small), model.AtSettings, "")
	s := h.root.frame.page.(*settings)
	s.m.Fault = trouble
	s.m.OnChange()
	h.wants(trouble.Title)
	a := acts(t, h)
	a.m.Fault = trouble
	a.m.OnChange()
	h.wants(trouble.Title)
}

// TestWaitingIsSaid demands that a page that takes its time says so, but not before it does.
func TestWaitingIsSaid(t *testing.T) {
	h := practice(t, look.Variant{}, small)
	h.visit(model.Route{Place: model.AtShare, ID: h.badge("Food Safety")})
	h.wantsNot(h.root.kit.t("loading"))
	h.pass(time.Second)
	h.wants(h.root.kit.t("loading"))
	h.until("the badge", func() bool { return !h.root.frame.page.(*sharePage).m.Loading })
	h.wantsNot(h.root.kit.t("loading"))
}

func TestMakingCanBeStopped(t *testing.T) {
	h := shared(t, look.Variant{}, small, model.StepWhat)
	m := h.root.frame.page.(*sharePage).m
	m.Tick(len(m.Ticks)-1, true)
	if !m.Making.On {
		t.Fatal("no proof is being made")
	}
	h.pass(time.Second)
	h.wants(m.Making.Text)
	h.press(m.Making.Stop)
	h.until("an end", func() bool { return !m.Making.On })
	h.wantsNot("Making the proof")
	m.Preview, m.CanNext = model.PreviewView{Title: m.Preview.Title}, false // as when Stop came in time
	m.OnChange()
	h.press("Try again")
	h.until("the proof", func() bool { return m.Preview.Ready })
}
