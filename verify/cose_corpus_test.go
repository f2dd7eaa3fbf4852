package verify_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// suiteKeys are the verification methods of the test suite of VC-JOSE-COSE.
func suiteKeys(t *testing.T) map[string]jose.Key {
	t.Helper()
	out := map[string]jose.Key{}
	for _, name := range []string{"ed25519", "p256", "p384", "p521"} {
		m := must(strict.Object(testkit.File(t, "vc-jose-cose", "vm-"+name+".json")))
		out[name] = must(jose.ParseJWK(m["publicKeyJwk"].(object)))
	}
	return out
}

// TestCorpusSealedVectors goes through each sealed credential of the suite: its
// header, its content, and that it holds under its own key and no other.
func TestCorpusSealedVectors(t *testing.T) {
	keys := suiteKeys(t)
	for _, c := range []struct {
		file, form, alg, key string
		typ                  string
		content              string // the file it was made of, which it says again
		holds                bool
	}{
		{"credential-cose-bad-media-type.txt", "cose", "ES384", "p384", "really/bad", "credential-minimal.json", true},
		{"credential-cose-bad-signature.txt", "cose", "EdDSA", "ed25519", "application/vc+cose", "credential-minimal.json", false},
		{"credential-cose-minimal-not-base64.txt", "cose", "ES256", "p256", "application/vc+cose", "credential-minimal.json", true},
		{"credential-issuer-match-signed.txt", "jwt", "EdDSA", "ed25519", "vc+jwt", "credential-minimal.json", true},
		{"credential-jose-bad-signature.txt", "jwt", "EdDSA", "ed25519", "vc+jwt", "credential-minimal.json", false},
		{"credential-jose-minimal.txt", "jwt", "ES256", "p256", "vc+jwt", "credential-minimal.json", true},
		{"credential-jose-unknown-extensions.txt", "jwt", "ES512", "p521", "vc+jwt", "credential-minimal.json", true},
		{"credential-sdjwt-bad-media-type.txt", "sd-jwt", "EdDSA", "ed25519", "bad+typ", "", true},
		{"credential-sdjwt-bad-signature.txt", "sd-jwt", "ES384", "p384", "vc+sd-jwt", "credential-selective.json", false},
		{"credential-sdjwt-selective.txt", "sd-jwt", "ES384", "p384", "vc+sd-jwt", "credential-selective.json", true},
	} {
		t.Run(c.file, func(t *testing.T) {
			found := must(verify.Read(testkit.File(t, "vc-jose-cose", c.file)))
			got := found[0]
			p := got.Proofs[0]
			if len(found) != 1 || got.Form != c.form || p.Alg != c.alg || p.Doc["typ"] != c.typ || p.Method != keys[c.key].ID {
				t.Errorf("form %s, proof %+v", got.Form, p)
			}
			if c.content != "" {
				sameContent(t, got, c.content)
			}
			for name, k := range keys {
				if holds := signature(t, got, k) == check.Pass; holds != (c.holds && name == c.key) {
					t.Errorf("under %s: %v", name, holds)
				}
			}
		})
	}
}

// signature checks one credential with one key.
func signature(t *testing.T, c *vc.Credential, k jose.Key) check.Outcome {
	t.Helper()
	k.ID = "" // or else it is found by its name where it does not fit
	r := (&verify.Verifier{Vouched: []jose.Key{k}, Now: at("2026-11-22T12:00:00Z")}).Verify(t.Context(), c, nil)
	return r.Rows(check.Signature)[0].Outcome
}

// sameContent compares with the unsigned file, member by member.
func sameContent(t *testing.T, c *vc.Credential, file string) {
	t.Helper()
	for name, v := range must(strict.Object(testkit.File(t, "vc-jose-cose", file))) {
		if !reflect.DeepEqual(c.Doc[name], v) {
			t.Errorf("%s: %v, want %v", name, c.Doc[name], v)
		}
	}
}

func TestCorpusSealedPresentations(t *testing.T) {
	p := must(verify.ReadPresentation(testkit.File(t, "vc-jose-cose", "presentation-jose-multiple.txt")))
	var forms []string
	for _, c := range p.Credentials {
		forms = append(forms, c.Form)
	}
	if p.Form != "vp+jwt" || !slices.Equal(forms, []string{"jwt", "sd-jwt", "cose"}) {
		t.Fatalf("%s of %v", p.Form, forms)
	}
	keys := suiteKeys(t)
	for i, name := range []string{"p256", "p384", "p256"} {
		if got := signature(t, p.Credentials[i], keys[name]); got != check.Pass {
			t.Errorf("credential %d: %s", i+1, got)
		}
	}
	for file, form := range map[string]string{"presentation-cose-bad-credential.txt": "cose", "presentation-sdjwt-bad-credential.txt": "sd-jwt"} {
		bad := must(verify.ReadPresentation(testkit.File(t, "vc-jose-cose", file)))
		c := bad.Credentials[0]
		if len(bad.Credentials) != 1 || c.Form != form || !slices.ContainsFunc(c.Shape, func(f vc.Flaw) bool { return f.Grave && f.Code == "shape.inside-broken" }) {
			t.Errorf("%s: %+v", file, c)
		}
	}
}

func TestCorpusUnsealed(t *testing.T) {
	for _, file := range []string{"credential-full.json", "credential-minimal.json", "credential-selective.json"} {
		c := must(verify.Read(testkit.File(t, "vc-jose-cose", file)))[0]
		r := (&verify.Verifier{Now: at("2026-11-22T12:00:00Z")}).Verify(t.Context(), c, nil)
		if r.Verdict() != check.Unsigned {
			t.Errorf("%s: %v", file, r.Verdict())
		}
	}
	for file, n := range map[string]int{"presentation-multiple.json": 3, "presentation-selective.json": 1} {
		p := must(verify.ReadPresentation(testkit.File(t, "vc-jose-cose", file)))
		if len(p.Credentials) != n || p.Form != "vp" {
			t.Errorf("%s: %d credentials, form %s", file, len(p.Credentials), p.Form)
		}
	}
}
