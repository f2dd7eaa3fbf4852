package screen

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

// TestForeignPathway: a pathway of others says where it was read from, what was
// noticed, and what no badge can show.
func TestForeignPathway(t *testing.T) {
	for name, v := range map[string]look.Variant{"light": {}, "dark": {Dark: true}} {
		for _, size := range []fyne.Size{small, large} {
			h := foreign(t, v, size)
			s := h.root.frame.page.(*stack)
			h.until("the pathway", func() bool { return !s.m.Loading })
			h.look("foreign-" + name + "-" + sizeName(size))
			if !strings.Contains(s.m.From, "kitchen-manager.json") || len(s.m.Findings) != 2 {
				t.Errorf("from %q, findings %q", s.m.From, s.m.Findings)
			}
			i := slices.IndexFunc(s.m.Rows, func(r model.StackRow) bool { return r.Name == "grade ≥ B" })
			if i < 0 {
				t.Fatal("what no badge can show is not there")
			}
			s.m.OpenStep(s.m.Rows[i].Step)
			h.loop.Settle()
			h.look("foreign-step-" + name + "-" + sizeName(size))
			if s.m.Step == nil || s.m.Step.None == "" {
				t.Errorf("the step says %+v", s.m.Step)
			}
		}
	}
}

func sizeName(size fyne.Size) string {
	if size == small {
		return "small"
	}
	return "large"
}
