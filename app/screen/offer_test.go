package screen

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/verify/testkit/issuing"
)

// offered shows the offer of a college that asks for a code.
func offered(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := own(t, v, size)
	h.session.Desk().Get = &issuing.College{
		Offers: []string{issuing.GuestCare, issuing.FirstAid, issuing.Licence}, PIN: true, Now: func() time.Time { return today },
	}
	return h.add(model.TextInput([]byte(issuing.Link)))
}

func TestOfferOnScreen(t *testing.T) {
	h := offered(t, look.Variant{}, small)
	h.wants("An offer for you", "Alpine College (college.example) offers 2 badges", "Guest care", "First aid")
	if h.has("Save to my wallet") {
		t.Error("there is nothing to save yet")
	}
	h.look("offer")
	page := h.root.frame.over.page.(*add)
	h.press("Get these badges")
	h.until("the answer", func() bool { return page.m.Stage == model.Reviewing })
	h.wants("A code is needed")
	h.look("offer-code")
	page.m.SetCode(0, issuing.TxPIN)
	h.press("Get these badges")
	h.until("the badges", func() bool { return page.m.Stage == model.Reviewing })
	h.wants("We found 2 badges", "Guest care", "First aid", "Save 2 badges")
	h.look("offer-taken")
}
