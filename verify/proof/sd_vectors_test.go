package proof

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
)

// TestSDBaseProof: the published base proof holds, is taken apart as published, and
// is made again to the byte from the published keys.
func TestSDBaseProof(t *testing.T) {
	var keys struct {
		BaseKeyPair, ProofKeyPair struct{ PublicKeyMultibase, SecretKeyMultibase string }
	}
	step(t, "ecdsa__SDKeyMaterial", &keys)
	key, signer := keyPair(t, keys.BaseKeyPair.PublicKeyMultibase, keys.BaseKeyPair.SecretKeyMultibase)
	once, err := multi.Decode(keys.ProofKeyPair.SecretKeyMultibase)
	if err != nil {
		t.Fatal(err)
	}
	doc := vector(t, "ecdsa-sd-2023-prc__addSignedSDBase.json")
	p := doc["proof"].(map[string]any)
	s, _ := Lookup("ecdsa-sd-2023")
	if err := Verify(ctx, s, doc, p, key); err != nil {
		t.Fatal(err)
	}
	var raw struct {
		BaseSignature, PublicKey string
		Signatures               []string
	}
	step(t, "ecdsa-sd-2023-prc__addRawBaseSignatureInfo", &raw)
	var base sdBase
	readValue(t, p, &base)
	same(t, "base signature", hex.EncodeToString(base.Signature), raw.BaseSignature)
	same(t, "key", multi.Encode(base.Key), raw.PublicKey)
	same(t, "signatures", hexes(base.Each), raw.Signatures)

	random := bytes.NewReader(slices.Concat(fromHex(t, hmacKey), once[2:]))
	again, err := SignBase(ctx, s, sdVectors[s.Name].bare(t), vector(t, "ecdsa-sd-2023-prc__addProofConfig.json"),
		sdVectors[s.Name].pointers(t, "ecdsa__prCredMandatory"), signer, random)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "made again", again["proofValue"], p["proofValue"])
}

func TestSDDerivedProof(t *testing.T) {
	v := sdVectors["ecdsa-sd-2023"]
	base, want := vector(t, v.prefix+"addSignedSDBase.json"), vector(t, v.prefix+"derivedRevealDocument.json")
	got, err := Derive(ctx, base, base["proof"].(map[string]any), v.pointers(t, v.selective), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "derived", got, want)

	var adjusted struct {
		AdjSignatureIndexes []uint64
		FilteredSignatures  []string
	}
	step(t, v.prefix+"derivedAdjSignatures", &adjusted)
	var d sdDerived
	readValue(t, want["proof"].(map[string]any), &d)
	same(t, "signatures", hexes(d.Each), adjusted.FilteredSignatures)
	var all sdBase
	readValue(t, base["proof"].(map[string]any), &all)
	for i, n := range adjusted.AdjSignatureIndexes {
		same(t, "a signature by its index", hex.EncodeToString(all.Each[n]), adjusted.FilteredSignatures[i])
	}
	var mandatory struct{ AdjMandatoryIndexes []uint64 }
	step(t, v.prefix+"derivedAdjMandatoryIndexes", &mandatory)
	same(t, "mandatory", d.Mandatory, mandatory.AdjMandatoryIndexes)
}

func TestSDVerifySteps(t *testing.T) {
	v := sdVectors["ecdsa-sd-2023"]
	doc := vector(t, v.prefix+"derivedRevealDocument.json")
	p := doc["proof"].(map[string]any)
	key := keyOf(t, p)
	s, _ := Lookup(v.suite)
	in, err := s.Input(ctx, doc, p, key.Public)
	if err != nil {
		t.Fatal(err)
	}
	var value, data struct {
		BaseSignature, ProofHash, PublicKey string
		Signatures, NonMandatory            []string
		MandatoryHash                       string
		LabelMap                            [][2]string
	}
	step(t, v.prefix+"verifyDerivedProofValue", &value)
	step(t, v.prefix+"verifyCreateVerifyData", &data)
	var lines []string
	step(t, v.prefix+"verifyNQuads", &lines)
	var d sdDerived
	readValue(t, p, &d)
	same(t, "base signature", hex.EncodeToString(d.Signature), value.BaseSignature)
	same(t, "key", multi.Encode(d.Key), value.PublicKey)
	same(t, "signatures", hexes(d.Each), value.Signatures)
	for i, e := range value.LabelMap {
		same(t, e[0], hmacLabel(d.Labels[uint64(i)]), e[1])
	}
	same(t, "statements", string(in.Document), strings.Join(lines, ""))
	same(t, "hash of options", hex.EncodeToString(in.claim.options), data.ProofHash)
	same(t, "hash of mandatory", hex.EncodeToString(in.claim.mandatory), data.MandatoryHash)
	same(t, "others", texts(in.claim.rest), data.NonMandatory)
	if err := s.Check(in, p, key); err != nil {
		t.Error(err)
	}
}

// keyOf gives the key in the did:key that a proof names.
func keyOf(t testing.TB, p map[string]any) jose.Key {
	t.Helper()
	_, fragment, _ := strings.Cut(p["verificationMethod"].(string), "#")
	pub, err := multi.DecodeKey(fragment)
	if err != nil {
		t.Fatal(err)
	}
	return jose.Key{Public: pub}
}
