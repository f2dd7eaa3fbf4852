package envelope

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/cose"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// inCBOR has vectors for the envelopes of CBOR and of QR codes, by their names.
func inCBOR(t testing.TB) map[string][][]byte {
	t.Helper()
	good := testkit.Sign1(t, testKey, coseHeader("application/vc+cose"), nil, marshal(doc20()))
	return map[string][][]byte{
		"cose": {
			good, []byte(hex.EncodeToString(good)), []byte(base64.StdEncoding.EncodeToString(good)), []byte(base64.RawURLEncoding.EncodeToString(good)),
			good[1:], []byte(wrapped(base64.StdEncoding.EncodeToString(good))),
			testkit.Sign1(t, testKey, coseHeader("application/vp+cose"), nil, marshal(shownInCOSE(good))),
		},
		"cbor-ld": {packedDoc(t), plainPacked(t, doc20())},
		"vp1":     {vp1(packedDoc(t)), vp1(plainPacked(t, shownIn(doc11())))},
		"shc":     {[]byte("shc:/" + digits(token(eddsa(), with(claims(), "vc", doc11())))), []byte(strings.Join(chunked(deflated(t, eddsa("zip", "DEF"), marshal(doc20())), 2), "\n"))},
	}
}

func coseHeader(typ string) map[any]any {
	return map[any]any{int64(3): "application/vc", int64(4): []byte("key-1"), int64(16): typ}
}

// shownInCOSE is a presentation of an enveloped message.
func shownInCOSE(message []byte) map[string]any {
	return map[string]any{
		"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiablePresentation", "holder": subjectID,
		"verifiableCredential": []any{map[string]any{
			"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+cose;base64," + base64.StdEncoding.EncodeToString(message),
		}},
	}
}

// wrapped breaks a text over lines, as mail programs do.
func wrapped(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i += 64 {
		out.WriteString(s[i:min(i+64, len(s))] + "\r\n")
	}
	return out.String()
}

func TestCOSE(t *testing.T) {
	claims := map[any]any{int64(15): map[any]any{int64(1): issuerID, int64(4): int64(1798859045), int64(6): int64(1767323045), int64(7): []byte("urn:uuid:1")}}
	cases := []struct {
		name   string
		header map[any]any
		doc    map[string]any
		flaws  string
	}{
		{"bare", nil, doc20(), ""},
		{"typed", coseHeader("application/vc+cose"), doc20(), ""},
		{"typed without application", coseHeader("vc+cose"), doc20(), ""},
		{"typed as something else", coseHeader("really/bad"), doc20(), "shape.media-type(typ)"},
		{"with claims that fit", claims, doc20(), ""},
		{"issued by another", map[any]any{int64(15): map[any]any{int64(1): "https://thief.example"}}, doc20(), "shape.iss-differs(issuer)!"},
		{"about another", map[any]any{int64(15): map[any]any{int64(2): "did:example:thief"}}, doc20(), "shape.sub-differs(credentialSubject)!"},
		{"an end that is no date", map[any]any{int64(15): map[any]any{int64(4): "tomorrow"}}, doc20(), "shape.claim-type(exp)!"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			raw := testkit.Sign1(t, testKey, c.header, nil, marshal(c.doc))
			found, err := Open(raw)
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o := found[0]
			if o.Form != "cose" || len(o.Proofs) != 1 || o.Proofs[0].Suite != "cose" || o.Proofs[0].Alg != "EdDSA" || o.Doc["id"] != "urn:uuid:1" {
				t.Errorf("%+v", o)
			}
			if got := written(o); got != c.flaws {
				t.Errorf("flaws %q, want %q", got, c.flaws)
			}
			if again, err := Open(o.Raw); err != nil || len(again) != 1 {
				t.Errorf("what is stored opens no more: %v", err)
			}
		})
	}
	o, err := Open(testkit.Sign1(t, testKey, claims, nil, marshal(doc20())))
	if err != nil || o[0].Proofs[0].Expires.Unix() != 1798859045 || o[0].Proofs[0].Created.Unix() != 1767323045 {
		t.Errorf("dates of the seal: %+v, %v", o, err)
	}
}

