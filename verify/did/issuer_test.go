package did

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

const (
	school = "https://school.example/issuer/7"
	vcMeta = "https://school.example/.well-known/jwt-vc-issuer/issuer/7"
	jwks   = `{"keys":[` + jwkP256 + `]}`
)

// answers is a web of pages and errors; every page was fetched on day.
func answers(pages map[string]string, errs map[string]error) *testkit.Web {
	return &testkit.Web{Pages: pages, Errs: errs, Now: day}
}

func TestSDJWTIssuer(t *testing.T) {
	inline := fmt.Sprintf(`{"issuer":%q,"jwks":%s}`, school, jwks)
	linked := fmt.Sprintf(`{"issuer":%q,"jwks_uri":"https://keys.example/set"}`, school)
	for _, c := range []struct {
		name, body, set string
		url             string
		want            error
	}{
		{"inline", inline, "", vcMeta, nil},
		{"linked", linked, jwks, "https://keys.example/set", nil},
		{"another issuer", fmt.Sprintf(`{"issuer":%q,"jwks":%s}`, school+"8", jwks), "", "", ErrDocument},
		{"issuer with a slash", fmt.Sprintf(`{"issuer":%q,"jwks":%s}`, school+"/", jwks), "", "", ErrDocument},
		{"no issuer", `{"jwks":` + jwks + `}`, "", "", ErrDocument},
		{"issuer twice", fmt.Sprintf(`{"issuer":%q,"issuer":%q,"jwks":%s}`, school, school, jwks), "", "", ErrDocument},
		{"no keys", fmt.Sprintf(`{"issuer":%q}`, school), "", "", ErrDocument},
		{"empty set", fmt.Sprintf(`{"issuer":%q,"jwks":{"keys":[]}}`, school), "", "", ErrDocument},
		{"inline and linked", fmt.Sprintf(`{"issuer":%q,"jwks":%s,"jwks_uri":"https://keys.example/set"}`, school, jwks), jwks, "", ErrDocument},
		{"linked by http", fmt.Sprintf(`{"issuer":%q,"jwks_uri":"http://keys.example/set"}`, school), jwks, "", ErrDocument},
		{"linked file", fmt.Sprintf(`{"issuer":%q,"jwks_uri":"file:///etc/passwd"}`, school), jwks, "", ErrDocument},
		{"link leads nowhere", linked, "", "", fetch.ErrUnreachable},
		{"link to a page", linked, "<html>", "", ErrDocument},
		{"a web page", "<html>", "", "", ErrDocument},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := answers(map[string]string{vcMeta: c.body}, nil)
			if c.set != "" {
				web.Pages["https://keys.example/set"] = c.set
			}
			keys, err := SDJWTIssuer(t.Context(), web, school)
			checkKeys(t, keys, err, c.url, c.want)
		})
	}
}

func checkKeys(t *testing.T, keys Keys, err error, url string, want error) {
	t.Helper()
	if !errors.Is(err, want) || (err == nil) != (len(keys.Keys) > 0) {
		t.Fatalf("got %v, %v, want %v", keys, err, want)
	}
	if want != nil {
		return
	}
	if !keys.Keys[0].Equal(keyOf(t, mbP256)) || keys.URL != url || !keys.AsOf.Equal(day) {
		t.Errorf("got %+v, want the key at %s", keys, url)
	}
}

func TestSDJWTIssuerPlace(t *testing.T) {
	for iss, want := range map[string]string{
		"https://school.example":        "https://school.example/.well-known/jwt-vc-issuer",
		"https://school.example/":       "https://school.example/.well-known/jwt-vc-issuer",
		"https://school.example/a/b":    "https://school.example/.well-known/jwt-vc-issuer/a/b",
		"https://school.example/a/b/":   "https://school.example/.well-known/jwt-vc-issuer/a/b",
		"https://school.example/a%20b":  "https://school.example/.well-known/jwt-vc-issuer/a%20b",
		"http://school.example/a":       "https://school.example/.well-known/jwt-vc-issuer/a",
		"https://school.example?a=b":    "",
		"https://school.example?":       "",
		"https://school.example/#":      "",
		"https://school.example/#a":     "",
		"https://me:pw@school.example/": "",
		"https:school.example":          "",
		"school.example":                "",
		"did:web:school.example":        "",
		"file:///etc/passwd":            "",
		"https://school.example/\n":     "",
		"":                              "",
	} {
		web := answers(nil, nil)
		_, err := SDJWTIssuer(t.Context(), web, iss)
		asked := web.Asked()
		if want == "" && (len(asked) > 0 || !errors.Is(err, ErrInvalid)) {
			t.Errorf("%q asks %v: %v", iss, asked, err)
		}
		if want != "" && (len(asked) != 1 || asked[0] != want || !errors.Is(err, fetch.ErrUnreachable)) {
			t.Errorf("%q asks %v: %v", iss, asked, err)
		}
	}
}

