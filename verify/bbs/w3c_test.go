package bbs_test

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func published(t testing.TB, step string, into any) {
	t.Helper()
	if err := json.Unmarshal(testkit.File(t, "di-vectors", "bbs-2023-base__"+step+".json"), into); err != nil {
		t.Fatal(err)
	}
}

// TestPublished: the signature of VC-DI-BBS's first example holds, and is made again
// from its private key.
func TestPublished(t *testing.T) {
	var key struct{ PublicKeyHex, PrivateKeyHex string }
	var hashes struct{ ProofHash, MandatoryHash string }
	var raw struct{ BBSSignature string }
	var groups struct{ NonMandatory struct{ Value [][2]any } }
	published(t, "BBSKeyMaterial", &key)
	published(t, "addHashData", &hashes)
	published(t, "addRawBaseSignatureInfo", &raw)
	published(t, "addBaseTransform", &groups)
	header := slices.Concat(unhex(t, hashes.ProofHash), unhex(t, hashes.MandatoryHash))
	var messages [][]byte
	for _, m := range groups.NonMandatory.Value {
		messages = append(messages, []byte(m[1].(string)))
	}
	secret, err := bbs.ParsePrivateKey(unhex(t, key.PrivateKeyHex))
	if err != nil {
		t.Fatal(err)
	}
	public := secret.Public().(*bbs.PublicKey)
	if got := hex.EncodeToString(public.Bytes()); got != key.PublicKeyHex {
		t.Errorf("public key %s, want %s", got, key.PublicKeyHex)
	}
	if err := public.Verify(unhex(t, raw.BBSSignature), header, messages); err != nil {
		t.Error(err)
	}
	again, err := secret.Sign(header, messages)
	if got := hex.EncodeToString(again); err != nil || got != raw.BBSSignature {
		t.Errorf("signed again: %s, %v", got, err)
	}
	messages[3][7] ^= 1
	if err := public.Verify(again, header, messages); err == nil {
		t.Error("holds over another message")
	}
}
