package wallet

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Limits of the documents kept with an item.
const (
	maxPage     = 2 << 20 // bytes of one document
	maxPages    = 50      // documents of one check
	maxVersions = 8       // earlier versions of one document
	maxPast     = 400     // earlier documents in all
)

// pageRef names a document in the bucket pages: what an address answered.
type pageRef struct {
	URL    string    `json:"url"`
	Type   string    `json:"type,omitempty"`
	From   string    `json:"from,omitempty"` // who answered, where the address sent us on
	AsOf   time.Time `json:"asOf,omitzero"`
	Last   time.Time `json:"last,omitzero"`    // of an earlier document: when it was last the same
	Digest string    `json:"digest,omitempty"` // empty when it was too large to keep
}

// same says whether two refs are one version of one document.
func (p pageRef) same(q pageRef) bool {
	return p.URL == q.URL && p.Digest == q.Digest && p.From == q.From
}

// refs names the documents of a check, and gives those that are to be kept, by
// their digests.
func refs(evidence []fetch.Page) (out []pageRef, bodies map[string][]byte) {
	bodies = map[string][]byte{}
	for _, p := range evidence[:min(len(evidence), maxPages)] {
		ref := pageRef{URL: p.URL, Type: p.Type, From: p.From, AsOf: p.AsOf}
		if len(p.Body) <= maxPage {
			ref.Digest = digest(p.Body)
			bodies[ref.Digest] = p.Body
		}
		out = append(out, ref)
	}
	return out, bodies
}

// named lists the digests a report names, as often as it does.
func (r report) named() []string {
	var out []string
	for _, p := range slices.Concat(r.Pages, r.Past) {
		if p.Digest != "" {
			out = append(out, p.Digest)
		}
	}
	return out
}

// recount keeps the count of how often documents are named in step with a report
// that names others than before. It writes only what changes: most checks find what
// the last one found.
func recount(tx *vault.Tx, before, after []string, bodies map[string][]byte) error {
	change := map[string]int{}
	for _, d := range before {
		change[d]--
	}
	for _, d := range after {
		change[d]++
	}
	for _, d := range slices.Sorted(maps.Keys(change)) {
		if change[d] == 0 {
			continue
		}
		if err := name(tx, d, change[d], bodies[d]); err != nil {
			return err
		}
	}
	return nil
}

// name adds to the count of a document, which is put there with the first and goes
// with the last.
func name(tx *vault.Tx, digest string, by int, body []byte) error {
	n, err := uses(tx, digest)
	if err != nil {
		return err
	}
	if n+by <= 0 {
		return errors.Join(tx.Delete(bucketUses, digest), tx.Delete(bucketPages, digest))
	}
	if n == 0 && body != nil {
		if err := tx.Put(bucketPages, digest, body); err != nil {
			return err
		}
	}
	return putJSON(tx, bucketUses, digest, n+by)
}

func uses(tx *vault.Tx, digest string) (n int, err error) {
	err = getJSON(tx, bucketUses, digest, &n)
	if errors.Is(err, vault.ErrNone) || fault.Code(err) == "vault.record" {
		return 0, nil
	}
	return n, err
}

// earlier gives what an item keeps of the checks before the last one: each version
// of each document once, with the first and the last day it was seen. A check that
// is repeated later must not throw away what an earlier one rested on: issuers
// change their keys, and their sites come to an end.
func earlier(last report) []pageRef {
	past := slices.Clone(last.Past)
	for _, p := range last.Pages {
		if p.Digest == "" {
			continue
		}
		i := slices.IndexFunc(past, p.same)
		if i < 0 {
			past = append(past, pageRef{URL: p.URL, Type: p.Type, From: p.From, AsOf: p.AsOf, Last: p.AsOf, Digest: p.Digest})
			continue
		}
		if p.AsOf.Before(past[i].AsOf) {
			past[i].AsOf = p.AsOf
		}
		if p.AsOf.After(past[i].Last) {
			past[i].Last = p.AsOf
		}
	}
	return thin(past)
}

// thin bounds what is kept: of each document the first version and the latest ones.
func thin(past []pageRef) []pageRef {
	slices.SortStableFunc(past, func(a, b pageRef) int { return a.AsOf.Compare(b.AsOf) })
	versions := map[string]int{}
	for _, p := range past {
		versions[p.URL]++
	}
	seen := map[string]int{}
	past = slices.DeleteFunc(past, func(p pageRef) bool {
		seen[p.URL]++
		return seen[p.URL] > 1 && versions[p.URL]-seen[p.URL] >= maxVersions-1
	})
	if len(past) <= maxPast {
		return past
	}
	slices.SortStableFunc(past, func(a, b pageRef) int { return cmp.Or(b.Last.Compare(a.Last), a.AsOf.Compare(b.AsOf)) })
	return past[:maxPast]
}

// archive gives all documents that the checks of an item relied on, as far as they
// are not of later than until.
func (r report) archive(tx *vault.Tx, until time.Time) *fetch.Archive {
	var pages []fetch.Page
	add := func(ref pageRef, at time.Time) {
		if at.After(until) {
			return
		}
		if p, ok := ref.page(tx); ok {
			p.AsOf = at
			pages = append(pages, p)
		}
	}
	for _, ref := range r.Past {
		add(ref, ref.AsOf)
		if ref.Last.After(ref.AsOf) {
			add(ref, ref.Last)
		}
	}
	for _, ref := range r.Pages {
		add(ref, ref.AsOf)
	}
	return fetch.NewArchive(pages)
}

// page reads a document; one that can't be read any more comes without its body.
func (p pageRef) page(tx *vault.Tx) (fetch.Page, bool) {
	out := fetch.Page{URL: p.URL, Type: p.Type, AsOf: p.AsOf, From: p.From}
	body, err := tx.Get(bucketPages, p.Digest)
	if p.Digest == "" || err != nil {
		return out, false
	}
	out.Body = body
	return out, true
}

// pages gives the documents the last check relied on.
func (r report) pages(tx *vault.Tx) []fetch.Page {
	var out []fetch.Page
	for _, ref := range r.Pages {
		p, _ := ref.page(tx)
		out = append(out, p)
	}
	return out
}

// history gives what the checks of an item relied on until a time; of an item
// that is not there, or whose report can't be read any more, nothing.
func (w *Wallet) history(id string, until time.Time) (*fetch.Archive, error) {
	var out *fetch.Archive
	err := w.vault.View(func(tx *vault.Tx) error {
		r, err := getReport(tx, id)
		if errors.Is(err, vault.ErrNone) || fault.Code(err) == "vault.record" {
			return nil
		}
		out = r.archive(tx, until)
		return err
	})
	return out, err
}

// complete puts in place what c names only by its address, as the checks of the
// item found it last. Most credentials carry everything themselves.
func (r report) complete(tx *vault.Tx, c *vc.Credential) *vc.Credential {
	archive := sync.OnceValue(func() *fetch.Archive { return r.archive(tx, forever) })
	return verify.Complete(context.Background(), lazily(archive), c)
}

// forever is later than any check.
var forever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// lazily is an archive that is read when it is asked for the first time.
type lazily func() *fetch.Archive

// Get answers the latest there is.
func (l lazily) Get(ctx context.Context, url, accept string) (fetch.Page, error) {
	return l().At(forever).Get(ctx, url, accept)
}
