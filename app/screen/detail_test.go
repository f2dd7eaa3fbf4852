package screen

import (
	"testing"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

// Checking again is offered once: by the verdict where that is the way on, else
// beside sharing.
func TestDetailOffersCheckingAgainOnce(t *testing.T) {
	h := practice(t, look.Variant{}, large)
	at(h, model.AtDetail, h.badge("Guest Care"))
	page := h.root.frame.page.(*detail)
	for _, act := range []model.Act{model.ActShare, model.ActAgain} {
		page.m.Verdict.Act, page.m.Verdict.Action = act, "Check again"
		if act == model.ActShare {
			page.m.Verdict.Action = "Share"
		}
		page.draw()
		h.lay()
		n := 0
		for _, name := range h.names() {
			if name == "Check again" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d ways to check again where the verdict offers %q: %q", n, act, h.names())
		}
	}
}
