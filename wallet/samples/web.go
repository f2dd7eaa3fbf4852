package samples

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
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
	body, err := s.page(ctx, path, w.Now())
	if err != nil {
		return fetch.Page{}, fmt.Errorf("answer %s: %w", address, err)
	}
	return fetch.Page{URL: address, Body: body, Type: "application/json", AsOf: w.Now()}, nil
}

// Pages gives what the schools publish, by host and path, such as
// "roast.example/.well-known/did.json": a mirror for those who check by files.
func Pages(ctx context.Context, now time.Time) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, s := range schools {
		for _, path := range []string{didPath, listPath} {
			body, err := s.page(ctx, path, now)
			if errors.Is(err, fetch.ErrGone) {
				continue
			}
			if err != nil {
				return nil, err
			}
			out[s.host+path] = body
		}
	}
	return out, nil
}

const (
	didPath  = "/.well-known/did.json" // did:web, "Read (Resolve)"
	listPath = "/status/1"
)

func (s school) page(ctx context.Context, path string, now time.Time) ([]byte, error) {
	var doc map[string]any
	var err error
	switch {
	case path == didPath:
		doc, err = s.document()
	case path == listPath && s.withdrawn != nil:
		doc, err = s.statusList(ctx, now)
	default:
		return nil, fetch.ErrGone
	}
	if err != nil {
		return nil, err
	}
	return encode(doc)
}

// entries is the least a list may have, so that an entry hides among many
// (Bitstring Status List 1.0, section 3.3).
const entries = 131072

// statusList makes the school's list of withdrawn badges. It has no end: a
// mirror of it may lie long.
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
		"@context":  []any{"https://www.w3.org/ns/credentials/v2"},
		"id":        s.list(),
		"type":      []any{"VerifiableCredential", "BitstringStatusListCredential"},
		"issuer":    s.did(),
		"validFrom": stamp(day),
		"credentialSubject": map[string]any{
			"id": s.list() + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
			"encodedList": multi.EncodeURL(packed.Bytes()),
		},
	})
}
