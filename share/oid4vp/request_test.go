package oid4vp

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var (
	now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	key = ed25519.NewKeyFromSeed(make([]byte, 32))
)

const (
	host   = "hotel.example"
	answer = "https://" + host + "/answer"
	asks   = "https://" + host + "/request/1"
)

// params are those of a good request.
// sign makes a request object.
// site is a verifier in memory: pages, and what it does with letters.
// link writes a link.
// open opens a link as somebody who asks would like it.
func TestOpenByValue(t *testing.T) {
	s := &site{}
	r, err := open(s, byValue(params("redirect_uri:"+answer)))
	if err != nil {
		t.Fatal(err)
	}
	if r.Asker != (Asker{ID: "redirect_uri:" + answer, Name: host, Says: "Hotel Bellevue", Why: "unsigned"}) {
		t.Errorf("asker %+v", r.Asker)
	}
	if r.Nonce != "n-0S6_WzA2Mj" || r.State != "s1" || r.To != answer || r.Sealed || r.Label() != host || r.Query.Credentials[0].ID != "badge" {
		t.Errorf("request %+v", r)
	}
	if asked := s.Asked(); len(asked) > 0 || must(ParseLink(byValue(params("a")))).Host() != "" {
		t.Errorf("somebody was asked: %v", asked)
	}
}

// signedBy are ways to sign a request, and who then asks.
func signedBy(t *testing.T, s *site) map[string]struct {
	id     string
	header map[string]any
	key    crypto.Signer
	want   Asker
} {
	t.Helper()
	root := testkit.NewAuthority(t, "Authority of Sites", now)
	leaf := root.Issue(t, &x509.Certificate{
		Subject: pkix.Name{Organization: []string{"Hotel Bellevue AG"}}, DNSNames: []string{host}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
	})
	chain := []any{base64.StdEncoding.EncodeToString(leaf.Cert.Raw)}
	hash := sha256.Sum256(leaf.Cert.Raw)
	web := "did:web:" + host
	doc := map[string]any{"id": web, "verificationMethod": []any{map[string]any{
		"id": web + "#k", "type": "JsonWebKey2020", "controller": web, "publicKeyJwk": jose.Key{Public: key.Public()}.JWK(),
	}}}
	s.Pages = map[string]string{"https://" + host + "/.well-known/did.json": string(must(json.Marshal(doc)))}
	own := must(did.Key(key.Public()))
	other := ed25519.NewKeyFromSeed([]byte(strings.Repeat("b", 32)))
	attestation := must(jose.Sign(map[string]any{"alg": "EdDSA", "typ": "verifier-attestation+jwt"},
		must(json.Marshal(map[string]any{"sub": "bellevue", "cnf": map[string]any{"jwk": jose.Key{Public: key.Public()}.JWK()}})), other))
	return map[string]struct {
		id     string
		header map[string]any
		key    crypto.Signer
		want   Asker
	}{
		"a site's certificate":      {"x509_san_dns:" + host, map[string]any{"x5c": chain}, leaf.Key, Asker{Name: host, Why: "certificate-unknown"}},
		"a certificate by its hash": {"x509_hash:" + jose.Encode64(hash[:]), map[string]any{"x5c": chain}, leaf.Key, Asker{Name: "Hotel Bellevue AG", Why: "certificate-unknown"}},
		"a site's DID":              {"decentralized_identifier:" + web, map[string]any{"kid": web + "#k"}, key, Asker{Name: host, Proven: true, Why: "site"}},
		"a DID that is a key":       {"decentralized_identifier:" + own, map[string]any{"kid": own + "#" + strings.TrimPrefix(own, "did:key:")}, key, Asker{Name: host, Why: "key-only"}},
		"a DID that is not there":   {"decentralized_identifier:did:web:other.example", map[string]any{"kid": "did:web:other.example#k"}, key, Asker{Name: "other.example", Why: "key-unreachable"}},
		"an attestation":            {"verifier_attestation:bellevue", map[string]any{"jwt": attestation}, key, Asker{Name: host, Why: "attested"}},
		"a name of no known kind":   {"bellevue", nil, key, Asker{Name: host, Why: "unknown-kind"}},
		"a federation":              {"openid_federation:https://" + host, nil, key, Asker{Name: host, Why: "unknown-kind"}},
	}
}

