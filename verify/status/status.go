// Package status reads status lists: the published lists by which issuers take
// credentials back. It turns a status entry into what to look up, and a list's
// decoded claims into what it says at that place.
//
// It fetches nothing and checks no signature: whether a list may be believed is
// judged by package verify. Start at ParseEntry and Entry.Look.
package status

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// Kind is a family of status lists.
type Kind string

// The families that are read.
const (
	Bitstring Kind = "bitstring" // Bitstring Status List 1.0
	List2021  Kind = "list2021"  // StatusList2021, its draft
	List2020  Kind = "list2020"  // RevocationList2020
	Token     Kind = "token"     // Token Status List (IETF)
	OneEdTech Kind = "1edtech"   // 1EdTech revocation list (Open Badges 3.0, section 9.4 as of 1.2)
	OpenBadge Kind = "openbadge" // revocation list of an issuer of Open Badges 1 or 2
)

// Sealed says whether lists of this kind are credentials themselves, of many
// entries among which one hides.
func (k Kind) Sealed() bool { return k == Bitstring || k == List2021 || k == List2020 }

// What may be wrong with an entry or a list. None of them is ever good news.
var (
	ErrKind     = errors.New("kind of status list not supported")
	ErrEntry    = errors.New("status entry not well formed")
	ErrType     = errors.New("not a status list of the kind the entry names") // STATUS_VERIFICATION_ERROR
	ErrPurpose  = errors.New("list serves another purpose")                   // STATUS_VERIFICATION_ERROR
	ErrEncoding = errors.New("list not encoded as its standard says")
	ErrTooLarge = errors.New("list too large")
	ErrRange    = errors.New("list has no such index") // RANGE_ERROR
)

// The purposes that take a credential back.
const (
	Revocation = "revocation"
	Suspension = "suspension"
)

// MinEntries is how many entries a list should have at least, so that an entry
// hides among others (Bitstring Status List 1.0, section 3.4). Deployed lists
// are shorter; saying so is up to the caller.
const MinEntries = 131072

// maxSize bounds the bits of one entry.
const maxSize = 32

// Entry is one status entry, understood.
type Entry struct {
	Kind     Kind
	List     string // the address of the list
	Purpose  string // "revocation" where none is stated: the cautious reading
	Index    uint64
	Size     uint              // bits of one value
	Messages map[uint64]string // what the values mean, where the entry says so
}

// Answer is what a list says at an entry's index.
type Answer struct {
	Value   uint64 // 0 is the good one, in every kind
	Entries uint64 // how many entries the list has
	Message string // what the value means, where entry or list says so
}

// entryKinds maps the types of status entries to kinds of lists.
var entryKinds = map[string]Kind{
	"BitstringStatusListEntry": Bitstring,
	"StatusList2021Entry":      List2021,
	"RevocationList2020Status": List2020,
	"RevocationList2021Status": List2021, // an early name of StatusList2021Entry for revocation
	"1EdTechRevocationList":    OneEdTech,
	"TokenStatusList":          Token,
	"RevocationList":           OpenBadge,
}

// Names lists the types of status entries that are understood, sorted.
func Names() []string { return slices.Sorted(maps.Keys(entryKinds)) }

// ParseEntry understands a status entry. ErrKind: its kind of list is not read
// here; ErrEntry: it does not say where to look.
func ParseEntry(ref vc.StatusRef) (Entry, error) {
	kind, ok := entryKinds[ref.Type]
	for _, other := range texts(ref.Doc["type"]) { // in JSON-LD their order means nothing
		if !ok {
			kind, ok = entryKinds[other]
		}
	}
	if !ok {
		return Entry{}, fmt.Errorf("%w: %q", ErrKind, ref.Type)
	}
	e := Entry{Kind: kind, List: ref.List, Purpose: ref.Purpose, Size: 1}
	if e.Purpose == "" && ref.Doc["statusPurpose"] != nil {
		return Entry{}, fmt.Errorf("%w: purpose is not a text", ErrEntry)
	}
	if e.Purpose == "" {
		e.Purpose = Revocation
	}
	if kind == OneEdTech || kind == OpenBadge { // which have no places
		return e.orID(ref)
	}
	var err error
	if e.Index, err = index(ref); err != nil {
		return Entry{}, err
	}
	if e.Size, err = size(ref.Size); err != nil {
		return Entry{}, err
	}
	e.Messages = messages(ref.Doc["statusMessage"])
	return e.addressed()
}

// orID: the address of a 1EdTech list is the id of its entry.
func (e Entry) orID(ref vc.StatusRef) (Entry, error) {
	if e.List == "" {
		e.List = ref.ID
	}
	return e.addressed()
}

func (e Entry) addressed() (Entry, error) {
	switch {
	case e.List == "":
		return Entry{}, fmt.Errorf("%w: no list named", ErrEntry)
	case strings.HasPrefix(e.List, "did:"):
		return Entry{}, fmt.Errorf("%w: a list behind a DID service", ErrKind)
	}
	return e, nil
}

// index reads the index as it was written: a string of digits in Bitstring Status
// List 1.0, a number in real data; a whole number either way.
func index(ref vc.StatusRef) (uint64, error) {
	written := ref.Index
	if written == "" {
		written = text(ref.Doc["revocationListIndex"]) // RevocationList2020's name for it
	}
	n, err := strconv.ParseUint(written, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("%w: index %q", ErrEntry, written)
	}
	return n, nil
}

func size(written string) (uint, error) {
	if written == "" {
		return 1, nil
	}
	n, err := strconv.ParseUint(written, 10, 16)
	if err != nil || n == 0 || n > maxSize {
		return 0, fmt.Errorf("%w: size %q", ErrEntry, written)
	}
	return uint(n), nil
}

// messages reads statusMessage: what each value means, under values written as
// "0x2" (Bitstring Status List 1.0, section 2.1). What does not fit is left out.
func messages(v any) map[uint64]string {
	list, _ := v.([]any)
	out := map[uint64]string{}
	for _, el := range list {
		m, _ := el.(map[string]any)
		n, err := strconv.ParseUint(strings.TrimPrefix(text(m["status"]), "0x"), 16, 64)
		if message, ok := m["message"].(string); ok && err == nil {
			out[n] = message
		}
	}
	return out
}

// message says what a value means; the entry's own words go before the list's.
func (e Entry) message(value uint64, list map[uint64]string) string {
	all := maps.Clone(list)
	maps.Copy(all, e.Messages)
	return all[value]
}

// text gives a string or a number as it was written, and "" for anything else.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case fmt.Stringer: // json.Number
		return v.String()
	}
	return ""
}
