package share

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/share/oid4vp"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
)

// hotel is an employer in memory who is strict about what they get.
type hotel struct {
	fetch.Offline
	t      *testing.T
	status int
	err    error
	got    [][]byte // presentations
}

func (h *hotel) Send(_ context.Context, l fetch.Letter) (fetch.Reply, error) {
	if l.URL == "" {
		return fetch.Reply{}, fetch.ErrRefused
	}
	form := must(url.ParseQuery(string(l.Body)))
	if l.URL != "https://hotel.example/answer" || form.Get("state") != "s1" || len(form) != 2 {
		h.t.Errorf("got %+v", l)
	}
	for _, list := range must(strict.Object([]byte(form.Get("vp_token")))) {
		for _, one := range list.([]any) {
			text, ok := one.(string)
			if !ok {
				text = string(must(json.Marshal(one)))
			}
			h.got = append(h.got, []byte(text))
		}
	}
	return fetch.Reply{Status: h.status, Body: []byte(`{"redirect_uri":"https://hotel.example/thanks"}`)}, h.err
}

const asker = "redirect_uri:https://hotel.example/answer"

// asking is a request for these credentials.
func asking(t *testing.T, credentials string) oid4vp.Request {
	t.Helper()
	r, err := oid4vp.ParseRequest([]byte(`{"client_id":"` + asker + `","response_type":"vp_token","response_mode":"direct_post",
		"response_uri":"https://hotel.example/answer","nonce":"n-1","state":"s1","dcql_query":` + credentials + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	asksLines = `{"credentials":[{"id":"badge","format":"dc+sd-jwt","meta":{"vct_values":["https://example.org/badges/food-safety"]},
		"claims":[{"path":["name"]},{"path":["address","locality"]},{"path":["level"]}]}]}`
	asksToken = `{"credentials":[{"id":"badge","format":"jwt_vc_json","meta":{"type_values":[["OpenBadgeCredential"]]},"claims":[{"path":["name"]}]}]}`
	asksDoc   = `{"credentials":[{"id":"badge","format":"ldp_vc","meta":{"type_values":[["OpenBadgeCredential"]]}}]}`
)

// diary keeps events.
type diary struct {
	events []wallet.Event
	err    error
}

func (d *diary) Record(e wallet.Event) error {
	d.events = append(d.events, e)
	return d.err
}

func rows(forms ...string) (out []wallet.Row) {
	for i, form := range forms {
		out = append(out, wallet.Row{ID: string(rune('1' + i)), Form: form})
	}
	return out
}

// answered asks, picks what was asked for, and answers.
func answered(t *testing.T, s Sharer, r oid4vp.Request, all []wallet.Row) (Asked, Answer) {
	t.Helper()
	asked, err := s.Ask(context.Background(), r, all)
	if err != nil || !asked.Possible {
		t.Fatalf("%+v, %v", asked, err)
	}
	var picks []Pick
	for _, id := range asked.Need {
		picks = append(picks, must(s.Pick(id, asked.To(id).Fit[0])))
	}
	a, err := s.Answer(context.Background(), asked, picks)
	if err != nil {
		t.Fatal(err)
	}
	return asked, a
}

func TestAnswer(t *testing.T) {
	h := derive(key.EdDSA, "1")
	for _, c := range []struct{ name, raw, form, query, shows string }{
		{"lines", lines(t, &h, person()), "sd-jwt", asksLines, "sd-jwt+kb"},
		{"a token", token(t, h.DID()), "jwt", asksToken, "vp+jwt"},
		{"a document", document(t, h.DID()), "json", asksDoc, "vp"},
		{"a part of a document", ownCopy(t, "ecdsa-sd-2023", h.DID(), "/issuer"), "json", asksDoc, "vp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := holding(t, []key.Holder{h}, c.raw)
			_, a := answered(t, s, asking(t, c.query), rows(c.form))
			employer, d := &hotel{t: t, status: 200}, &diary{}
			door := oid4vp.Door{Get: employer}
			next, err := a.Deliver(context.Background(), door, d)
			if err != nil || next != "https://hotel.example/thanks" || len(employer.got) != 1 || len(a.Short) != 0 {
				t.Fatalf("%q, %v, %v", next, err, a.Short)
			}
			seen, err := Check(context.Background(), &verify.Verifier{Now: func() time.Time { return now }}, employer.got[0], verify.Expect{Audience: asker, Nonce: "n-1"}, nil)
			if err != nil || seen.Form != c.shows || len(seen.Shown) != 1 {
				t.Fatalf("%+v, %v", seen, err)
			}
			for id, got := range outcomes(seen.Shown[0].Report) {
				if !strings.HasPrefix(got, "pass ") {
					t.Errorf("%s: %s", id, got)
				}
			}
			if !cmp.Equal(seen.Shown[0].Lines, a.Proofs[0].Preview.Shown[0].Lines) {
				t.Error("the learner was shown something else than the employer")
			}
			if e := d.events[0]; len(d.events) != 1 || e.What != wallet.Shared || e.Share.Audience != "hotel.example" || e.Args["audience"] != "hotel.example" || len(e.Share.Shown) == 0 {
				t.Errorf("recorded %+v", d.events)
			}
		})
	}
}

// TestAnswerShowsWhatWasAsked: the lines of the claims, what they stand in, and nothing
// else.
func TestAnswerShowsWhatWasAsked(t *testing.T) {
	h := derive(key.ES256, "1")
	s := holding(t, []key.Holder{h}, lines(t, &h, person()))
	asked, a := answered(t, s, asking(t, asksLines), rows("sd-jwt"))
	pick := must(s.Pick("badge", asked.To("badge").Fit[0]))
	if want := []string{"/address/locality", "/name"}; !slices.Equal(pick.Show, want) {
		t.Errorf("ticks %v, want %v", pick.Show, want)
	}
	for text, want := range map[string]bool{"Bern": true, "Food Safety": true, "Maya": false, "2003": false, "serving": false} {
		got := slices.ContainsFunc(a.Proofs[0].Preview.Shown[0].Lines, func(l Line) bool { return strings.Contains(l.Value, text) })
		if got != want {
			t.Errorf("%q is shown: %v", text, got)
		}
	}
	a, err := s.Answer(context.Background(), asked, []Pick{{Query: "badge", Item: "1", Show: []string{"/given_name"}}})
	if err != nil || !slices.Equal(a.Short, []string{"Town", "Name"}) {
		t.Errorf("less, and something else: %v, %v", a.Short, err)
	}
}

func TestCovering(t *testing.T) {
	ch := Choices{Lines: []Line{{Path: "issuer", Fixed: true}, {Path: "/a"}, {Path: "/a/b"}, {Path: "/a/b/0"}, {Path: "/ab"}, {Path: "/c/0"}, {Path: "/c/1"}}}
	for _, c := range []struct{ name, claim, want string }{
		{"a line and what is inside", "/a", "/a /a/b /a/b/0"},
		{"a line inside another", "/a/b/0", "/a/b/0"},
		{"a claim that stands in a line", "/a/b/1/x", "/a/b"},
		{"a list whose elements are lines", "/c", "/c/0 /c/1"},
		{"a claim that is always shown", "/d", ""},
	} {
		if got := strings.Join(ch.covering([]string{c.claim}), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAskFindsNothing(t *testing.T) {
	h := derive(key.EdDSA, "1")
	s := holding(t, []key.Holder{h}, lines(t, nil, person()), token(t, h.DID()))
	asked, err := s.Ask(context.Background(), asking(t, asksLines), append(rows("sd-jwt", "jwt"), wallet.Row{ID: "9", Form: "sd-jwt", Damaged: true}))
	if err != nil || asked.Possible || !cmp.Equal(asked.To("badge").Near, []oid4vp.Near{{ID: "1", Lack: oid4vp.Lack{Why: oid4vp.LackUnbound}}}) {
		t.Errorf("%+v, %v", asked, err)
	}
	if _, err := s.Ask(context.Background(), asking(t, asksLines), []wallet.Row{{ID: "9", Form: "sd-jwt"}}); fault.Code(err) != "item.unknown" {
		t.Errorf("an item that is gone: %v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Ask(stopped, asking(t, asksLines), rows("sd-jwt")); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestAnswerRefuses(t *testing.T) {
	h := derive(key.EdDSA, "1")
	s := holding(t, []key.Holder{h}, lines(t, &h, person()), token(t, h.DID()))
	asked, a := answered(t, s, asking(t, asksLines), rows("sd-jwt", "jwt"))
	good := Pick{Query: "badge", Item: "1"}
	for code, picks := range map[string][]Pick{
		"answer.incomplete": nil,
		"answer.unfit":      {{Query: "badge", Item: "2"}},
		"share.no-line":     {{Query: "badge", Item: "1", Show: []string{"/nothing"}}},
	} {
		if got, err := s.Answer(context.Background(), asked, picks); fault.Code(err) != code || got.Body != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, picks := range [][]Pick{{good, good}, {{Query: "other", Item: "1"}}} {
		if _, err := s.Answer(context.Background(), asked, picks); fault.Code(err) != "answer.unfit" {
			t.Errorf("%+v: %v", picks, err)
		}
	}
	full := errors.New("disk full")
	for name, c := range map[string]struct {
		get   fetch.Getter
		diary diary
		want  string // a code
		noted int
		sent  int
	}{
		"offline":                        {get: fetch.Offline{}, want: "fetch.offline"},
		"it can't be recorded":           {get: &hotel{t: t, status: 200}, diary: diary{err: full}, noted: 1},
		"they say no":                    {get: &hotel{t: t, status: 400}, want: "answer.refused", noted: 1, sent: 1},
		"nobody knows whether they have": {get: &hotel{t: t, err: fetch.ErrUnreachable}, want: "answer.unsure", noted: 1, sent: 1},
	} {
		_, err := a.Deliver(context.Background(), oid4vp.Door{Get: c.get}, &c.diary)
		employer, _ := c.get.(*hotel)
		if err == nil || fault.Code(err) != c.want || len(c.diary.events) != c.noted || employer != nil && len(employer.got) != c.sent {
			t.Errorf("%s: %v, %d noted", name, err, len(c.diary.events))
		}
	}
}
