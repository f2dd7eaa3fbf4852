package wallet

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Review reads raw and checks each credential in it; nothing is kept. Each row of
// a report is handed to seen, which may be nil, as soon as it is found, with the
// number of its credential, from the calling goroutine. When ctx ends, the drafts
// that were finished come with its error. source is shown to the learner again, as a
// file's name.
func (w *Wallet) Review(ctx context.Context, raw []byte, source string, seen func(n int, c check.Check)) ([]Draft, error) {
	return w.ReviewBound(ctx, raw, source, nil, seen)
}

// ReviewBound is Review of what an issuer was asked for, which may be bound to the
// spare keys that were made for it.
func (w *Wallet) ReviewBound(ctx context.Context, raw []byte, source string, spare []Spare, seen func(n int, c check.Check)) ([]Draft, error) {
	found, err := verify.Read(raw, w.Languages()...)
	if err != nil {
		return nil, err
	}
	var out []Draft
	for n, c := range found {
		d := Draft{Credential: c, Source: source, spare: binding(c, spare)}
		d.ID, d.raw = standing(c, len(found), raw)
		d.Report, d.evidence, err = w.verify(ctx, d.ID, c, d.spare, func(row check.Check) {
			if seen != nil {
				seen(n, row)
			}
		})
		if ended := ctx.Err(); ended != nil {
			return out, ended
		}
		if err != nil {
			return out, err
		}
		w.mu.RLock()
		_, d.Known = w.heads[d.ID]
		w.mu.RUnlock()
		out = append(out, d)
	}
	return out, w.noteContacts()
}

// standing gives the id of a credential that was found in raw with others (of in
// all), and what is to be kept: what was received of it, when that can be read
// alone, so that the same credential is the same item whatever it came with.
func standing(c *vc.Credential, of int, raw []byte) (id string, kept []byte) {
	if of == 1 && bytes.Equal(c.Raw, raw) {
		return digest(raw), raw
	}
	alone, err := verify.Read(c.Raw)
	if err == nil && len(alone) == 1 && bytes.Equal(alone[0].Sealed, c.Sealed) {
		return digest(c.Raw), c.Raw
	}
	return identify(c, of), raw
}

// Checker gives a verifier for what others show: v with the issuers the learner
// trusts, the lists and chains they use, and the languages they read. It may read large lists.
func (w *Wallet) Checker(v verify.Verifier) verify.Verifier { return w.using(v, w.o.Now()) }

// using gives v with whom the learner trusts and asks, as of a day.
func (w *Wallet) using(v verify.Verifier, day time.Time) verify.Verifier {
	o := w.owned()
	if v.Get == nil {
		v.Get = fetch.Offline{}
	}
	v.Languages, v.Issuers = w.Languages(), slices.Concat(v.Issuers, o.trusted)
	v.Lists = o.lists.registries(v.Lists)
	v.EU = slices.Concat(v.EU, w.european(o.lists, day))
	v.Chains = slices.Concat(v.Chains, o.providers())
	return v
}

// judge gives the verifier of a day for what is the learner's own.
func (w *Wallet) judge(day time.Time) *verify.Verifier {
	v := w.using(*w.o.Verifier, day)
	v.Own = w.owned().verifier()
	return &v
}

// verify judges the credential of an item, which need not be there yet, and gives
// the documents that were asked for. It is judged as if the spare keys were the
// wallet's.
func (w *Wallet) verify(ctx context.Context, id string, c *vc.Credential, spare []Spare, seen func(check.Check)) (check.Report, []fetch.Page, error) {
	now := w.o.Now()
	v := w.judge(now)
	for _, s := range spare {
		v.Own.Keys, v.Own.DIDs = append(v.Own.Keys, s.Key()), append(v.Own.DIDs, s.DIDs()...)
	}
	var failed error
	v.History = sync.OnceValue(func() (past *fetch.Archive) { // seldom needed, and much to read
		past, failed = w.history(id, now)
		return past
	})
	rec := fetch.NewRecorder(v.Get)
	v.Get = rec
	r := v.Verify(ctx, c, seen)
	return r, rec.Pages(), failed
}

// portion is how many items one transaction takes: large enough to share the
// disk's waiting, small enough to stay quick.
const portion = 100

