package envelope

import (
	"bytes"
	"compress/zlib"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/cairnwallet/cairn/verify/sdjwt"
)

// Throw-away key and chance of all vectors: the same in every run.
var (
	testKey    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	testChance = func() *rand.ChaCha8 { return rand.NewChaCha8([32]byte{7}) }
)

const (
	issuerID  = "https://issuer.example/1"
	subjectID = "did:example:learner"
)

// doc20 is a small credential of VCDM 2.0.
func doc20() map[string]any {
	return map[string]any{
		"@context":          []any{"https://www.w3.org/ns/credentials/v2"},
		"id":                "urn:uuid:1",
		"type":              []any{"VerifiableCredential"},
		"issuer":            map[string]any{"id": issuerID, "name": "Example School"},
		"validFrom":         "2026-01-02T03:04:05Z",
		"validUntil":        "2027-01-02T03:04:05Z",
		"credentialSubject": map[string]any{"id": subjectID, "name": "Ada"},
	}
}

// doc11 is the same of VCDM 1.1.
func doc11() map[string]any {
	d := doc20()
	d["@context"] = []any{"https://www.w3.org/2018/credentials/v1"}
	d["issuanceDate"], d["expirationDate"] = d["validFrom"], d["validUntil"]
	delete(d, "validFrom")
	delete(d, "validUntil")
	return d
}

// with gives a copy of m with members set; a nil value removes one.
func with(m map[string]any, pairs ...any) map[string]any {
	out := clone(m)
	for i := 0; i < len(pairs); i += 2 {
		if name := pairs[i].(string); pairs[i+1] == nil {
			delete(out, name)
		} else {
			out[name] = pairs[i+1]
		}
	}
	return out
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// token signs a payload with the throw-away key.
func token(header, payload map[string]any) string {
	e := base64.RawURLEncoding
	s := e.EncodeToString(marshal(header)) + "." + e.EncodeToString(marshal(payload))
	return s + "." + e.EncodeToString(ed25519.Sign(testKey, []byte(s)))
}

func eddsa(pairs ...any) map[string]any { return with(map[string]any{"alg": "EdDSA"}, pairs...) }

// claims are the registered claims that fit doc20 and doc11.
func claims() map[string]any {
	return map[string]any{"iss": issuerID, "sub": subjectID, "jti": "urn:uuid:1", "nbf": 1767323045, "exp": 1798859045}
}

// flat merges the claims into the credential, as Open Badges 3.0 does.
func flat(doc map[string]any) map[string]any {
	out := clone(doc)
	for k, v := range claims() {
		out[k] = v
	}
	return out
}

// disclosing issues an SD-JWT.
func disclosing(t testing.TB, header, payload map[string]any) string {
	t.Helper()
	s, err := sdjwt.Issue(sdjwt.Draft{Header: header, Claims: payload}, testChance(), testKey)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func idCard(pairs ...any) map[string]any {
	return with(map[string]any{
		"iss": issuerID, "iat": 1767323045, "vct": "https://issuer.example/student_card",
		"given_name": sdjwt.Hidden{Value: "Ada"}, "family_name": "Lovelace",
	}, pairs...)
}

// picture is a plain PNG.
func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// pngWith puts chunks into a picture, before or after the image data.
func pngWith(late bool, list ...[]byte) []byte {
	all, err := chunks(picture())
	if err != nil {
		panic(err)
	}
	b := picture()
	at := all[0].end
	if late {
		at = all[len(all)-1].start
	}
	return bytes.Join([][]byte{b[:at], bytes.Join(list, nil), b[at:]}, nil)
}

func textChunk(kind, keyword, middle string, text []byte) []byte {
	return appendChunk(nil, kind, append([]byte(keyword+"\x00"+middle), text...))
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func svg(inner string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">` + inner + `<g/></svg>`)
}

// vectors has at least one good input for each envelope, by its name.
func vectors(t testing.TB) map[string][][]byte {
	jwt := token(eddsa("typ", "vc+jwt"), doc20())
	vp := map[string]any{
		"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiablePresentation",
		"verifiableCredential": []any{doc20(), map[string]any{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + jwt}},
	}
	all := map[string][][]byte{
		"json": {marshal(award()), marshal(doc20()), marshal(doc11()), marshal([]any{doc20(), doc11()}), marshal(vp), []byte("\ufeff\n " + string(marshal(doc20())))},
		"jwt": {
			[]byte(jwt), []byte(token(eddsa("typ", "JWT"), flat(doc20()))), []byte(token(eddsa(), signedAward())),
			[]byte(token(eddsa(), with(claims(), "vc", doc11()))), []byte(token(eddsa("typ", "vp+jwt"), vp)),
		},
		"sd-jwt": {
			[]byte(disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())),
			[]byte(disclosing(t, eddsa("typ", "vc+sd-jwt"), with(doc20(), "name", sdjwt.Hidden{Value: "Course"}))),
		},
		"baked-png": {pngWith(false, textChunk("iTXt", keywords[0], "\x00\x00\x00\x00", marshal(doc20())))},
		"baked-svg": {svg(fmt.Sprintf(`<openbadges:credential verify="%s"/>`, jwt))},
	}
	maps.Copy(all, containers(t))
	maps.Copy(all, inCBOR(t))
	return all
}

// TestEveryInputHasOneEnvelope: exactly one envelope claims each vector, so the
// order of the registry can never matter, and each envelope has vectors.
func TestEveryInputHasOneEnvelope(t *testing.T) {
	all := vectors(t)
	for _, e := range registry {
		if len(all[e.name]) == 0 {
			t.Errorf("no vectors for %s", e.name)
		}
	}
	for name, inputs := range all {
		for _, in := range inputs {
			if who := Of(in); len(who) != 1 || who[0] != name {
				t.Errorf("%s: claimed by %v", name, who)
			}
			if _, err := Open(in); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