func written(o *Opened) string {
	var out []string
	for _, f := range o.Flaws {
		s := f.Code + "(" + f.Member + ")"
		if f.Grave {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestCorpusStatusInCBOR reads the standard's example of a token that refers to a
// status list (Token Status List, section 6.3).
func TestCorpusStatusInCBOR(t *testing.T) {
	raw, err := hex.DecodeString(strings.Join(strings.Fields(string(testkit.File(t, "status-token", "ietf__referenced_token_cwt.txt"))), ""))
	if err != nil {
		t.Fatal(err)
	}
	m, err := cose.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	var claims map[any]any
	if err := strict.CBOR(m.Payload, &claims); err != nil {
		t.Fatal(err)
	}
	got := string(marshal(cwtClaims(claims)))
	want := `{"exp":2291720170,"iat":1686920170,"iss":"https://example.com","status":{"status_list":{"idx":0,"uri":"https://example.com/statuslists/1"}},"sub":"12345"}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := Open(raw); fault.Code(err) != "input.token-other" { // it is no credential itself
		t.Errorf("got %v", err)
	}
}

func TestCOSENamesItsStatusList(t *testing.T) {
	ref := map[any]any{"status_list": map[any]any{"idx": 7, "uri": "https://issuer.example/lists/1"}}
	found, err := Open(testkit.Sign1(t, testKey, map[any]any{int64(15): map[any]any{int64(65535): ref}}, nil, marshal(doc20())))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(marshal(found[0].Doc["status"])); got != `{"status_list":{"idx":7,"uri":"https://issuer.example/lists/1"}}` {
		t.Errorf("got %s", got)
	}
}

func TestCOSERefused(t *testing.T) {
	sign := func(header map[any]any, payload string) []byte {
		return testkit.Sign1(t, testKey, header, nil, []byte(payload))
	}
	good := sign(nil, string(marshal(doc20())))
	detached := append([]byte("\xd2\x84\x43\xa1\x01\x27\xa0\xf6\x58\x40"), make([]byte, 64)...)
	for _, c := range []struct {
		name string
		in   []byte
		code string
	}{
		{"cut short", good[:len(good)-1], "input.token-damaged"},
		{"something after", append(good[:len(good):len(good)], 0), "input.token-damaged"},
		{"odd hexadecimal", []byte(hex.EncodeToString(good)[1:] + "0")[:9], "input.text"},
		{"a letter that is no base64", []byte("0oRD*"), "input.token-damaged"},
		{"without content", detached, "input.detached"},
		{"a text", sign(nil, "hello"), "input.token-other"},
		{"CBOR", sign(nil, "\xa1\x01\x02"), "input.token-other"},
		{"a list of badges", sign(nil, "[]"), "input.token-other"},
		{"no badge", sign(nil, `{"a":1}`), "input.token-other"},
		{"a name twice", sign(nil, `{"type":"VerifiableCredential","type":"x"}`), "input.duplicate"},
		{"a status list", sign(map[any]any{int64(16): "application/statuslist+cwt"}, "\xa1\x01\x02"), "input.status-list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found, err := Open(c.in); fault.Code(err) != c.code {
				t.Errorf("got %v, %v, want %s", found, err, c.code)
			}
		})
	}
}

func TestCOSEPresentation(t *testing.T) {
	message := testkit.Sign1(t, testKey, nil, nil, marshal(doc20()))
	claims := map[any]any{int64(15): map[any]any{int64(1): subjectID, int64(3): "https://employer.example", int64(10): []byte("n-1")}}
	found, err := Open(testkit.Sign1(t, testKey, claims, nil, marshal(shownInCOSE(message))))
	if err != nil {
		t.Fatal(err)
	}
	o := found[0]
	if !o.Presentation || o.Payload["aud"] != "https://employer.example" || o.Payload["nonce"] != "n-1" || len(o.Flaws) != 0 {
		t.Errorf("%+v", o)
	}
	if len(o.Inside) != 1 || o.Inside[0].Form != "cose" || o.Inside[0].Doc["id"] != "urn:uuid:1" {
		t.Errorf("inside %+v", o.Inside)
	}
	bare, err := Open(marshal(shownInCOSE(message[1:]))) // RFC 9052, section 4.2: the tag may be left out
	if err != nil || len(bare[0].Inside) != 1 {
		t.Errorf("untagged inside: %+v, %v", bare, err)
	}
}
