package did

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
)

// expandKey makes the document of a did:key (did:key method 0.9, section 3.1.1):
// one method for signing, whose fragment is the key, and one for key agreement.
func expandKey(did, mb string) (Document, error) {
	pub, err := multi.DecodeKey(mb)
	if err != nil {
		return Document{}, keyError(err)
	}
	if again, err := multi.EncodeKey(pub); err != nil || again != mb { // base58btc only
		return Document{}, fmt.Errorf("%w: not in base58btc", ErrInvalid)
	}
	doc := Document{ID: did}
	switch k := pub.(type) {
	case *ecdh.PublicKey:
		doc.add(mb, k, KeyAgreement)
	case ed25519.PublicKey:
		doc.add(mb, k, signing...)
		doc.addAgreement(k)
	case *bbs.PublicKey, multi.Secp256k1:
		doc.add(mb, k, signing...)
	default:
		doc.add(mb, k, slices.Concat(signing, []string{KeyAgreement})...)
	}
	return doc, nil
}

func (d *Document) add(fragment string, pub crypto.PublicKey, purposes ...string) {
	id := d.ID + "#" + fragment
	d.Methods = append(d.Methods, Method{
		ID: id, Type: "Multikey", Controller: d.ID,
		Key: jose.Key{ID: id, Public: pub}, Purposes: purposes,
	})
}

// addAgreement adds the X25519 key that belongs to an Ed25519 key.
func (d *Document) addAgreement(k ed25519.PublicKey) {
	x, err := agreementKey(k)
	if err != nil {
		return // the key signs nothing either: its point is none, or of small order
	}
	if mb, err := multi.EncodeKey(x); err == nil {
		d.add(mb, x, KeyAgreement)
	}
}

// agreementKey turns an Ed25519 key into the X25519 key of the same point.
func agreementKey(k ed25519.PublicKey) (*ecdh.PublicKey, error) {
	u, err := multi.Montgomery(k)
	if err != nil {
		return nil, err
	}
	return ecdh.X25519().NewPublicKey(u)
}

// OnlyMethod is the address of the one key for signing of a did:key or did:jwk
// (did:key 0.9, section 3.1.3; did:jwk, "fragment").
func OnlyMethod(did string) string {
	if fragment, ok := strings.CutPrefix(did, "did:key:"); ok {
		return did + "#" + fragment
	}
	return did + "#0"
}
