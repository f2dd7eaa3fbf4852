package jades_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/jades"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var at = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// text has what a second writer would write differently: escapes, space, a slash,
// letters beyond ASCII, a number with a zero.
const text = "{\r\n  \"a\": \"\\u00e9 \\/ é 𝄞 <b>\", \"n\": 1.50 }"

func college(t testing.TB) testkit.Identity {
	return testkit.NewAuthority(t, "Authority", at).ForSeals(t, "Alpine College", "VATAT-U123", at)
}

// parse goes by way of the file, as everything a person adds does.
func parse(t testing.TB, file []byte) (*jades.Seal, error) {
	t.Helper()
	m, err := strict.Object(file)
	if err != nil {
		t.Fatal(err)
	}
	return jades.Parse(m)
}

func key(s jades.Signature) jose.Key { return jose.Key{Public: s.Certificate.PublicKey} }

func TestSeal(t *testing.T) {
	by := college(t)
	s, err := parse(t, by.SealJAdES(t, text, at, nil).JSON(t))
	if err != nil {
		t.Fatal(err)
	}
	one := s.Signatures[0]
	if string(s.Payload) != text || len(s.Extra) != 0 || len(one.Unsigned.Remarks) != 0 {
		t.Errorf("%q, %v, %v", s.Payload, s.Extra, one.Unsigned.Remarks)
	}
	if !one.Certificate.Equal(by.Cert) || one.Mismatch || !one.Claimed.Equal(at) {
		t.Errorf("%v, %v, %v", one.Certificate.Subject, one.Mismatch, one.Claimed)
	}
	if err := one.Token.Verify(key(one)); err != nil {
		t.Error(err)
	}
	if _, ok := s.Compact(); ok {
		t.Error("a seal was taken for an ordinary token")
	}
}

