package model

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit/issuing"
)

// offered is a wallet on whose internet there is a college, and its offer on the
// review screen.
func offered(t *testing.T, college *issuing.College) (*bench, *Add) {
	t.Helper()
	college.Now = now
	b := ownBench(t)
	b.desk.Get = college
	return b, add(b, TextInput([]byte(issuing.Link)))
}

func TestOfferIsTakenOnlyWhenToldTo(t *testing.T) {
	college := &issuing.College{Offers: []string{issuing.GuestCare, issuing.FirstAid, issuing.Licence}}
	b, a := offered(t, college)
	if a.Stage != Reviewing || len(a.Offers) != 1 || len(a.Drafts)+len(a.Refused) != 0 || a.CanSave || college.Asked(issuing.ID+"/token") != 0 {
		t.Fatalf("%s, %+v, %+v", a.Stage, a.Offers, a.Refused)
	}
	o := a.Offers[0]
	if o.Title != "Alpine College (college.example) offers 2 badges" || !slices.Equal(o.Badges, []string{"Guest care", "First aid"}) || len(o.Left) != 1 || o.Ask != "" || o.Action != "Get these badges" {
		t.Errorf("%+v", o)
	}
	noGaps(t, append(o.Left, a.Title, o.Title)...)
	a.Collect(7)
	a.Collect(0)
	b.until(t, "the badges", func() bool { return a.Stage == Reviewing })
	if len(a.Offers) != 0 || len(a.Drafts) != 2 || len(a.Refused) != 0 || !a.CanSave {
		t.Fatalf("%+v, %d drafts, %+v", a.Offers, len(a.Drafts), a.Refused)
	}
	if rows, err := b.desk.Wallet.Rows(); err != nil || len(rows) != 0 {
		t.Errorf("%d badges were kept unasked, %v", len(rows), err)
	}
	a.Save()
	b.until(t, "the saving", func() bool { return len(b.toasts) == 1 })
	rows, err := b.desk.Wallet.Rows()
	keys, keysErr := b.desk.Wallet.Keys()
	if err != nil || keysErr != nil || len(rows) != 2 || len(keys) != 3 {
		t.Errorf("%d badges with %d keys, %v, %v", len(rows), len(keys), err, keysErr)
	}
}

func TestOfferWithCode(t *testing.T) {
	b, a := offered(t, &issuing.College{PIN: true})
	if len(a.Offers) != 1 || a.Offers[0].Ask != "The issuer gave you a code in another way. Its note: We sent it by e-mail" {
		t.Fatalf("%+v, %+v", a.Offers, a.Refused)
	}
	for code, want := range map[string]string{"": "offer.code-needed", "47": "offer.code-shape", "0000": "offer.wrong-code"} {
		a.SetCode(0, code)
		a.Collect(0)
		b.until(t, "the answer", func() bool { return a.Stage == Reviewing })
		if len(a.Offers) != 1 || a.Offers[0].Fault == nil || a.Offers[0].Fault.Code != want || a.Offers[0].Code != code {
			t.Fatalf("%q: %+v", code, a.Offers)
		}
	}
	a.SetCode(0, issuing.TxPIN)
	a.Collect(0)
	b.until(t, "the badge", func() bool { return a.Stage == Reviewing })
	if len(a.Drafts) != 1 || len(a.Offers) != 0 {
		t.Errorf("%+v, %+v", a.Offers, a.Refused)
	}
}

// TestOfferInPart: what one issuer would not give does not hide what it gave.
func TestOfferInPart(t *testing.T) {
	b, a := offered(t, &issuing.College{Offers: []string{issuing.GuestCare, issuing.FirstAid}, Refuse: func(name string, n int) string {
		if name == "credential" && n == 1 {
			return "credential_request_denied"
		}
		return ""
	}})
	a.Collect(0)
	b.until(t, "the badges", func() bool { return a.Stage == Reviewing })
	if len(a.Drafts) != 1 || len(a.Refused) != 1 || a.Refused[0].Fault.Code != "offer.denied" || a.Refused[0].Name != "Guest care" {
		t.Errorf("%d drafts, %+v", len(a.Drafts), a.Refused)
	}
	a.Discard()
	if a.Stage != Asking || len(a.Drafts)+len(a.Offers) != 0 {
		t.Errorf("%+v", a)
	}
}

// TestOfferThatCantBeTaken has words, and no button.
func TestOfferThatCantBeTaken(t *testing.T) {
	_, a := offered(t, &issuing.College{Offers: []string{issuing.Licence}})
	if len(a.Offers) != 0 || len(a.Refused) != 1 || a.Refused[0].Fault.Code != "offer.unreadable" {
		t.Errorf("%+v, %+v", a.Offers, a.Refused)
	}
	noGaps(t, a.Refused[0].Fault.Title, a.Refused[0].Fault.Why)
}

// TestOfferOffline: with online checks switched off nobody is asked.
func TestOfferOffline(t *testing.T) {
	college := &issuing.College{Now: now}
	var open atomic.Bool
	shut := gate{college, &open}
	if _, err := fetch.Send(context.Background(), shut, fetch.Letter{URL: issuing.ID + "/nonce"}); !errors.Is(err, fetch.ErrOffline) || college.Asked(issuing.ID+"/nonce") != 0 {
		t.Error(err)
	}
	open.Store(true)
	if r, err := fetch.Send(context.Background(), shut, fetch.Letter{URL: issuing.ID + "/nonce"}); err != nil || !r.Good() {
		t.Error(r, err)
	}
}
