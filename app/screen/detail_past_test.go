package screen

import (
	"testing"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

// A check of an earlier day is shown apart from that of today, and what was typed
// stays.
func TestDetailAsOf(t *testing.T) {
	h := practice(t, look.Variant{}, large)
	at(h, model.AtDetail, h.badge("Guest Care"))
	page := h.root.frame.page.(*detail)
	h.press("As of an earlier day")
	h.window.Canvas().Focus(h.control("Which day"))
	h.typed("tomorrow")
	h.press("Check as of that day")
	h.wants("Write a day such as 2026-06-01.")
	page.day.SetText("2026-01-01")
	h.press("Check as of that day")
	h.until("the check of that day", func() bool { return page.m.Past != nil })
	h.wants("As of 1 January 2026, not today: the check repeated by that day's clock, from what this wallet kept.")
	if page.day.Text() != "2026-01-01" {
		t.Errorf("the day is %q", page.day.Text())
	}
}
