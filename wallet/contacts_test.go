package wallet

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// telling is a Getter that tells a ledger of its contacts, as the client does.
type telling struct {
	fetch.Getter
	b      *bench
	ledger fetch.Ledger
}

func (g telling) Get(ctx context.Context, url, accept string) (fetch.Page, error) {
	u, err := fetch.Address(url)
	if err != nil {
		return fetch.Page{}, err
	}
	g.ledger.Contact(fetch.Contact{At: g.b.Now(), Host: u.Host, Why: "key"})
	return g.Getter.Get(ctx, url, accept)
}

func TestContacts(t *testing.T) {
	b, k, _ := newRotating(t)
	b.o.Journal = &fetch.Journal{}
	b.o.Verifier.Get = telling{b.o.Verifier.Get, b, b.o.Journal}
	w := b.open()
	add(t, w, signed(t, k, 1))
	ok(t, w.Recheck(context.Background(), nil, nil))
	b.Add(24 * time.Hour)
	ok(t, w.Recheck(context.Background(), nil, nil))
	b.o.Journal.Contact(fetch.Contact{At: b.Now(), Host: "paste.example", Why: "link"})
	w = b.reopen(w)
	var got []string
	for _, c := range must(w.Contacts()) {
		got = append(got, fmt.Sprintf("%s %s %d×%d", c.Host, c.Why, c.First.Day(), c.Count))
	}
	if s := fmt.Sprint(got); s != "[paste.example link 23×1 school.example key 23×1 school.example key 22×2]" {
		t.Errorf("got %s", s)
	}
	heard := 0
	stop := w.Listen(func(Changed) { heard++ })
	ok(t, w.ClearContacts())
	stop()
	w = b.reopen(w)
	if left := must(w.Contacts()); len(left) != 0 || heard != 1 {
		t.Errorf("left %v, heard %d", left, heard)
	}
	sound(t, w)
}

// TestContactsWithoutJournal: a wallet that hears of no contacts has none.
func TestContactsWithoutJournal(t *testing.T) {
	b := newBench(t)
	w := b.open()
	ok(t, w.ClearContacts())
	if got := must(w.Contacts()); got != nil {
		t.Errorf("got %v", got)
	}
}

// TestContactsAreNotLost when the vault can't be written.
func TestContactsAreNotLost(t *testing.T) {
	b := newBench(t)
	b.o.Journal = &fetch.Journal{}
	w := b.open()
	b.o.Journal.Contact(fetch.Contact{At: b.Now(), Host: "a.example"})
	ok(t, w.vault.Close())
	if _, err := w.Contacts(); err == nil || errors.Is(err, fetch.ErrOffline) {
		t.Fatalf("a closed wallet: %v", err)
	}
	if left := b.o.Journal.Take(); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}
