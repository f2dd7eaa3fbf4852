package present

import (
	"context"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/strict"
)

// suiteOf is the proof suite for a key's algorithm.
var suiteOf = map[string]string{"EdDSA": "eddsa-rdfc-2022", "ES256": "ecdsa-rdfc-2019"}

// LDP shows whole credentials in a JSON document with a Data Integrity proof: the
// addressee is its domain, the nonce its challenge (Data Integrity 1.0, section
// 2.1). An error of package proof or canon says that the credentials use terms
// that such a proof would not cover; JWT can show them all the same.
func LDP(ctx context.Context, parts []Part, to To, h Holder) ([]byte, error) {
	suite, ok := proof.Lookup(suiteOf[h.Alg()])
	if !ok {
		return nil, fmt.Errorf("%w: for %s", proof.ErrUnsupported, h.Alg())
	}
	holder := holderOf(parts, h)
	out := members(parts, to, holder)
	text, err := strict.Marshal(out)
	if err != nil {
		return nil, err
	}
	doc, err := strict.Object(text)
	if err != nil {
		return nil, err
	}
	out["proof"], err = proof.Sign(ctx, suite, doc, map[string]any{
		"verificationMethod": did.OnlyMethod(holder), "proofPurpose": "authentication",
		"domain": to.Audience, "challenge": to.Nonce,
		"created": to.Made.UTC().Format(time.RFC3339), "expires": to.Until.UTC().Format(time.RFC3339),
	}, h)
	if err != nil {
		return nil, fmt.Errorf("sign presentation: %w", err)
	}
	return strict.Marshal(out)
}
