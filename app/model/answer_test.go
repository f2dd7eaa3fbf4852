package model

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
)

// employer takes answers.
type employer struct {
	fetch.Offline
	got chan url.Values
}

func (e employer) Send(_ context.Context, l fetch.Letter) (fetch.Reply, error) {
	if l.URL == "" {
		return fetch.Reply{}, fetch.ErrRefused
	}
	form, err := url.ParseQuery(string(l.Body))
	e.got <- form
	return fetch.Reply{Status: 200, Body: []byte(`{"redirect_uri":"https://hotel.example/thanks"}`)}, err
}

// askFor is the link of a request for a badge of the practice wallet.
func askFor(vct, claim string) string {
	const to = "https://hotel.example/answer"
	return "openid4vp://?" + url.Values{
		"client_id": {"redirect_uri:" + to}, "response_type": {"vp_token"}, "response_mode": {"direct_post"}, "response_uri": {to}, "nonce": {"n-1"},
		"dcql_query": {`{"credentials":[{"id":"badge","format":"dc+sd-jwt","meta":{"vct_values":["` + vct + `"]},"claims":[{"path":["` + claim + `"]}]}]}`},
	}.Encode()
}

const foodSafety = "https://alpine-college.example/vct/badge"

func answering(t *testing.T, b *bench, link string) *Answer {
	t.Helper()
	a := NewAnswer(b.desk, link)
	t.Cleanup(a.Close)
	b.until(t, "the request", func() bool { return a.Stage == Refusing || a.CanSend })
	return a
}

func TestAnswer(t *testing.T) {
	b := sampleBench(t)
	hotel := employer{got: make(chan url.Values, 1)}
	b.desk.Get = hotel
	a := answering(t, b, askFor(foodSafety, "grade"))
	if a.Fault != nil || a.Proven || len(a.Slots) != 1 || len(a.Slots[0].Options) != 0 {
		t.Fatalf("%+v %+v", a, a.Fault)
	}
	flow := a.Slots[0].Flow
	for _, tick := range flow.Ticks {
		if !tick.Fixed && tick.On != (tick.Path == "/grade") {
			t.Errorf("%s is ticked: %v", tick.Path, tick.On)
		}
	}
	if len(flow.Presets) > 0 || !strings.Contains(flow.Preview.Title, "hotel.example") || flow.Preview.Hidden == 0 {
		t.Errorf("%+v", flow.Preview)
	}
	grade := slices.IndexFunc(flow.Ticks, func(v TickView) bool { return v.Path == "/grade" })
	flow.Tick(grade, false)
	if a.Slots[0].Short == "" || a.CanSend {
		t.Errorf("less than was asked for: %q", a.Slots[0].Short)
	}
	flow.Tick(grade, true)
	b.until(t, "the proof", func() bool { return a.CanSend })
	sent := string(flow.proof.Bytes)
	a.Send()
	b.until(t, "the answer", func() bool { return a.Stage == Answered })
	if form := <-hotel.got; !strings.Contains(form.Get("vp_token"), sent) || a.Next != "https://hotel.example/thanks" || a.Fault != nil {
		t.Errorf("sent %v, next %q", form, a.Next)
	}
	noGaps(t, a.Title, a.Who, a.Sent)
	events, err := b.desk.Wallet.Activity()
	if err != nil || events[0].What != wallet.Shared || events[0].Share.Audience != "hotel.example" {
		t.Errorf("recorded %+v, %v", events[0], err)
	}
	a.Done()
	if at := b.desk.Way.Here().Place; at != AtActivity {
		t.Errorf("at %s", at)
	}
}

func TestAnswerOffline(t *testing.T) {
	b := sampleBench(t)
	before, _ := b.desk.Wallet.Activity()
	a := answering(t, b, askFor(foodSafety, "grade"))
	a.Send()
	b.until(t, "the fault", func() bool { return a.Fault != nil })
	if after, _ := b.desk.Wallet.Activity(); a.Fault.Code != "fetch.offline" || a.Stage != Answering || len(after) != len(before) {
		t.Errorf("%+v, recorded %d", a.Fault, len(after)-len(before))
	}
}

func TestAnswerRefusing(t *testing.T) {
	b := sampleBench(t)
	for name, c := range map[string]struct {
		link, code string
		lacks      int
	}{
		"nothing of that kind":  {askFor("https://example.org/other", "grade"), "answer.impossible", 1},
		"a line that it lacks":  {askFor(foodSafety, "shoe_size"), "answer.impossible", 1},
		"a request that is bad": {strings.Replace(askFor(foodSafety, "grade"), "nonce=", "once=", 1), "request.member", 0},
		"no link":               {"openid4vp://?a=%zz", "link.broken", 0},
	} {
		a := answering(t, b, c.link)
		if a.Fault.Code != c.code || len(a.Lacks) != c.lacks || a.CanSend {
			t.Errorf("%s: %+v %v", name, a.Fault, a.Lacks)
		}
		noGaps(t, append(a.Lacks, a.Fault.Title)...)
	}
}

// TestAnswerInvited: nobody is asked for a request before the learner says so.
func TestAnswerInvited(t *testing.T) {
	b := sampleBench(t)
	a := NewAnswer(b.desk, "openid4vp://?client_id=x&request_uri=https%3A%2F%2Fhotel.example%2Frequest")
	defer a.Close()
	if a.Stage != Invited || a.Host != "hotel.example" {
		t.Fatalf("%s %s", a.Stage, a.Host)
	}
	a.Open()
	b.until(t, "the fault", func() bool { return a.Stage == Refusing })
	if a.Fault.Code != "fetch.offline" {
		t.Errorf("%+v", a.Fault)
	}
	a.Leave()
}

// TestAddHandsARequestOn: a request that is pasted alone leads to its page.
func TestAddHandsARequestOn(t *testing.T) {
	b := sampleBench(t)
	link := askFor(foodSafety, "grade")
	a := NewAdd(b.desk, []Input{TextInput([]byte(link))})
	defer a.Close()
	b.until(t, "the page", func() bool { return b.desk.Way.Here().Place == AtAnswer })
	if got := b.desk.Way.Here().ID; got != link {
		t.Errorf("leads to %q", got)
	}
	two := NewAdd(b.desk, []Input{TextInput([]byte(link + "\n" + link))})
	defer two.Close()
	b.until(t, "the refusals", func() bool { return two.Stage == Reviewing })
	if len(two.Refused) != 2 || two.Refused[0].Fault.Code != "link.request" {
		t.Errorf("%+v", two.Refused)
	}
}
