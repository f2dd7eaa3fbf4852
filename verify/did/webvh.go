package did

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// What resolving a did:webvh may answer beside the errors of every method.
var (
	ErrHistory = fmt.Errorf("%w: its history does not hold", ErrDocument) // forged, broken, or against the rules
	ErrWitness = fmt.Errorf("%w: witness proofs missing", ErrHistory)     // it holds, and its witnesses did not say so
	ErrMoved   = fmt.Errorf("%w: it has moved to another address", ErrDocument)
)

// fetchWebVH reads the log of a did:webvh and replays it (did:webvh 1.0, section
// "Read (Resolve)"): every entry must follow from the one before it. One that does
// not makes the whole DID unusable, whatever later entries say. The document is
// the last one; of a deactivated DID it lists no key for anything.
func fetchWebVH(ctx context.Context, get fetch.Getter, did, id string) (Document, error) {
	at, err := webvhPlace(id)
	if err != nil {
		return Document{}, err
	}
	page, err := ask(ctx, get, at.folder+"/did.jsonl", "text/jsonl")
	if err != nil {
		return Document{}, err
	}
	h, err := replay(ctx, page.Body, page.AsOf)
	if err != nil {
		return Document{}, err
	}
	if err := h.belongsTo(did, at.scid); err != nil {
		return Document{}, err
	}
	if err := h.attested(ctx, get, at.folder); err != nil {
		return Document{}, err
	}
	doc, err := h.document()
	doc.AsOf = page.AsOf
	return doc, err
}

// place is where a did:webvh says its log is.
type place struct {
	scid   string
	folder string // the address without its last segment
}

// scidForm is a SHA-256 multihash in base58btc, as the method's ABNF has it.
var scidForm = regexp.MustCompile(`^Qm[1-9A-HJ-NP-Za-km-z]{44}$`)

// webvhPlace reads a method-specific id. The rules for host and path are those of
// did:web; besides, the host has a dot and the port's colon is written %3A in one
// way only (did:webvh 1.0, section "Method-Specific Identifier").
func webvhPlace(id string) (place, error) {
	scid, rest, ok := strings.Cut(id, ":")
	host, _, _ := strings.Cut(rest, ":")
	if !ok || !scidForm.MatchString(scid) || !strings.Contains(host, ".") || strings.Contains(host, "%3a") {
		return place{}, fmt.Errorf("%w: did:webvh:%.80q", ErrInvalid, id)
	}
	address, err := webAddress(rest)
	if err != nil {
		return place{}, err
	}
	return place{scid: scid, folder: strings.TrimSuffix(address, "/did.json")}, nil
}

// webvhID takes the method-specific id out of a did:webvh.
func webvhID(did string) (place, error) {
	method, id, ok := syntax(did)
	if len(did) > maxDID || !ok || method != "webvh" {
		return place{}, fmt.Errorf("%w: %.80q", ErrInvalid, did)
	}
	return webvhPlace(id)
}

// belongsTo says whether the log is that of did, and still is under that name.
func (h *history) belongsTo(did, scid string) error {
	switch {
	case h.scid != scid:
		return fmt.Errorf("%w: it is the history of %s", ErrHistory, h.scid)
	case h.last().name == did:
		return nil
	}
	for _, v := range h.versions {
		if v.name == did {
			return fmt.Errorf("%w: %s", ErrMoved, h.last().name)
		}
	}
	return fmt.Errorf("%w: it belongs to %q", ErrHistory, h.last().name)
}

// document gives the document of the last version.
func (h *history) document() (Document, error) {
	raw, err := json.Marshal(h.last().state)
	if err != nil {
		return Document{}, errors.Join(ErrDocument, err)
	}
	doc, err := Parse(raw)
	doc.Version, doc.Deactivated, doc.history = h.last().id, h.rules.deactivated, h
	return doc, err
}

// maxFormer bounds the earlier versions that are looked at for a key.
const maxFormer = 200

// Former finds a method that the document has no longer, and that an earlier
// version of it listed for a purpose, with the time until which it did. Only a DID
// that keeps its history can tell.
func (d Document) Former(url, purpose string) (Method, time.Time, bool) {
	if d.history == nil || d.Deactivated {
		return Method{}, time.Time{}, false
	}
	all := d.history.versions
	for i := len(all) - 2; i >= max(0, len(all)-maxFormer); i-- {
		raw, err := json.Marshal(all[i].state)
		if err != nil {
			continue
		}
		then, err := Parse(raw)
		if m, ok := then.Method(url); err == nil && ok && m.Key.Public != nil && slices.Contains(m.Purposes, purpose) {
			return m, all[i+1].time, true
		}
	}
	return Method{}, time.Time{}, false
}
