package envelope

import (
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

func openOne(t *testing.T, s string) *Opened {
	t.Helper()
	found, err := Open([]byte(s))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	return found[0]
}

// codes lists flaws; grave ones begin with "!".
func codes(o *Opened) string {
	var out []string
	for _, f := range o.Flaws {
		s := f.Code
		if f.Grave {
			s = "!" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestDialects: the three ways of writing a credential as a token give the same
// document, whatever their type says.
func TestDialects(t *testing.T) {
	cases := map[string]string{
		"VCDM 1.1": token(eddsa("typ", "JWT"), with(claims(), "vc", doc11())),
		"VCDM 1.1 without what the claims say": token(eddsa(), with(claims(), "vc", with(doc11(),
			"id", nil, "issuer", nil, "issuanceDate", nil, "expirationDate", nil, "credentialSubject", map[string]any{"name": "Ada"}))),
		"Open Badges 3.0":                   token(eddsa("typ", "JWT"), flat(doc20())),
		"Open Badges 3.0 without its dates": token(eddsa(), with(flat(doc20()), "validFrom", nil, "validUntil", nil)),
		"VC-JOSE-COSE":                      token(eddsa("typ", "vc+jwt"), doc20()),
		"VC-JOSE-COSE, full type":           token(eddsa("typ", "application/VC+JWT"), doc20()),
	}
	for name, s := range cases {
		t.Run(name, func(t *testing.T) {
			o := openOne(t, s)
			if codes(o) != "" {
				t.Errorf("flaws %s", codes(o))
			}
			if o.Form != "jwt" || len(o.Proofs) != 1 || o.Proofs[0].Alg != "EdDSA" || o.Proofs[0].Suite != "jws" {
				t.Errorf("form %s, proofs %+v", o.Form, o.Proofs)
			}
			issuer := text(o.Doc["issuer"])
			if m, ok := o.Doc["issuer"].(map[string]any); ok {
				issuer = text(m["id"])
			}
			subject := Objects(o.Doc["credentialSubject"])[0]
			from := text(o.Doc["issuanceDate"]) + text(o.Doc["validFrom"])
			until := text(o.Doc["expirationDate"]) + text(o.Doc["validUntil"])
			if o.Doc["id"] != "urn:uuid:1" || issuer != issuerID || subject["id"] != subjectID || from != "2026-01-02T03:04:05Z" || until != "2027-01-02T03:04:05Z" {
				t.Errorf("%v", o.Doc)
			}
		})
	}
}

// TestContradictions: one claim changed by one letter or one second is a grave
// flaw, and so is what the standards forbid.
func TestContradictions(t *testing.T) {
	nested := func(pairs ...any) string { return token(eddsa(), with(with(claims(), "vc", doc11()), pairs...)) }
	badge := func(pairs ...any) string { return token(eddsa("typ", "JWT"), with(flat(doc20()), pairs...)) }
	jose := func(pairs ...any) string { return token(eddsa("typ", "vc+jwt"), with(flat(doc20()), pairs...)) }
	cases := []struct{ name, in, want string }{
		{"good", nested(), ""},
		{"good badge", badge(), ""},
		{"good VC-JOSE-COSE", jose(), ""},
		{"other issuer", nested("iss", issuerID+"x"), "!shape.iss-differs"},
		{"other issuer of a badge", badge("iss", issuerID+"x"), "!shape.iss-differs"},
		{"other issuer of a VC-JOSE-COSE", jose("iss", issuerID+"x"), "!shape.iss-differs"},
		{"other issuer, given as text", badge("issuer", issuerID, "iss", issuerID+"x"), "!shape.iss-differs"},
		{"other subject", nested("sub", "did:example:other"), "!shape.sub-differs"},
		{"one of several subjects", badge("credentialSubject", []any{map[string]any{"id": "x:1"}, map[string]any{"id": subjectID}}), ""},
		{"none of several subjects", badge("credentialSubject", []any{map[string]any{"id": "x:1"}, map[string]any{"id": "x:2"}}), "!shape.sub-differs"},
		{"other id", badge("jti", "urn:uuid:2"), "!shape.jti-differs"},
		{"starts a second later", badge("nbf", 1767323046), "!shape.nbf-differs"},
		{"starts a second later, nested", nested("nbf", 1767323046), "!shape.nbf-differs"},
		{"ends a second earlier", badge("exp", 1798859044), "!shape.exp-differs"},
		{"a signature may end earlier than the credential", jose("exp", 1798859044, "nbf", 1767323046), ""},
		{"parts of a second are the same second", badge("validFrom", "2026-01-02T03:04:05.9Z"), ""},
		{"end as text", jose("exp", "2027-01-02T03:04:05Z"), "!shape.claim-type"},
		{"end of a badge as text", badge("exp", "soon"), "!shape.claim-type"},
		{"issuing time as text", jose("iat", "2026-01-02T03:04:05Z"), "shape.claim-type"},
		{"issuer as number", badge("iss", 7), "!shape.claim-type"},
		{"vc beside the credential", jose("vc", "x"), "!shape.claim-forbidden"},
		{"vp beside the credential", jose("vp", "x"), "!shape.claim-forbidden"},
		{"unsigned", token(map[string]any{"alg": "none"}, flat(doc20())), "!shape.alg-none"},
		{"no algorithm", token(map[string]any{}, flat(doc20())), "!shape.member-missing"},
		{"typed as a key binding", token(eddsa("typ", "KB+JWT"), flat(doc20())), "shape.media-type"},
		{"typed as a status list", token(eddsa("typ", "application/statuslist+jwt"), with(claims(), "vc", doc11())), "shape.media-type"},
		{"typed as what it is, in an older draft", token(eddsa("typ", "vc+ld+json+jwt"), doc20()), ""},
		{"typed in a way of its own", token(eddsa("typ", "jwt_vc_json"), flat(doc20())), ""},
		{"secret key in the header", token(eddsa("jwk", map[string]any{"d": "x"}), flat(doc20())), "shape.private-key"},
		{"SD-JWT VC without its tilde", token(eddsa("typ", "dc+sd-jwt"), map[string]any{"vct": "x", "iss": issuerID}), "!shape.tilde-missing"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := codes(openOne(t, c.in)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestUnsignedTokenIsNoPlainDocument: taking the signature off a token must not make
// it pass for a document that never had one.
func TestUnsignedTokenIsNoPlainDocument(t *testing.T) {
	signed := token(eddsa(), flat(doc20()))
	for _, s := range []string{token(map[string]any{"alg": "NONE"}, flat(doc20())), signed[:strings.LastIndexByte(signed, '.')+1]} {
		if o := openOne(t, s); len(o.Proofs) != 1 {
			t.Errorf("%+v", o.Proofs)
		}
	}
}

// TestTokenWithoutContext: what calls itself a credential and lacks its context is a
// credential with a flaw, as it is in JSON; other tokens are none.
func TestTokenWithoutContext(t *testing.T) {
	bare := with(doc20(), "@context", nil)
	for _, s := range []string{token(eddsa("typ", "vc+jwt"), bare), token(eddsa(), flat(bare))} {
		if o := openOne(t, s); o.Doc["@context"] != nil || o.Doc["credentialSubject"] == nil || o.Presentation {
			t.Errorf("%v", o.Doc)
		}
	}
	shown := map[string]any{"type": "VerifiablePresentation", "verifiableCredential": []any{doc20()}}
	if o := openOne(t, token(eddsa("typ", "vp+jwt"), shown)); !o.Presentation || len(o.Inside) != 1 {
		t.Errorf("%+v", o)
	}
	if _, err := Open([]byte(token(eddsa(), with(bare, "type", "Note", "credentialSubject", nil)))); fault.Code(err) != "input.token-other" {
		t.Errorf("another token: %v", err)
	}
}

func TestHolderOfAPresentation(t *testing.T) {
	vp := map[string]any{"@context": "https://www.w3.org/2018/credentials/v1", "type": "VerifiablePresentation", "verifiableCredential": []any{doc11()}}
	o := openOne(t, token(eddsa(), map[string]any{"iss": subjectID, "jti": "urn:uuid:9", "vp": vp}))
	if o.Doc["holder"] != subjectID || o.Doc["id"] != "urn:uuid:9" || o.Payload["vp"] == nil {
		t.Errorf("%v", o.Doc)
	}
	for name, s := range map[string]string{
		"vp claim": token(eddsa(), map[string]any{"iss": "did:example:thief", "vp": with(vp, "holder", subjectID)}),
		"flat":     token(eddsa(), with(vp, "iss", "did:example:thief", "holder", map[string]any{"id": subjectID})),
	} {
		if got := codes(openOne(t, s)); got != "!shape.iss-differs" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestTokensThatAreNoCredentials(t *testing.T) {
	good := token(eddsa(), flat(doc20()))
	parts := strings.Split(good, ".")
	cases := map[string]string{
		"input.status-list":   token(eddsa("typ", "statuslist+jwt"), map[string]any{"sub": "https://x.example", "status_list": map[string]any{}}),
		"input.token-other":   token(eddsa("typ", "JWT"), map[string]any{"iss": "https://login.example", "aud": "app", "nonce": "n"}),
		"input.token-damaged": parts[0] + "." + parts[1][:len(parts[1])-3] + "." + parts[2],
		"input.detached":      parts[0] + ".." + parts[2],
		"input.encrypted":     parts[0] + ".a.b.c.d",
		"input.duplicate":     "eyJhbGciOiJFZERTQSIsImFsZyI6Im5vbmUifQ." + parts[1] + "." + parts[2],
	}
	for code, s := range cases {
		if _, err := Open([]byte(s)); fault.Code(err) != code {
			t.Errorf("%s: got %v", code, err)
		}
	}
	// Stray bits in the last letter of base64url decode leniently to the same bytes.
	for _, last := range "hijk" {
		twin := parts[0] + string(last) + "." + parts[1] + "." + parts[2]
		if _, err := Open([]byte(twin)); err == nil {
			t.Errorf("header ending in %c was taken", last)
		}
	}
}
