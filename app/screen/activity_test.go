package screen

import (
	"strconv"
	"testing"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

func acts(t testing.TB, h *house) *activity {
	t.Helper()
	h.visit(model.Route{Place: model.AtActivity})
	a := h.root.frame.page.(*activity)
	h.until("the activity", func() bool { return !a.m.Loading })
	return a
}

func TestActivityTellsOfAShare(t *testing.T) {
	h := shared(t, look.Variant{}, small, model.StepSend)
	a := acts(t, h)
	h.wants("Shared Food Safety Level 2 with Hotel Bellevue", "Date of birth", "29 November 2026")
	a.m.Search("nowhere")
	h.wantsNot("Hotel Bellevue")
	a.m.Search("")
	h.press("Added")
	h.wants("Added 8 badges")
	h.wantsNot("Hotel Bellevue")
	h.press("All")
	h.press("Open")
	if at := h.session.Way().Here().Place; at != model.AtDetail {
		t.Errorf("it opens %q", at)
	}
}

func TestActivityWithNothing(t *testing.T) {
	h := own(t, look.Variant{}, small)
	acts(t, h)
	h.wants("Nothing happened yet")
}

// TestLongActivity demands that ten thousand lines are shown bit by bit, also when a day
// ends just where the first bit does.
func TestLongActivity(t *testing.T) {
	h := own(t, look.Variant{}, small)
	a := acts(t, h)
	a.m.Empty = false
	for _, perDay := range []int{1, step, step + 1, 10_000} {
		t.Run(strconv.Itoa(perDay), func(t *testing.T) {
			a.m.Days, a.most = nil, step
			for day := range 3 {
				d := model.DayView{Title: "day " + strconv.Itoa(day)}
				for i := range perDay {
					d.Events = append(d.Events, model.EventView{Title: "act " + strconv.Itoa(i), Icon: "plus"})
				}
				a.m.Days = append(a.m.Days, d)
			}
			a.draw()
			if more := 3*perDay > step; h.has("Show more") != more {
				t.Errorf("Show more: %v", !more)
			}
		})
	}
}