func TestOpenSigned(t *testing.T) {
	s := &site{}
	for name, c := range signedBy(t, s) {
		t.Run(name, func(t *testing.T) {
			token := sign(params(c.id), c.header, c.key)
			s.Pages[asks] = token
			text := link(map[string]string{"client_id": c.id, "request_uri": asks})
			if h := must(ParseLink(text)).Host(); h != host {
				t.Errorf("leads to %q", h)
			}
			r, err := open(s, text)
			if err != nil {
				t.Fatal(err)
			}
			c.want.ID, c.want.Says = c.id, "Hotel Bellevue"
			if r.Asker != c.want {
				t.Errorf("asker %+v, want %+v", r.Asker, c.want)
			}
			if got, err := open(s, link(map[string]string{"client_id": c.id, "request": token})); err != nil || got.Asker != c.want {
				t.Errorf("in the link: %+v, %v", got.Asker, err)
			}
			if c.header == nil {
				return // nobody can check that signature
			}
			at := strings.LastIndexByte(token, '.') + 1
			letter := "A"
			if token[at] == 'A' {
				letter = "B"
			}
			bent := token[:at] + letter + token[at+1:]
			if _, err := open(s, link(map[string]string{"client_id": c.id, "request": bent})); c.want.Why != "key-unreachable" && fault.Code(err) != "request.signature" {
				t.Errorf("with another signature: %v", err)
			}
			if _, err := open(s, byValue(params(c.id))); fault.Code(err) != "request.signature" {
				t.Errorf("unsigned: %v", err)
			}
		})
	}
}

func TestCertificateThatIsVouchedFor(t *testing.T) {
	s := &site{}
	root := testkit.NewAuthority(t, "Authority of Sites", now)
	leaf := root.Issue(t, &x509.Certificate{Subject: pkix.Name{Organization: []string{"Hotel Bellevue AG"}}, DNSNames: []string{host}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)})
	header := map[string]any{"x5c": []any{base64.StdEncoding.EncodeToString(leaf.Cert.Raw)}}
	hash := sha256.Sum256(leaf.Cert.Raw)
	for _, c := range []struct {
		id, name, label string
		at              time.Time
		why             string
	}{
		{"x509_san_dns:" + host, host, host, now, "certificate"},
		{"x509_hash:" + jose.Encode64(hash[:]), "Hotel Bellevue AG", "Hotel Bellevue AG (" + host + ")", now, "certificate"},
		{"x509_san_dns:" + host, host, host, now.Add(2 * time.Hour), "certificate-unknown"},
	} {
		d := door(s)
		d.Roots.AddCert(root.Cert)
		d.Now = func() time.Time { return c.at }
		m := params(c.id)
		m["exp"] = c.at.Unix() + 10
		r, err := d.Open(context.Background(), must(ParseLink(link(map[string]string{"client_id": c.id, "request": sign(m, header, leaf.Key)}))))
		if err != nil {
			t.Fatal(err)
		}
		if r.Asker.Name != c.name || r.Asker.Why != c.why || r.Asker.Proven != (c.why == "certificate") || r.Asker.Proven && r.Label() != c.label {
			t.Errorf("%s at %s: %+v %q", c.id, c.at, r.Asker, r.Label())
		}
	}
}