func TestIssuerJWKS(t *testing.T) {
	const below, root = school + "/.well-known/jwks.json", "https://school.example/.well-known/jwks.json"
	profile := fmt.Sprintf(`{"id":%q,"type":"Profile","name":"School"}`, school)
	gone := fetch.ErrGone
	for _, c := range []struct {
		name  string
		pages map[string]string
		errs  map[string]error
		url   string
		want  error
	}{
		{"key set at the issuer", map[string]string{school: jwks}, nil, school, nil},
		{"jwks in the profile", map[string]string{school: fmt.Sprintf(`{"id":%q,"jwks":%s}`, school, jwks)}, nil, school, nil},
		{"methods in the profile", map[string]string{school: fmt.Sprintf(`{"id":%q,"assertionMethod":[{"id":"#k","type":"Multikey","publicKeyMultibase":%q}]}`, school, mbP256)}, nil, school, nil},
		{"jwks_uri in the profile", map[string]string{school: fmt.Sprintf(`{"id":%q,"jwks_uri":%q}`, school, below), below: jwks}, nil, below, nil},
		{"below the issuer", map[string]string{school: profile, below: jwks}, nil, below, nil},
		{"on the host", map[string]string{school: profile, root: jwks}, nil, root, nil},
		{"issuer's page is for people", map[string]string{school: "<html>", root: jwks}, nil, root, nil},
		{"issuer not reached, but its keys", map[string]string{root: jwks}, nil, root, nil},
		{"profile of another", map[string]string{school: fmt.Sprintf(`{"id":"https://other.example","jwks":%s}`, jwks)}, nil, "", fetch.ErrUnreachable},
		{"made out to another", map[string]string{school: fmt.Sprintf(`{"issuer":"https://other.example","jwks":%s}`, jwks)}, map[string]error{below: gone, root: gone}, "", ErrDocument},
		{"methods for other things", map[string]string{school: fmt.Sprintf(`{"id":%q,"keyAgreement":[{"id":"#k","type":"Multikey","publicKeyMultibase":%q}]}`, school, mbP256)}, map[string]error{below: gone, root: gone}, "", ErrDocument},
		{"nothing published", nil, map[string]error{school: gone, below: gone, root: gone}, "", fetch.ErrGone},
		{"one place not reached", nil, map[string]error{school: gone, below: fetch.ErrUnreachable, root: gone}, "", fetch.ErrUnreachable},
		{"offline", nil, map[string]error{school: fetch.ErrOffline, below: fetch.ErrOffline, root: fetch.ErrOffline}, "", fetch.ErrOffline},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := IssuerJWKS(t.Context(), answers(c.pages, c.errs), school)
			checkKeys(t, keys, err, c.url, c.want)
		})
	}
	if _, err := IssuerJWKS(t.Context(), answers(nil, nil), "did:web:example.org"); !errors.Is(err, ErrInvalid) {
		t.Errorf("a DID: %v", err)
	}
}

func TestKeyURL(t *testing.T) {
	named := `{"keys":[` + jwkWith(t, "a", mbEd) + `,` + jwkWith(t, "b", mbP256) + `]}`
	doc := fmt.Sprintf(`{"id":%q,"assertionMethod":[{"id":"#a","type":"Multikey","publicKeyMultibase":%q}],"verificationMethod":[{"id":"#b","type":"Multikey","publicKeyMultibase":%q}]}`, school, mbP256, mbEd)
	for _, c := range []struct {
		name, kid, body string
		n               int
		want            error
	}{
		{"a JWK", school, jwkP256, 1, nil},
		{"a JWK, with fragment", school + "#any", jwkP256, 1, nil},
		{"with a query", school + "?key=1", jwkP256, 1, nil},
		{"a set", school, jwks, 1, nil},
		{"a set of two", school, named, 2, nil},
		{"one of two", school + "#b", named, 1, nil},
		{"none of two", school + "#c", named, 0, ErrDocument},
		{"a method", school + "#a", doc, 1, nil},
		{"a document's methods", school, doc, 1, nil},
		{"a method not for claims", school + "#b", doc, 0, ErrDocument},
		{"a page", school, "<html>", 0, ErrDocument},
		{"a private key", school, `{"kty":"OKP","crv":"Ed25519","d":"AA"}`, 0, jose.ErrPrivate},
		{"secp256k1", school, jwkK1, 1, nil},
		{"BLS12-381", school, jwkBLS, 0, jose.ErrUnsupportedKey},
		{"not https", "ftp://school.example", "", 0, ErrInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := KeyURL(t.Context(), answers(map[string]string{school: c.body, school + "?key=1": c.body}, nil), c.kid)
			if !errors.Is(err, c.want) || len(keys.Keys) != c.n {
				t.Fatalf("got %+v, %v, want %d, %v", keys, err, c.n, c.want)
			}
			want := mbP256
			if c.body == jwkK1 {
				want = mbK1
			}
			if c.n == 1 && !keys.Keys[0].Equal(keyOf(t, want)) {
				t.Errorf("another key: %+v", keys)
			}
		})
	}
}

func jwkWith(t *testing.T, kid, mb string) string {
	t.Helper()
	m := keyOf(t, mb).JWK()
	m["kid"] = kid
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Keys that rest on two answers are as old as the older of them.
func TestKeysAge(t *testing.T) {
	old := day.Add(-48 * time.Hour)
	for _, c := range []struct{ a, b, want time.Time }{{day, old, old}, {old, day, old}, {time.Time{}, old, old}} {
		if got := earlier(c.a, c.b); !got.Equal(c.want) {
			t.Errorf("earlier(%v, %v) = %v", c.a, c.b, got)
		}
	}
}
