package wallet

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Rows lists the items, newest first. It touches no disk. Tags and Skills of a row
// are not to be changed.
func (w *Wallet) Rows() ([]Row, error) {
	now := w.o.Now()
	order := w.sorted()
	w.mu.RLock()
	defer w.mu.RUnlock()
	out := make([]Row, 0, len(order))
	for _, id := range order {
		if h, ok := w.heads[id]; ok {
			out = append(out, h.row(id, now))
		}
	}
	return out, nil
}

// sorted gives the ids, newest first; those added at the same time by name.
func (w *Wallet) sorted() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.order == nil {
		w.order = slices.SortedFunc(maps.Keys(w.heads), func(a, b string) int {
			x, y := w.heads[a], w.heads[b]
			return cmp.Or(y.added.Compare(x.added), cmp.Compare(x.name, y.name), cmp.Compare(a, b))
		})
	}
	return w.order
}

// Item reads one item, also one in the bin. Fault wallet.no-item when there is
// none, vault.record when it can't be read any more.
func (w *Wallet) Item(id string) (Item, error) {
	var out Item
	err := w.vault.View(func(tx *vault.Tx) error {
		it, err := getItem(tx, id)
		if err != nil {
			return err
		}
		c, err := it.read(id, w.Languages()...)
		if err != nil {
			return err
		}
		r, err := getReport(tx, id)
		if err != nil && !errors.Is(err, vault.ErrNone) && fault.Code(err) != "vault.record" {
			return err
		}
		now := w.o.Now()
		c = r.complete(tx, c)
		h := headOf(c, it, r)
		out = Item{
			Row: h.row(id, now), Credential: c, Report: current(r.Report, c, now),
			Source: it.Source, Evidence: r.pages(tx),
		}
		return nil
	})
	return out, err
}

// Limits of what the learner writes to an item.
const (
	maxNote = 4000 // letters
	maxTags = 30
	maxTag  = 60 // letters
)

// Tag replaces the tags of an item: trimmed, each once, at most thirty.
func (w *Wallet) Tag(id string, tags []string) error {
	var clean []string
	for _, t := range tags {
		t = strings.Join(strings.Fields(t), " ")
		if r := []rune(t); len(r) > maxTag {
			t = string(r[:maxTag])
		}
		if t != "" && !slices.Contains(clean, t) && len(clean) < maxTags {
			clean = append(clean, t)
		}
	}
	return w.edit(id, Tagged, func(it *item) { it.Tags = clean })
}

// Note replaces the note of an item. Fault wallet.note-too-long.
func (w *Wallet) Note(id, text string) error {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "\uFFFD")
	if n := utf8.RuneCountInString(text); n > maxNote {
		return fault.New("wallet.note-too-long", "count", strconv.Itoa(n), "limit", strconv.Itoa(maxNote))
	}
	return w.edit(id, Noted, func(it *item) { it.Note = text })
}

// edit changes what the learner wrote to an item. What changes nothing is no act.
func (w *Wallet) edit(id, what string, change func(*item)) error {
	return w.act(func(tx *vault.Tx, done changes) error {
		it, err := listed(tx, id)
		if err != nil {
			return err
		}
		before := prior{it.Tags, it.Note}
		change(&it)
		if it.Note == before.Note && slices.Equal(it.Tags, before.Tags) {
			return nil
		}
		if err := w.rewrite(tx, id, it, done); err != nil {
			return err
		}
		e := &entry{Event: Event{What: what, Items: []string{id}}, Before: map[string]prior{id: before}}
		e.describe(done)
		return w.write(tx, e)
	})
}

// listed reads an item that is in the list, not in the bin.
func listed(tx *vault.Tx, id string) (item, error) {
	it, err := getItem(tx, id)
	if err != nil {
		return it, err
	}
	if _, err := tx.Get(bucketHeads, id); errors.Is(err, vault.ErrNone) {
		return it, fault.Wrap(err, "wallet.no-item", "id", id)
	}
	return it, nil
}

// rewrite writes an item and the two members of its head that come from the
// learner.
func (w *Wallet) rewrite(tx *vault.Tx, id string, it item, done changes) error {
	h, err := w.getHead(tx, id)
	if err != nil {
		return err
	}
	h.tags, h.note = it.Tags, it.Note
	return errors.Join(putItem(tx, id, it), putHead(tx, id, h, done))
}

// getHead reads a head, or makes it anew.
func (w *Wallet) getHead(tx *vault.Tx, id string) (head, error) {
	b, err := tx.Get(bucketHeads, id)
	if err == nil {
		if h, err := decodeHead(b); err == nil {
			return h, nil
		}
	}
	return remake(tx, id, w.Languages())
}

// Picture gives the picture inside an item, and its media type. No bytes and no
// error mean that there is none, or only its address.
func (w *Wallet) Picture(id string) (picture []byte, mediaType string, err error) {
	it, err := w.Item(id)
	if err != nil {
		return nil, "", err
	}
	picture, mediaType = pictureOf(it.Credential)
	return picture, mediaType, nil
}
