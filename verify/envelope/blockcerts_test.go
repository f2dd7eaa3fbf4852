package envelope

import (
	"testing"
)

// certificate is a small Blockcert of version 2, and certificate1 of version 1.2.
func certificate() map[string]any {
	return with(award(), "@context", []any{"https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"}, "id", "urn:uuid:1",
		"verification", map[string]any{"type": []any{"MerkleProofVerification2017", "Extension"}, "publicKey": "ecdsa-koblitz-pubkey:1x"},
		"signature", map[string]any{"type": []any{"MerkleProof2017", "Extension"}, "merkleRoot": "00", "targetHash": "00"})
}

func certificate1() map[string]any {
	return map[string]any{
		"@context": "https://w3id.org/blockcerts/v1",
		"document": map[string]any{"certificate": map[string]any{"name": "Robots"}},
		"receipt":  map[string]any{"type": "ChainpointSHA256v2", "merkleRoot": "00", "targetHash": "00"},
	}
}

func TestBlockcerts(t *testing.T) {
	creator := map[string]any{"type": "MerkleProofVerification2017", "creator": "ecdsa-koblitz-pubkey:1y"}
	for _, c := range []struct {
		name          string
		in            []byte
		form          string
		suite, method string
		flaws         int
	}{
		{"version 2", marshal(certificate()), "json", MerkleProof2017, "ecdsa-koblitz-pubkey:1x", 0},
		{"version 2 of a draft", marshal(with(certificate(), "verification", creator)), "json", MerkleProof2017, "ecdsa-koblitz-pubkey:1y", 0},
		{"version 2 by its proof alone", marshal(with(certificate(), "@context", "https://w3id.org/openbadges/v2")), "json", MerkleProof2017, "ecdsa-koblitz-pubkey:1x", 0},
		{"version 2 without a proof", marshal(with(certificate(), "signature", nil)), "json", "", "", 0},
		{"version 2 with a proof that is none", marshal(with(certificate(), "signature", "x")), "json", "", "", 1},
		{"version 1.2", marshal(certificate1()), "json", Chainpoint2, "", 0},
		{"version 1.2 without a proof", marshal(with(certificate1(), "receipt", nil)), "json", "", "", 0},
		{"in a list", marshal([]any{certificate()}), "json", MerkleProof2017, "ecdsa-koblitz-pubkey:1x", 0},
		{"in a picture", pngWith(false, textChunk("iTXt", "openbadges", "\x00\x00\x00\x00", marshal(certificate()))), "baked-png+json", MerkleProof2017, "ecdsa-koblitz-pubkey:1x", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(c.in)
			if err != nil || len(found) != 1 {
				t.Fatalf("%v, %v", found, err)
			}
			o := found[0]
			suite, method := "", ""
			for _, p := range o.Proofs {
				suite, method = p.Suite, p.Method
			}
			if o.Form != c.form || suite != c.suite || method != c.method || len(o.Flaws) != c.flaws || !IsBlockcert(o.Doc) {
				t.Errorf("form %s, proofs %+v, flaws %+v", o.Form, o.Proofs, o.Flaws)
			}
		})
	}
}

// TestNoBlockcerts: what only looks like a certificate of before version 3.
func TestNoBlockcerts(t *testing.T) {
	for name, m := range map[string]map[string]any{
		"an Open Badge":                award(),
		"another signature":            with(award(), "signature", map[string]any{"type": "X"}),
		"a W3C credential":             with(certificate(), "credentialSubject", map[string]any{}),
		"a document without a receipt": {"document": map[string]any{}},
		"a document that is a text":    {"document": "x", "receipt": map[string]any{}, "@context": "https://w3id.org/blockcerts/v1"},
		"two documents":                {"document": []any{map[string]any{}, map[string]any{}}, "receipt": map[string]any{}},
		"an issuer's profile":          {"@context": "https://w3id.org/blockcerts/v2", "type": "Profile", "publicKey": []any{}},
		"nothing":                      {},
	} {
		if IsBlockcert(m) {
			t.Errorf("%s taken for a Blockcert", name)
		}
	}
}