// TestSignedRefused changes one thing of a good signed request each time.
func TestSignedRefused(t *testing.T) {
	s := &site{}
	by := signedBy(t, s)
	cert, web := by["a site's certificate"], by["a site's DID"]
	for _, c := range []struct {
		name, id, member string
		header           map[string]any
		key              crypto.Signer
		change           func(m map[string]any)
	}{
		{"another name inside", cert.id, "client_id", cert.header, cert.key, func(m map[string]any) { m["client_id"] = "x509_san_dns:other.example" }},
		{"a site that the certificate lacks", "x509_san_dns:other.example", "client_id", cert.header, cert.key, nil},
		{"an answer to another site", cert.id, "response_uri", cert.header, cert.key, func(m map[string]any) { m["response_uri"] = "https://other.example/" }},
		{"no certificate", cert.id, "x5c", nil, cert.key, nil},
		{"a certificate that is none", cert.id, "x5c", map[string]any{"x5c": []any{"AAAA"}}, cert.key, nil},
		{"another certificate's hash", "x509_hash:" + jose.Encode64(make([]byte, 32)), "client_id", cert.header, cert.key, nil},
		{"another DID's key", web.id, "kid", map[string]any{"kid": "did:web:other.example#k"}, key, nil},
		{"no key named", web.id, "kid", nil, key, nil},
		{"a DID that is none", "decentralized_identifier:did:web:", "client_id", map[string]any{"kid": "did:web:#k"}, key, nil},
		{"a token of another type", web.id, "typ", map[string]any{"kid": "did:web:" + host + "#k", "typ": "JWT"}, key, nil},
		{"for another wallet", web.id, "aud", web.header, key, func(m map[string]any) { m["aud"] = "https://wallet.example" }},
		{"an end that is a text", web.id, "exp", web.header, key, func(m map[string]any) { m["exp"] = "tomorrow" }},
		{"an attestation of somebody else", "verifier_attestation:other", "jwt", by["an attestation"].header, key, nil},
		{"no attestation", "verifier_attestation:bellevue", "jwt", nil, key, nil},
		{"signed where it must not be", "redirect_uri:" + answer, "request", nil, key, nil},
	} {
		m := params(c.id)
		if c.change != nil {
			c.change(m)
		}
		_, err := open(s, link(map[string]string{"client_id": c.id, "request": sign(m, c.header, c.key)}))
		if member(err) != c.member {
			t.Errorf("%s: %v, want %q named", c.name, err, c.member)
		}
	}
	for name, change := range map[string]func(m map[string]any){
		"it ran out a day ago":    func(m map[string]any) { m["exp"] = now.AddDate(0, 0, -1).Unix() },
		"it is not for today yet": func(m map[string]any) { m["nbf"] = now.AddDate(0, 0, 1).Unix() },
	} {
		m := params(web.id)
		change(m)
		if _, err := open(s, link(map[string]string{"client_id": web.id, "request": sign(m, web.header, key)})); fault.Code(err) != "request.date" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := open(s, link(map[string]string{"client_id": web.id, "request": sign(params(web.id), map[string]any{"kid": "did:web:" + host + "#gone"}, key)})); fault.Code(err) != "request.signature" {
		t.Errorf("a key that is not listed: %v", err)
	}
}

func TestRequestPosted(t *testing.T) {
	s := &site{}
	web := signedBy(t, s)["a site's DID"]
	text := link(map[string]string{"client_id": web.id, "request_uri": asks, "request_uri_method": "post"})
	said := ""
	s.take = func(l fetch.Letter) (fetch.Reply, error) {
		form := must(url.ParseQuery(string(l.Body)))
		m := params(web.id)
		m["wallet_nonce"] = form.Get("wallet_nonce") + said
		if l.URL != asks || l.Type != formType || l.Accept != "application/"+typRequest || len(form) != 1 || len(form.Get("wallet_nonce")) < 20 {
			t.Errorf("posted %+v", l)
		}
		return fetch.Reply{Status: 200, Body: []byte(sign(m, web.header, key))}, nil
	}
	if r, err := open(s, text); err != nil || !r.Asker.Proven {
		t.Errorf("%+v, %v", r, err)
	}
	said = "x"
	if _, err := open(s, text); member(err) != "wallet_nonce" {
		t.Errorf("with another nonce: %v", err)
	}
	s.take = func(fetch.Letter) (fetch.Reply, error) { return fetch.Reply{Status: 500}, nil }
	if _, err := open(s, text); fault.Code(err) != "fetch.unreachable" {
		t.Errorf("from a server that fails: %v", err)
	}
	if _, err := open(s, link(map[string]string{"client_id": web.id, "request_uri": "https://" + host + "/nothing"})); fault.Code(err) != "fetch.unreachable" {
		t.Errorf("a request that is not there: %v", err)
	}
}

// TestLinkRefused changes one thing of a good link each time.
func TestLinkRefused(t *testing.T) {
	good := params("redirect_uri:" + answer)
	for _, c := range []struct {
		name, member string
		change       func(m map[string]any)
	}{
		{"nobody asks", "client_id", func(m map[string]any) { delete(m, "client_id") }},
		{"a browser's name for a site", "client_id", func(m map[string]any) { m["client_id"] = "origin:https://" + host }},
		{"a name with a space", "client_id", func(m map[string]any) { m["client_id"] = "bellevue " }},
		{"an answer to another place", "response_uri", func(m map[string]any) { m["response_uri"] = answer + "/2" }},
		{"an answer without a seal", "response_uri", func(m map[string]any) { m["response_uri"] = "http://hotel.example/answer" }},
		{"an answer to this computer", "response_uri", func(m map[string]any) { m["response_uri"] = "https://127.0.0.1/answer" }},
		{"an answer to nowhere", "response_uri", func(m map[string]any) { delete(m, "response_uri") }},
		{"two places for the answer", "redirect_uri", func(m map[string]any) { m["redirect_uri"] = answer }},
		{"no nonce", "nonce", func(m map[string]any) { delete(m, "nonce") }},
		{"a nonce with a space", "nonce", func(m map[string]any) { m["nonce"] = "a b" }},
		{"another kind of answer", "response_type", func(m map[string]any) { m["response_type"] = "vp_token id_token" }},
		{"no question", "dcql_query", func(m map[string]any) { delete(m, "dcql_query") }},
		{"a question that is a list", "dcql_query", func(m map[string]any) { m["dcql_query"] = []any{} }},
		{"a question cut off", "dcql_query", func(m map[string]any) { m["dcql_query"] = "{" }},
		{"two ways to the request", "request_uri", func(m map[string]any) { m["request"], m["request_uri"] = "a.b.c", asks }},
		{"a way without a place", "request_uri", func(m map[string]any) { m["request_uri_method"] = "get" }},
		{"a way that is not known", "request_uri_method", func(m map[string]any) { m["request_uri"], m["request_uri_method"] = asks, "put" }},
		{"a place on this computer", "request_uri", func(m map[string]any) { m["request_uri"] = "https://localhost/1" }},
		{"a request that is no token", "request", func(m map[string]any) { m["request"] = "a.b" }},
		{"a name that is a number", "client_metadata/client_name", func(m map[string]any) { m["client_metadata"] = map[string]any{"client_name": 1} }},
		{"keys that are a text", "client_metadata/jwks/keys", func(m map[string]any) {
			m["client_metadata"] = map[string]any{"jwks": map[string]any{"keys": "k"}}
		}},
	} {
		m := maps.Clone(good)
		c.change(m)
		if _, err := open(&site{}, byValue(m)); member(err) != c.member {
			t.Errorf("%s: %v, want %q named", c.name, err, c.member)
		}
	}
	if _, err := ParseLink(byValue(good) + "&nonce=2"); member(err) != "nonce" {
		t.Errorf("a parameter twice: %v", err)
	}
	for _, text := range []string{"", "nothing", "openid4vp://?a=%zz", "openid4vp://?a=" + strings.Repeat("x", maxLink)} {
		if _, err := ParseLink(text); fault.Code(err) != "link.broken" {
			t.Errorf("%.40q: %v", text, err)
		}
	}
}

func TestRequestThatCanNotBeAnswered(t *testing.T) {
	for code, change := range map[string]func(m map[string]any){
		"request.older":       func(m map[string]any) { m["presentation_definition"] = map[string]any{} },
		"request.transaction": func(m map[string]any) { m["transaction_data"] = []any{"e30"} },
		"request.mode":        func(m map[string]any) { m["response_mode"] = "dc_api" },
		"request.scope":       func(m map[string]any) { delete(m, "dcql_query"); m["scope"] = "badge" },
		"request.encryption":  func(m map[string]any) { m["response_mode"] = "direct_post.jwt" },
	} {
		m := params("redirect_uri:" + answer)
		change(m)
		if _, err := open(&site{}, byValue(m)); fault.Code(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func FuzzParseRequest(f *testing.F) {
	f.Add(must(json.Marshal(params("redirect_uri:" + answer))))
	f.Add([]byte(`{"client_id":"a","response_type":"vp_token","response_mode":"direct_post.jwt","response_uri":"https://a.example/","nonce":"n","dcql_query":` + wide + `,"client_metadata":{"jwks":{"keys":[{}]},"vp_formats_supported":{"x":{"alg_values":["ES256"]}}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ParseRequest(raw)
		if (err != nil) != (r.To == "") || err != nil && fault.Code(err) == "" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func FuzzLink(f *testing.F) {
	s := &site{take: func(fetch.Letter) (fetch.Reply, error) { return fetch.Reply{}, errors.New("down") }}
	f.Add(byValue(params("redirect_uri:" + answer)))
	f.Add(link(map[string]string{"client_id": "x509_san_dns:" + host, "request": sign(params("x509_san_dns:"+host), map[string]any{"x5c": []any{"AAAA"}}, key)}))
	f.Add(link(map[string]string{"client_id": "verifier_attestation:a", "request": sign(params("verifier_attestation:a"), map[string]any{"jwt": "a.b.c"}, key)}))
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := open(s, text); err == nil && r.Asker.Proven {
			t.Errorf("somebody is proven to ask: %+v", r.Asker)
		}
	})
}
