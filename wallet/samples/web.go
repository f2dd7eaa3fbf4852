package samples

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/multi"
)

// Web answers for the made-up schools, and for nobody else: their documents and
// their status lists, which are signed anew for the clock, so that a practice
// wallet stays as it was made however long it lies.
type Web struct {
	Now func() time.Time
}

// Get answers an address of a school. All others could not be reached.
func (w Web) Get(ctx context.Context, address, _ string) (fetch.Page, error) {
	if err := ctx.Err(); err != nil {
		return fetch.Page{}, err
	}
	host, path := hostOf(address)
	s, ok := find(host)
	if !ok {
		return fetch.Page{}, fmt.Errorf("%w: %s is no school of the practice wallet", fetch.ErrUnreachable, address)
	}
	var doc map[string]any
	var err error
	switch {
	case path == "/.well-known/did.json":
		doc, err = s.document()
	case address == s.list() && s.withdrawn != nil:
		doc, err = s.statusList(ctx, w.Now())
	default:
		return fetch.Page{}, fmt.Errorf("%w: %s", fetch.ErrGone, address)
	}
	if err != nil {
		return fetch.Page{}, fmt.Errorf("answer %s: %w", address, err)
	}
	body, err := encode(doc)
	if err != nil {
		return fetch.Page{}, err
	}
	return fetch.Page{URL: address, Body: body, Type: "application/json", AsOf: w.Now()}, nil
}

// entries is the least a list may have, so that an entry hides among many
// (Bitstring Status List 1.0, section 3.3).
const entries = 131072

// statusList makes the school's list of withdrawn badges, good for two days.
func (s school) statusList(ctx context.Context, now time.Time) (map[string]any, error) {
	bits := make([]byte, entries/8)
	for _, i := range s.withdrawn {
		bits[i/8] |= 0x80 >> (i % 8) // the first entry is the leftmost bit
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(bits); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	day := now.UTC().Truncate(24 * time.Hour)
	return s.seal(ctx, suiteNow, stamp(day), map[string]any{
		"@context":   []any{"https://www.w3.org/ns/credentials/v2"},
		"id":         s.list(),
		"type":       []any{"VerifiableCredential", "BitstringStatusListCredential"},
		"issuer":     s.did(),
		"validFrom":  stamp(day),
		"validUntil": stamp(day.AddDate(0, 0, 2)),
		"credentialSubject": map[string]any{
			"id": s.list() + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
			"encodedList": multi.EncodeURL(packed.Bytes()),
		},
	})
}
