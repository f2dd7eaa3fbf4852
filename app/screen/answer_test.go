package screen

import (
	"net/url"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

// request is the link of a request for two lines of a badge of the practice wallet.
func request(vct string) string {
	const to = "https://hotel-bellevue.example/answer"
	return "openid4vp://?" + url.Values{
		"client_id": {"redirect_uri:" + to}, "response_type": {"vp_token"}, "response_mode": {"direct_post"}, "response_uri": {to}, "nonce": {"n-1"},
		"client_metadata": {`{"client_name":"Hotel Bellevue"}`},
		"dcql_query":      {`{"credentials":[{"id":"badge","format":"dc+sd-jwt","meta":{"vct_values":["` + vct + `"]},"claims":[{"path":["grade"]},{"path":["fullName"]}]}]}`},
	}.Encode()
}

const foodSafety = "https://alpine-college.example/vct/badge"

func requested(t testing.TB, v look.Variant, size fyne.Size, link string) (*house, *answerPage) {
	t.Helper()
	h := practice(t, v, size)
	h.visit(model.Route{Place: model.AtAnswer, ID: link})
	p := h.root.frame.page.(*answerPage)
	h.until("the request", func() bool { return p.m.CanSend || p.m.Stage == model.Refusing || p.m.Stage == model.Invited })
	return h, p
}

func TestAnswerByKeyboard(t *testing.T) {
	h, p := requested(t, look.Variant{}, small, request(foodSafety))
	h.look("answer")
	h.wants("hotel-bellevue.example asks you to show a badge.", "Who asks isn't proven", "They call themselves Hotel Bellevue.", "What hotel-bellevue.example will see")
	h.press("☑ Grade")
	h.until("the proof", func() bool { return p.m.CanSend })
	h.wants("They asked for this too: Grade.")
	h.press("Send")
	h.until("the fault", func() bool { return p.m.Fault != nil })
	h.wants("Don't send anything") // the practice wallet asks nobody
	h.look("answer-offline")
	h.press("Don't send anything")
	if at := h.session.Way().Here().Place; at != model.AtHome {
		t.Errorf("leads to %q", at)
	}
}

func TestAnswerInvites(t *testing.T) {
	h, p := requested(t, look.Variant{}, small, "openid4vp://?client_id=x&request_uri=https%3A%2F%2Fhotel-bellevue.example%2Fr")
	h.look("answer-invited")
	h.wants("hotel-bellevue.example", "They will know that somebody opened the link")
	h.press("See what they ask for")
	h.until("the fault", func() bool { return p.m.Stage == model.Refusing })
}

func TestAnswerRefuses(t *testing.T) {
	h, _ := requested(t, look.Variant{}, small, request("https://example.org/other"))
	h.wants("You can't answer this", "No badge of that kind is in this wallet.", "Back")
	h.wantsNot("Don't send anything")
	h.look("answer-refused")
}
