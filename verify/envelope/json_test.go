package envelope

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

func TestOpenFindsCredentials(t *testing.T) {
	jwt := token(eddsa("typ", "vc+jwt"), doc20())
	one := marshal(doc20())
	cases := []struct {
		name  string
		in    []byte
		forms string
		piece bool // only a piece of the input is the credential's own
	}{
		{"one", one, "json", false},
		{"byte order mark and space around it", []byte("\ufeff\r\n" + string(one) + "\n\n"), "json", false},
		{"a list", marshal([]any{doc20(), jwt}), "json jwt", true},
		{"a list with other things in it", marshal([]any{"x", 1, nil, map[string]any{"kty": "OKP"}, doc11()}), "json", true},
		{"a wallet export", marshal([]any{map[string]any{"type": "UniversalWallet2020", "contents": []any{doc20(), map[string]any{"privateKeyMultibase": "z"}, doc11()}}}), "json json", true},
		{"a résumé around them", marshal(map[string]any{"person": map[string]any{}, "certifications": []any{
			nil, map[string]any{"verifications": []any{doc20(), map[string]any{"reference": "a letter"}}}, map[string]any{"verifications": doc11()},
		}}), "json json", true},
		{"an issuer's answer", marshal(map[string]any{"credentials": []any{map[string]any{"credential": jwt}}}), "jwt", true},
		{"an answer of the Open Badges API", marshal(map[string]any{"credential": []any{doc20()}, "compactJwsString": []any{jwt}}), "json jwt", true},
		{"type as text", marshal(with(doc20(), "type", "VerifiableCredential")), "json", false},
		{"no type, told by its members", marshal(with(doc20(), "type", nil)), "json", false},
		{"a token with line breaks", []byte(jwt[:40] + "\r\n" + jwt[40:90] + "\n " + jwt[90:] + "\n"), "jwt", false},
		{"wrapped as a data: URL", marshal(map[string]any{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + jwt}), "jwt", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(c.in)
			if err != nil {
				t.Fatal(err)
			}
			var forms []string
			for _, o := range found {
				forms = append(forms, o.Form)
			}
			if got := strings.Join(forms, " "); got != c.forms {
				t.Errorf("got %s, want %s", got, c.forms)
			}
			for _, o := range found {
				if !c.piece && !bytes.Equal(o.Raw, c.in) || c.piece && !bytes.Equal(o.Raw, o.Sealed) {
					t.Errorf("kept as received: %s", o.Raw)
				}
			}
		})
	}
}

func TestElementsKeepTheirBytes(t *testing.T) {
	piece := `{"type":"VerifiableCredential", "issuer" : "x:y",  "credentialSubject":{"n":1.50}}`
	found, err := Open([]byte(" [ " + piece + " , " + piece + "]"))
	if err != nil || len(found) != 2 {
		t.Fatal(found, err)
	}
	for _, o := range found {
		if string(o.Raw) != piece || string(o.Sealed) != piece {
			t.Errorf("raw %s, sealed %s", o.Raw, o.Sealed)
		}
	}
}

func TestPresentationHoldsWhatItShows(t *testing.T) {
	jwt := token(eddsa("typ", "vc+jwt"), doc20())
	vp := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"},
		"holder": subjectID,
		"proof":  map[string]any{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "verificationMethod": "did:example:1#k", "challenge": "n"},
		"verifiableCredential": []any{
			doc20(), jwt,
			map[string]any{"type": []any{"EnvelopedVerifiableCredential"}, "id": "data:application/vc+jwt," + jwt},
		},
	}
	for name, in := range map[string][]byte{
		"json":                  marshal(vp),
		"token":                 []byte(token(eddsa("typ", "vp+jwt"), vp)),
		"token with a vp claim": []byte(token(eddsa(), map[string]any{"iss": subjectID, "aud": "x", "vp": vp})),
	} {
		t.Run(name, func(t *testing.T) {
			found, err := Open(in)
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o := found[0]
			if !o.Presentation || len(o.Inside) != 3 || len(o.Flaws) != 0 {
				t.Fatalf("presentation %v, %d inside, flaws %v", o.Presentation, len(o.Inside), o.Flaws)
			}
			if c := o.Credential(); len(c.Parts) != 3 || c.Parts[1].Form != "jwt" {
				t.Errorf("parts %v", c.Parts)
			}
		})
	}
}

