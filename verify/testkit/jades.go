package testkit

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"maps"
	"testing"
	"time"
)

// JAdES is a sealed text (ETSI TS 119 182-1) to which more can be added, as EU
// tools make it: the payload as it is (b64 false), the chain and date protected.
type JAdES struct {
	Payload   string
	Header    map[string]any // as it was signed
	Protected string
	Signature string
	Additions []any // etsiU
}

// SealJAdES seals a text. more changes the protected header: what is nil there is
// left out.
func (by Identity) SealJAdES(t testing.TB, payload string, at time.Time, more map[string]any, chain ...*x509.Certificate) *JAdES {
	t.Helper()
	own := sha256.Sum256(by.Cert.Raw)
	var x5c []string
	for _, c := range append([]*x509.Certificate{by.Cert}, chain...) {
		x5c = append(x5c, base64.StdEncoding.EncodeToString(c.Raw))
	}
	header := map[string]any{
		"alg": "ES256", "typ": "jose+json", "b64": false, "sigT": at.UTC().Format(time.RFC3339),
		"x5c": x5c, "x5t#S256": url64(own[:]), "crit": []string{"b64", "sigT"},
	}
	maps.Copy(header, more)
	maps.DeleteFunc(header, func(_ string, v any) bool { return v == nil })
	s := &JAdES{Payload: payload, Header: header, Protected: url64(asJSON(t, header))}
	s.Signature = url64(by.es256(t, s.Protected+"."+payload))
	return s
}

// Add adds an unsigned property in base64url.
func (s *JAdES) Add(t testing.TB, name string, value any) {
	t.Helper()
	s.Additions = append(s.Additions, url64(asJSON(t, map[string]any{name: value})))
}

// AddStamp adds a time stamp over the signature.
func (s *JAdES) AddStamp(t testing.TB, by Identity, at time.Time) {
	t.Helper()
	s.Add(t, "sigTst", Stamps(by.Stamp(t, []byte(s.Signature), at)))
}

// AddArchive adds a time stamp over everything there is so far.
func (s *JAdES) AddArchive(t testing.TB, by Identity, at time.Time) {
	t.Helper()
	over := s.Payload + "." + s.Protected + "." + s.Signature + "."
	for _, a := range s.Additions {
		text, _ := a.(string)
		over += text
	}
	s.Add(t, "arcTst", Stamps(by.Stamp(t, []byte(over), at)))
}

// AddValues adds certificates, answers and lists.
func (s *JAdES) AddValues(t testing.TB, certs []*x509.Certificate, answers, lists [][]byte) {
	t.Helper()
	var x []any
	for _, c := range certs {
		x = append(x, map[string]any{"x509Cert": value(c.Raw)})
	}
	s.Add(t, "xVals", x)
	records := map[string]any{}
	for name, all := range map[string][][]byte{"ocspVals": answers, "crlVals": lists} {
		var vals []any
		for _, b := range all {
			vals = append(vals, value(b))
		}
		records[name] = vals
	}
	s.Add(t, "rVals", records)
}

// Stamps is a container of time stamp tokens.
func Stamps(tokens ...[]byte) map[string]any {
	var all []any
	for _, b := range tokens {
		all = append(all, value(b))
	}
	return map[string]any{"tstTokens": all}
}

func value(der []byte) map[string]any {
	return map[string]any{"val": base64.StdEncoding.EncodeToString(der)}
}

// Object gives the seal in the general serialisation.
func (s *JAdES) Object() map[string]any {
	return map[string]any{"payload": s.Payload, "signatures": []any{s.one()}}
}

// Flat gives the seal in the flattened serialisation.
func (s *JAdES) Flat() map[string]any {
	m := s.one()
	m["payload"] = s.Payload
	return m
}

// JSON gives the seal as a file.
func (s *JAdES) JSON(t testing.TB) []byte { return asJSON(t, s.Object()) }

func (s *JAdES) one() map[string]any {
	m := map[string]any{"protected": s.Protected, "signature": s.Signature}
	if s.Additions != nil {
		m["header"] = map[string]any{"etsiU": s.Additions}
	}
	return m
}

func url64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// CorpusStamps gives the time stamp tokens of the sealed credentials in the corpus.
func CorpusStamps(t testing.TB) [][]byte {
	t.Helper()
	var out [][]byte
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				look(e)
			}
		case map[string]any:
			if list, ok := v["tstTokens"].([]any); ok {
				token, _ := base64.StdEncoding.DecodeString(list[0].(map[string]any)["val"].(string))
				out = append(out, token)
			}
			for _, e := range v {
				look(e)
			}
		case string: // the protected header and additions in base64url
			var inner any
			if b, err := base64.RawURLEncoding.DecodeString(v); err == nil && json.Unmarshal(b, &inner) == nil {
				look(inner)
			}
		}
	}
	for _, name := range []string{"elm__Sample-MC-Annex1-signed.jsonld", "elm__credential-jws-invalid.jsonld", "elm__json_to_seal-signed-jades-baseline-lta.json"} {
		var file any
		if err := json.Unmarshal(File(t, "edc", name), &file); err != nil {
			t.Fatal(err)
		}
		look(file)
	}
	if len(out) != 9 {
		t.Fatalf("%d time stamps in the corpus, want three in each of three seals", len(out))
	}
	return out
}
