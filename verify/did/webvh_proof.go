package did

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/strict"
)

// logSuite is the one cryptosuite of did:webvh 1.0.
const logSuite = "eddsa-jcs-2022"

// Limits for the proofs of a log.
const (
	maxEntryProofs   = 20
	maxWitnessProofs = 5000 // of a whole witness file
)

// signedBy demands that an entry has a proof, and that each of its proofs is by
// one of keys.
func signedBy(ctx context.Context, doc map[string]any, keys []string) error {
	proofs, ok := proof.Proofs(doc)
	if !ok || len(proofs) == 0 || len(proofs) > maxEntryProofs {
		return fmt.Errorf("%w: not signed as it should be", ErrHistory)
	}
	for _, p := range proofs {
		key, err := sealedWith(ctx, doc, p)
		if err != nil {
			return err
		}
		if !slices.Contains(keys, key) {
			return fmt.Errorf("%w: signed by a key that may not", ErrHistory)
		}
	}
	return nil
}

// sealedWith checks one proof over doc and gives the multikey it was made with.
// Its verification method is a did:key, whose two halves must name the same key:
// where they differ, which of them signed is anybody's choice.
func sealedWith(ctx context.Context, doc, p map[string]any) (string, error) {
	method, _ := p["verificationMethod"].(string)
	body, fragment, _ := strings.Cut(method, "#")
	key, isKey := strings.CutPrefix(body, "did:key:")
	suite, known := proof.Lookup(logSuite)
	if !isKey || key != fragment || !known || proof.Name(p) != logSuite || p["proofPurpose"] != Assertion {
		return "", fmt.Errorf("%w: a proof of another kind", ErrHistory)
	}
	pub, err := multi.DecodeKey(key)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrHistory, err)
	}
	if err := proof.Verify(ctx, suite, doc, p, jose.Key{Public: pub}); err != nil {
		return "", fmt.Errorf("%w: %w", ErrHistory, err)
	}
	return key, nil
}

// attested asks for the word of the witnesses where versions need it (section
// "Verifying Witness Proofs During Resolution"): a threshold of those in force
// must have signed that version or a later one.
func (h *history) attested(ctx context.Context, get fetch.Getter, folder string) error {
	if !slices.ContainsFunc(h.versions, func(v version) bool { return v.needs.threshold > 0 }) {
		return nil
	}
	page, err := ask(ctx, get, folder+"/did-witness.json", "application/json")
	if errors.Is(err, fetch.ErrGone) {
		return fmt.Errorf("%w: %w", ErrWitness, err)
	}
	if err != nil {
		return err
	}
	upTo, err := h.heard(ctx, page.Body)
	if err != nil {
		return err
	}
	for i, v := range h.versions {
		n := 0
		for _, key := range v.needs.keys {
			if upTo[key] > i {
				n++
			}
		}
		if n < v.needs.threshold {
			return fmt.Errorf("%w: %d of %d for version %s", ErrWitness, n, v.needs.threshold, v.id)
		}
	}
	return nil
}

// heard reads a witness file and gives for each witness's multikey the number of
// the latest version it signed. Proofs that don't hold, and those for versions
// that are not published, are left out.
func (h *history) heard(ctx context.Context, raw []byte) (map[string]int, error) {
	v, err := strict.Parse(raw)
	list, ok := v.([]any)
	if err != nil || !ok || len(list) > maxVersions {
		return nil, fmt.Errorf("%w: the file can't be read", ErrWitness)
	}
	upTo, tried := map[string]int{}, 0
	for _, el := range list {
		o, _ := el.(map[string]any)
		id, _ := o["versionId"].(string)
		n := 1 + slices.IndexFunc(h.versions, func(v version) bool { return v.id == id })
		proofs, _ := proof.Proofs(o)
		if n == 0 {
			continue
		}
		for _, p := range proofs {
			if tried++; tried > maxWitnessProofs || ctx.Err() != nil {
				return nil, errors.Join(fmt.Errorf("%w: too many proofs", ErrWitness), ctx.Err())
			}
			if key, err := sealedWith(ctx, map[string]any{"versionId": id}, p); err == nil {
				upTo[key] = max(upTo[key], n)
			}
		}
	}
	return upTo, nil
}