// Keep keeps drafts and gives the ids of their items. Up to a hundred are one
// transaction; more are kept a hundred at a time, and on an error or the end of
// ctx the ids of those that are kept come with it. One that the wallet has
// already stays the same item, with the new check; one from the bin comes back.
// All of one call are one act for Undo. The keys that drafts are bound to become the
// wallet's, and stay so.
func (w *Wallet) Keep(ctx context.Context, drafts []Draft) ([]string, error) {
	ids, err := w.keepAll(ctx, drafts)
	if len(ids) > 0 && slices.ContainsFunc(drafts[:len(ids)], func(d Draft) bool { return len(d.spare) > 0 }) {
		err = errors.Join(err, w.settle(func(*vault.Tx) error { return nil }))
	}
	return ids, err
}

func (w *Wallet) keepAll(ctx context.Context, drafts []Draft) ([]string, error) {
	var ids []string
	e := entry{Event: Event{What: Added}}
	for part := range slices.Chunk(drafts, portion) {
		if err := ctx.Err(); err != nil {
			return ids, err
		}
		next := e // only what is committed may stay
		err := w.act(func(tx *vault.Tx, done changes) error { return w.keep(tx, part, &next, done) })
		if err != nil {
			return ids, err
		}
		e = next
		for _, d := range part {
			ids = append(ids, d.ID)
		}
	}
	return ids, nil
}

// keep keeps one portion and writes what it added to the event e.
func (w *Wallet) keep(tx *vault.Tx, part []Draft, e *entry, done changes) error {
	for _, d := range part {
		fresh, err := w.keepOne(tx, d, done)
		if err != nil {
			return err
		}
		if fresh {
			e.Items = append(e.Items, d.ID)
		}
	}
	if len(e.Items) == 0 {
		return nil
	}
	e.describe(done)
	return w.write(tx, e)
}

// keepOne writes one draft and says whether the list got longer by it.
func (w *Wallet) keepOne(tx *vault.Tx, d Draft, done changes) (fresh bool, err error) {
	it, err := getItem(tx, d.ID)
	switch {
	case errors.Is(err, vault.ErrNone) || fault.Code(err) == "vault.record": // a damaged one is written anew
		it = item{Source: d.Source, Added: w.o.Now(), Raw: d.raw}
	case err != nil:
		return false, err
	}
	_, err = tx.Get(bucketHeads, d.ID)
	fresh = errors.Is(err, vault.ErrNone)
	if fresh {
		it.Added, it.Source = w.o.Now(), d.Source
	}
	if err := errors.Join(w.adopt(tx, d), putItem(tx, d.ID, it), tx.Delete(bucketBin, d.ID)); err != nil {
		return false, err
	}
	return fresh, w.judged(tx, d.ID, d.Credential, it, d.Report, d.evidence, done)
}

// judged writes the report of an item, and its head.
func (w *Wallet) judged(tx *vault.Tx, id string, c *vc.Credential, it item, r check.Report, evidence []fetch.Page, done changes) error {
	last, err := getReport(tx, id)
	if err != nil && !errors.Is(err, vault.ErrNone) && fault.Code(err) != "vault.record" {
		return err
	}
	good := last.Good
	if r.Verdict() == check.Verified {
		good = r.At
	}
	next, err := putReport(tx, id, last, r, evidence, good)
	if err != nil {
		return err
	}
	if err := noteLists(tx, r); err != nil {
		return err
	}
	h, languages := headOf(c, it, next), w.Languages() // which may be others than when c was read
	if len(c.Languages)+len(languages) > 0 {           // what is compared is read as everybody reads it
		if h, err = headIn(tx, id, it, next, languages); err != nil {
			return err
		}
	}
	return putHead(tx, id, h, done)
}

func putHead(tx *vault.Tx, id string, h head, done changes) error {
	done[id] = &h
	return tx.Put(bucketHeads, id, encodeHead(h))
}

// describe fills in what the words of an event need.
func (e *entry) describe(heads changes) {
	e.Args = maps.Clone(e.Args)
	if e.Args == nil {
		e.Args = map[string]string{}
	}
	e.Args["count"] = strconv.Itoa(len(e.Items))
	if h := heads[e.Items[0]]; h != nil && e.Args["name"] == "" {
		e.Args["name"] = h.title()
	}
}