// TestTwins changes one thing each time; the signature must not hold.
func TestTwins(t *testing.T) {
	by, other := college(t), college(t)
	for name, change := range map[string]func(s *testkit.JAdES){
		"a letter of the text":       func(s *testkit.JAdES) { s.Payload = strings.Replace(s.Payload, "𝄞", "𝄢", 1) },
		"a space more":               func(s *testkit.JAdES) { s.Payload += " " },
		"another line break":         func(s *testkit.JAdES) { s.Payload = strings.Replace(s.Payload, "\r\n", "\n", 1) },
		"an escape less":             func(s *testkit.JAdES) { s.Payload = strings.Replace(s.Payload, `\/`, "/", 1) },
		"a day of the signing time":  func(s *testkit.JAdES) { s.Protected = other.SealJAdES(t, text, at.AddDate(0, 0, 1), nil).Protected },
		"a signature over another":   func(s *testkit.JAdES) { s.Signature = by.SealJAdES(t, "{}", at, nil).Signature },
		"a letter of the signature":  func(s *testkit.JAdES) { s.Signature = flip(s.Signature) },
		"somebody else's signature":  func(s *testkit.JAdES) { s.Signature = other.SealJAdES(t, text, at, s.Header).Signature },
		"no signature":               func(s *testkit.JAdES) { s.Signature = "" },
		"somebody else's protection": func(s *testkit.JAdES) { s.Protected = other.SealJAdES(t, text, at, nil).Protected },
	} {
		t.Run(name, func(t *testing.T) {
			sealed := by.SealJAdES(t, text, at, nil)
			change(sealed)
			s, err := parse(t, sealed.JSON(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Signatures[0].Token.Verify(jose.Key{Public: by.Cert.PublicKey}); !errors.Is(err, jose.ErrSignature) {
				t.Errorf("%v", err)
			}
		})
	}
}

func flip(s string) string {
	c := byte('A')
	if s[5] == 'A' {
		c = 'B'
	}
	return s[:5] + string(c) + s[6:]
}

func TestForms(t *testing.T) {
	by := college(t)
	sealed := by.SealJAdES(t, text, at, nil)
	encoded := by.SealJAdES(t, jose.Encode64([]byte(text)), at, map[string]any{"b64": nil, "crit": []string{"sigT"}})
	plain := by.SealJAdES(t, jose.Encode64([]byte(text)), at, map[string]any{"b64": nil, "crit": nil, "sigT": nil, "x5c": nil, "x5t#S256": nil})
	object := func(change func(m map[string]any)) map[string]any { m := sealed.Object(); change(m); return m }
	two := object(func(m map[string]any) {
		m["signatures"] = append(m["signatures"].([]any), college(t).SealJAdES(t, text, at, nil).Object()["signatures"].([]any)...)
	})
	for _, tt := range []struct {
		name       string
		m          map[string]any
		err        error
		signatures int
		plain      bool
	}{
		{"general", sealed.Object(), nil, 1, false},
		{"flattened", sealed.Flat(), nil, 1, false},
		{"encoded", encoded.Object(), nil, 1, false},
		{"no seal, only a token in JSON", plain.Flat(), nil, 1, true},
		{"two signatures", two, nil, 2, false},
		{"signatures that disagree about the payload", object(func(m map[string]any) {
			m["payload"] = "eyJhIjoxfQ"
			m["signatures"] = []any{sealed.Object()["signatures"].([]any)[0], encoded.Object()["signatures"].([]any)[0]}
		}), jades.ErrForm, 0, false},
		{"payload in a list", object(func(m map[string]any) { m["payload"] = []any{text} }), jades.ErrForm, 0, false},
		{"no payload", object(func(m map[string]any) { delete(m, "payload") }), jades.ErrForm, 0, false},
		{"empty payload", object(func(m map[string]any) { m["payload"] = "" }), jades.ErrDetached, 0, false},
		{"no signatures", object(func(m map[string]any) { m["signatures"] = []any{} }), jades.ErrForm, 0, false},
		{"signatures of another type", object(func(m map[string]any) { m["signatures"] = []any{"x"} }), jades.ErrForm, 0, false},
		{"too many signatures", object(func(m map[string]any) { m["signatures"] = slices.Repeat(m["signatures"].([]any), 9) }), jades.ErrForm, 0, false},
		{"no protected header", map[string]any{"payload": "e30", "header": map[string]any{"alg": "ES256"}, "signature": "AA"}, jades.ErrForm, 0, false},
		{"header that is no header", map[string]any{"payload": "e30", "protected": "e30", "signature": "AA"}, jades.ErrForm, 0, false},
		{"detached parts", by.SealJAdES(t, text, at, map[string]any{"sigD": map[string]any{}, "crit": []string{"b64", "sigD"}}).Flat(), jades.ErrDetached, 0, false},
		{"b64 not named as critical", by.SealJAdES(t, text, at, map[string]any{"crit": []string{"sigT"}}).Flat(), jades.ErrForm, 0, false},
		{"b64 that is no truth value", by.SealJAdES(t, text, at, map[string]any{"b64": "false"}).Flat(), jades.ErrForm, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := jades.Parse(tt.m)
			if !errors.Is(err, tt.err) {
				t.Fatalf("%v, want %v", err, tt.err)
			}
			if err != nil {
				return
			}
			if len(s.Signatures) != tt.signatures || string(s.Payload) != text {
				t.Errorf("%d signatures of %q", len(s.Signatures), s.Payload)
			}
			if _, ok := s.Compact(); ok != tt.plain {
				t.Errorf("an ordinary token: %v", ok)
			}
		})
	}
}

// TestCritical: what a header calls critical and this package does not heed leaves
// the signature unjudged, whatever the mathematics say.
func TestCritical(t *testing.T) {
	by := college(t)
	for name, header := range map[string]struct {
		more map[string]any
		want error
	}{
		"heeded":               {map[string]any{"sigPl": map[string]any{}, "crit": []string{"b64", "sigT", "sigPl"}}, nil},
		"the date of v1.2.1":   {map[string]any{"iat": 1772600767, "sigT": nil, "crit": []string{"b64", "iat"}}, nil},
		"a signature policy":   {map[string]any{"sigPId": map[string]any{}, "crit": []string{"b64", "sigT", "sigPId"}}, jose.ErrCritical},
		"roles of the signer":  {map[string]any{"srAts": []any{}, "crit": []string{"b64", "srAts"}}, jose.ErrCritical},
		"a commitment":         {map[string]any{"srCms": []any{}, "crit": []string{"b64", "srCms"}}, jose.ErrCritical},
		"something quite else": {map[string]any{"x": 1, "crit": []string{"b64", "x"}}, jose.ErrCritical},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := parse(t, by.SealJAdES(t, text, at, header.more).JSON(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Signatures[0].Token.Verify(key(s.Signatures[0])); !errors.Is(err, header.want) {
				t.Errorf("%v, want %v", err, header.want)
			}
		})
	}
	for name, crit := range map[string]any{"twice": []string{"b64", "b64"}, "empty": []string{}, "absent": []string{"b64", "nothing"}, "no list": "b64"} {
		if _, err := parse(t, by.SealJAdES(t, text, at, map[string]any{"crit": crit}).JSON(t)); !errors.Is(err, jades.ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCertificateByHash(t *testing.T) {
	by, other := college(t), college(t)
	hash := by.SealJAdES(t, text, at, nil).Header["x5t#S256"]
	for name, tt := range map[string]struct {
		more     map[string]any
		mismatch bool
		none     bool
	}{
		"as it should be":              {nil, false, false},
		"another's hash":               {map[string]any{"x5t#S256": other.SealJAdES(t, text, at, nil).Header["x5t#S256"]}, true, false},
		"no hash":                      {map[string]any{"x5t#S256": nil}, false, false},
		"hash of another type":         {map[string]any{"x5t#S256": 1}, true, false},
		"another form, the same":       {map[string]any{"x5t#o": map[string]any{"digAlg": "S256", "digVal": hash}}, false, false},
		"another form, another's":      {map[string]any{"x5t#o": map[string]any{"digAlg": "S512", "digVal": hash}}, true, false},
		"several, the first is it":     {map[string]any{"sigX5ts": []any{map[string]any{"digAlg": "S256", "digVal": hash}, map[string]any{"digAlg": "S256", "digVal": "x"}}}, false, false},
		"several, the first is not":    {map[string]any{"sigX5ts": []any{map[string]any{"digAlg": "S384", "digVal": "x"}}}, true, false},
		"a hash nobody can compare":    {map[string]any{"x5t#o": map[string]any{"digAlg": "S3-512", "digVal": "x"}}, false, false},
		"no certificate":               {map[string]any{"x5c": nil}, false, true},
		"a certificate that is none":   {map[string]any{"x5c": []string{"AAAA"}}, false, true},
		"certificates of another type": {map[string]any{"x5c": "AAAA"}, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := parse(t, by.SealJAdES(t, text, at, tt.more).JSON(t))
			if err != nil {
				t.Fatal(err)
			}
			one := s.Signatures[0]
			if one.Mismatch != tt.mismatch || (one.Certificate == nil) != tt.none {
				t.Errorf("mismatch %v, certificate %v", one.Mismatch, one.Certificate)
			}
		})
	}
}

func TestExtra(t *testing.T) {
	m := college(t).SealJAdES(t, text, at, nil).Flat()
	m["evil"], m["header"] = "x", map[string]any{"alg": "none"}
	s, err := jades.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Extra, []string{"evil"}) || !slices.Contains(s.Signatures[0].Unsigned.Remarks, jades.UnprotectedExtra) {
		t.Errorf("%v, %v", s.Extra, s.Signatures[0].Unsigned.Remarks)
	}
	if s.Signatures[0].Token.Alg != "ES256" {
		t.Error("an unprotected header chose the algorithm")
	}
}

func FuzzParse(f *testing.F) {
	by := college(f)
	s := by.SealJAdES(f, text, at, nil)
	s.AddStamp(f, by, at)
	s.AddValues(f, nil, [][]byte{{1}}, nil)
	f.Add(s.JSON(f))
	f.Add([]byte(`{"payload":"","signatures":[{"protected":"e30","header":{"etsiU":["e30"]},"signature":""}]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		m, err := strict.Object(file)
		if err != nil {
			return
		}
		before := maps.Clone(m)
		got, err := jades.Parse(m)
		switch {
		case err != nil && !errors.Is(err, jades.ErrForm) && !errors.Is(err, jades.ErrDetached):
			t.Errorf("error of no kind: %v", err)
		case err == nil && len(got.Signatures) == 0:
			t.Error("a seal without a signature")
		case len(before) != len(m):
			t.Error("the document was changed")
		}
	})
}
