package did

import (
	"crypto"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// expandJWK makes the document of a did:jwk (did:jwk method specification,
// "Resolve"): the key is the method-specific id, its method is "#0".
func expandJWK(did, id string) (Document, error) {
	text, err := jose.Decode64(id)
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	m, err := strict.Object(text)
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	k, err := jose.ParseJWK(m)
	if err != nil {
		return Document{}, keyError(err)
	}
	method := Method{ID: did + "#0", Type: "JsonWebKey2020", Controller: did, Key: k}
	if method.Key.ID == "" {
		method.Key.ID = method.ID
	}
	switch {
	case m["crv"] == "X25519":
		method.Purposes = []string{KeyAgreement}
	case m["kty"] == "EC" && m["use"] != "sig":
		method.Purposes = slices.Concat(signing, []string{KeyAgreement})
	default:
		method.Purposes = slices.Clone(signing)
	}
	return Document{ID: did, Methods: []Method{method}}, nil
}

// JWK gives the did:jwk of a public key that package jose can write.
func JWK(pub crypto.PublicKey) (string, error) {
	m := jose.Key{Public: pub}.JWK()
	if m == nil {
		return "", multi.ErrKey
	}
	text, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	return "did:jwk:" + jose.Encode64(text), nil
}