func TestPresentationOfWhatCannotBeRead(t *testing.T) {
	enveloped := func(id, typ string) map[string]any { return map[string]any{"type": typ, "id": id} }
	cases := []struct {
		name  string
		shown any
		code  string
		grave bool
	}{
		{"COSE cut short", enveloped("data:application/vc+cose;base64,0oQ", "EnvelopedVerifiableCredential"), "shape.inside-broken", true},
		{"no data: URL", enveloped("https://x.example", "EnvelopedVerifiableCredential"), "shape.inside-broken", true},
		{"no comma", enveloped("data:application/vc+jwt", "EnvelopedVerifiableCredential"), "shape.inside-broken", true},
		{"not a credential", map[string]any{"type": []any{}}, "shape.inside-broken", true},
		{"a number", 7, "shape.inside-broken", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(marshal(map[string]any{"type": "VerifiablePresentation", "verifiableCredential": c.shown}))
			if err != nil || len(found[0].Inside) != 0 || len(found[0].Flaws) != 1 {
				t.Fatal(found, err)
			}
			if f := found[0].Flaws[0]; f.Code != c.code || f.Grave != c.grave {
				t.Errorf("got %+v", f)
			}
		})
	}
	t.Run("a type is missing", func(t *testing.T) {
		shown := enveloped("data:application/vc+jwt,"+token(eddsa(), doc20()), "")
		found, err := Open(marshal(map[string]any{"type": "VerifiablePresentation", "verifiableCredential": shown}))
		if err != nil || len(found[0].Inside) != 1 || len(found[0].Inside[0].Flaws) != 1 || found[0].Inside[0].Flaws[0].Code != "shape.enveloped-type" {
			t.Fatal(found, err)
		}
	})
}

func TestUnreadNeighboursAreTold(t *testing.T) {
	broken := token(eddsa(), doc20())
	broken = broken[:len(broken)/2]
	found, err := Open(marshal([]any{doc20(), broken}))
	if err != nil || len(found) != 1 || len(found[0].Notes) != 1 || found[0].Notes[0].Code != "shape.others-unread" {
		t.Fatal(found, err)
	}
}

func TestEmbeddedProofs(t *testing.T) {
	proof := map[string]any{
		"type": "DataIntegrityProof", "cryptosuite": "ecdsa-rdfc-2019", "proofPurpose": "assertionMethod",
		"verificationMethod": map[string]any{"id": "did:example:1#k"}, "created": "2026-01-01T00:00:00Z", "expires": "2026-02-01T00:00:00Z",
	}
	open := func(v any) *Opened {
		found, err := Open(marshal(with(doc20(), "proof", v)))
		if err != nil {
			t.Fatal(err)
		}
		return found[0]
	}
	o := open([]any{proof, map[string]any{"type": "Ed25519Signature2020"}})
	if len(o.Proofs) != 2 || len(o.Flaws) != 0 {
		t.Fatalf("%+v", o)
	}
	if p := o.Proofs[0]; p.Suite != "ecdsa-rdfc-2019" || p.Method != "did:example:1#k" || p.Purpose != "assertionMethod" || p.Created.Year() != 2026 || p.Expires.Month() != 2 {
		t.Errorf("%+v", p)
	}
	if o := open(slices.Repeat([]any{proof}, maxProofs+1)); len(o.Proofs) != maxProofs || len(o.Flaws) != 1 || !o.Flaws[0].Grave {
		t.Errorf("too many: %d proofs, %+v", len(o.Proofs), o.Flaws)
	}
	if o.Proofs[1].Suite != "Ed25519Signature2020" {
		t.Errorf("%+v", o.Proofs[1])
	}
	for name, bad := range map[string]any{
		"no type": map[string]any{"proofValue": "z"}, "a text": "x", "an empty list": []any{}, "a text among them": []any{proof, "x"},
		"an end that is no date":  with(proof, "expires", "soon"),
		"no suite":                with(proof, "cryptosuite", nil),
		"a suite that is no text": with(proof, "cryptosuite", []any{"ecdsa-rdfc-2019"}),
		"no key":                  with(proof, "verificationMethod", nil),
		"a key that is no text":   with(proof, "verificationMethod", 7),
	} {
		if o := open(bad); len(o.Flaws) != 1 || !o.Flaws[0].Grave {
			t.Errorf("%s: flaws %+v", name, o.Flaws)
		}
	}
}

func TestLimits(t *testing.T) {
	many := bytes.Repeat([]byte(`{"type":"VerifiableCredential"},`), MaxInside+1)
	nested := string(marshal(doc20()))
	for range maxNesting + 1 {
		nested = "[" + nested + "]"
	}
	for code, in := range map[string][]byte{
		"input.too-many":       append(append([]byte("["), many[:len(many)-1]...), ']'),
		"input.too-deep":       []byte(nested),
		"input.too-large":      make([]byte, MaxBytes+1),
		"input.too-many-parts": append(bytes.Repeat([]byte("[{},"), maxValues/2), ']'),
		"input.truncated":      []byte(strings.Repeat("[", strict.MaxDepth)),
	} {
		if _, err := Open(in); fault.Code(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}
