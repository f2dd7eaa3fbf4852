package oid4vci

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func remarshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const goodOffer = `{"credential_issuer":"https://i.example/a","credential_configuration_ids":["x","y"],"grants":{"authorization_code":{"issuer_state":"s"},
"urn:ietf:params:oauth:grant-type:pre-authorized_code":{"pre-authorized_code":"c","tx_code":{"input_mode":"text","length":6,"description":"By e-mail"}}}}`

const goodIssuer = `{"credential_issuer":"https://i.example/a","credential_endpoint":"https://i.example/c","nonce_endpoint":"https://i.example/n","authorization_servers":["https://s.example"],
"display":[{"name":"Alpenkolleg","locale":"de"},{"name":" Alpine  College ","locale":"en-GB"}],"credential_request_encryption":{"encryption_required":false},
"credential_configurations_supported":{"x":{"format":"dc+sd-jwt","cryptographic_binding_methods_supported":["jwk"],"proof_types_supported":{"jwt":{"proof_signing_alg_values_supported":["ES256"]}},"display":[{"name":"Guest care"}]},"z":{"format":"new"}}}`

const goodServer = `{"issuer":"https://s.example","token_endpoint":"https://s.example/t","authorization_endpoint":"https://s.example/a","grant_types_supported":["authorization_code"],"token_endpoint_auth_methods_supported":["none","attest_jwt_client_auth"]}`

const goodToken = `{"access_token":"t","token_type":"BEARER","authorization_details":[{"type":"openid_credential","credential_configuration_id":"x","credential_identifiers":["x-1"]}]}`

const goodCredentials = `{"credentials":[{"credential":"a.b.c"},{"credential":{ "a" : 1 }}],"notification_id":"n"}`

// TestTwins: what is good is read, and each twin with one thing broken is refused by
// the name of that thing.
func TestTwins(t *testing.T) {
	parsers := map[string]func(string) error{
		goodOffer:       func(s string) error { _, err := ParseOffer([]byte(s)); return err },
		goodIssuer:      func(s string) error { _, err := ParseIssuer([]byte(s)); return err },
		goodServer:      func(s string) error { _, err := ParseServer([]byte(s)); return err },
		goodToken:       func(s string) error { _, err := ParseToken([]byte(s)); return err },
		goodCredentials: func(s string) error { _, err := ParseCredentials([]byte(s)); return err },
	}
	for good, parse := range parsers {
		if err := parse(good); err != nil {
			t.Errorf("good: %v", err)
		}
		if err := parse(good[:len(good)-1]); fault.Code(err) == "" {
			t.Errorf("cut: %v", err)
		}
	}
	for _, tt := range []struct{ good, old, broken, member string }{
		{goodOffer, `"https://i.example/a"`, `"http://i.example/a"`, "credential_issuer"},
		{goodOffer, `"https://i.example/a"`, `"https://i.example/a?b"`, "credential_issuer"},
		{goodOffer, `"https://i.example/a"`, `"https://me@i.example/a"`, "credential_issuer"},
		{goodOffer, `"https://i.example/a"`, `7`, "credential_issuer"},
		{goodOffer, `["x","y"]`, `[]`, "credential_configuration_ids"},
		{goodOffer, `["x","y"]`, `["x","x"]`, "credential_configuration_ids"},
		{goodOffer, `["x","y"]`, `["x",""]`, "credential_configuration_ids"},
		{goodOffer, `["x","y"]`, `"x"`, "credential_configuration_ids"},
		{goodOffer, `"grants":{`, `"grants":[],"g":{`, "grants"},
		{goodOffer, `"s"`, `1`, "grants.authorization_code.issuer_state"},
		{goodOffer, `"c",`, `"",`, "grants." + grantPreAuthorized + ".pre-authorized_code"},
		{goodOffer, `"text"`, `"voice"`, "grants." + grantPreAuthorized + ".tx_code.input_mode"},
		{goodOffer, `6`, `0`, "grants." + grantPreAuthorized + ".tx_code.length"},
		{goodOffer, `6`, `6.5`, "grants." + grantPreAuthorized + ".tx_code.length"},
		{goodOffer, `By e-mail`, strings.Repeat("é", maxAbout+1), "grants." + grantPreAuthorized + ".tx_code.description"},
		{goodOffer, `"grants"`, `"credential_issuer"`, "JSON"},
		{goodIssuer, `"https://i.example/c"`, `"ftp://i.example/c"`, "credential_endpoint"},
		{goodIssuer, `"credential_endpoint"`, `"endpoint"`, "credential_endpoint"},
		{goodIssuer, `"https://i.example/n"`, `["n"]`, "nonce_endpoint"},
		{goodIssuer, `["https://s.example"]`, `[]`, "authorization_servers"},
		{goodIssuer, `"Alpenkolleg"`, `{}`, "display.name"},
		{goodIssuer, `false`, `"no"`, "credential_request_encryption.encryption_required"},
		{goodIssuer, `"format":"dc+sd-jwt"`, `"forms":"dc+sd-jwt"`, "credential_configurations_supported.x.format"},
		{goodIssuer, `["ES256"]`, `[]`, "credential_configurations_supported.x.proof_types_supported.jwt.proof_signing_alg_values_supported"},
		{goodIssuer, `{"format":"new"}`, `1`, "credential_configurations_supported.z"},
		{goodServer, `"https://s.example",`, `"s.example",`, "issuer"},
		{goodServer, `"token_endpoint":`, `"token":`, "token_endpoint"},
		{goodServer, `["authorization_code"]`, `"authorization_code"`, "grant_types_supported"},
		{goodToken, `"t"`, `"t t"`, "access_token"},
		{goodToken, `"BEARER"`, `null`, "token_type"},
		{goodToken, `"x",`, `2,`, "authorization_details.credential_configuration_id"},
		{goodCredentials, `"a.b.c"`, `7`, "credentials.credential"},
		{goodCredentials, `"a.b.c"`, `""`, "credentials.credential"},
		{goodCredentials, `"a.b.c"`, `"a.b.c~d~e.f.g"`, "credentials.credential"},
		{goodCredentials, `"a.b.c"`, `"a.b.c~d"`, "credentials.credential"},
		{goodCredentials, `"credentials"`, `"credential"`, "credentials"},
		{goodCredentials, `{"credential":"a.b.c"}`, `"a.b.c"`, "credentials"},
	} {
		t.Run(tt.member+" "+tt.broken[:min(len(tt.broken), 20)], func(t *testing.T) {
			broken := strings.Replace(tt.good, tt.old, tt.broken, 1)
			f, ok := parsers[tt.good](broken).(*fault.Fault)
			if broken == tt.good || !ok || f.Args["member"] != tt.member {
				t.Errorf("got %v", f)
			}
		})
	}
}

func TestParsed(t *testing.T) {
	i, err := ParseIssuer([]byte(goodIssuer))
	if err != nil || i.Name != "Alpine College" || i.Unknown != 1 || i.Configurations["x"].Name != "Guest care" || i.Sealed {
		t.Errorf("%+v, %v", i, err)
	}
	token, err := ParseToken([]byte(goodToken))
	if err != nil || !slices.Equal(token.IDs["x"], []string{"x-1"}) {
		t.Errorf("%+v, %v", token, err)
	}
	got, err := ParseCredentials([]byte(goodCredentials))
	if err != nil || len(got) != 2 || string(got[0]) != "a.b.c" || string(got[1]) != `{ "a" : 1 }` {
		t.Errorf("%q, %v", got, err)
	}
	if o, err := ParseOffer([]byte(goodOffer)); err != nil || !o.TxCode.Text || o.TxCode.Check("ab-c1.") != nil || o.TxCode.Check("ab") == nil {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestParseLink(t *testing.T) {
	value := url.QueryEscape(goodOffer)
	for name, tt := range map[string]struct {
		text, uri, code string
	}{
		"by value":                 {"openid-credential-offer://?credential_offer=" + value, "", ""},
		"by value, no slashes":     {"openid-credential-offer:?credential_offer=" + value, "", ""},
		"by value, on the web":     {" https://wallet.example/?credential_offer=" + value + "\n", "", ""},
		"by value, another scheme": {"haip-vci://?credential_offer=" + value, "", ""},
		"as text":                  {goodOffer, "", ""},
		"by reference":             {"OPENID-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Fo", "https://i.example/o", ""},
		"both":                     {"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Fo&credential_offer=" + value, "", badOffer},
		"twice":                    {"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example&credential_offer_uri=https%3A%2F%2Fj.example", "", badOffer},
		"neither":                  {"openid-credential-offer://", "", badOffer},
		"without a lock":           {"openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fi.example%2Fo", "", badOffer},
		"a bad escape":             {"openid-credential-offer://?credential_offer=%zz", "", badOffer},
		"another scheme":           {"openid4vp://?credential_offer=" + value, "", "offer.no-offer"},
		"no link":                  {"hello", "", "offer.no-offer"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := ParseLink(tt.text)
			if fault.Code(err) != tt.code || err == nil && (l.URI != tt.uri || (l.Offer == nil) == (l.URI == "")) {
				t.Errorf("%+v, %v", l, err)
			}
		})
	}
}

// TestSignedIssuer: metadata that is signed holds as long as its signature, its name
// and its dates do.
func TestSignedIssuer(t *testing.T) {
	signer := testkit.NewAuthority(t, "college.example", noon)
	sign := func(change func(header, claims map[string]any)) string {
		header := map[string]any{"alg": "ES256", "typ": typMetadata, "x5c": []any{base64.StdEncoding.EncodeToString(signer.Cert.Raw)}}
		claims := map[string]any{}
		if err := json.Unmarshal([]byte(goodIssuer), &claims); err != nil {
			t.Fatal(err)
		}
		maps.Copy(claims, map[string]any{"sub": claims["credential_issuer"], "iat": noon.Unix(), "exp": noon.Add(time.Hour).Unix()})
		change(header, claims)
		token, err := jose.Sign(header, remarshal(t, claims), signer.Key)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	good := sign(func(_, _ map[string]any) {})
	if i, err := ParseSignedIssuer([]byte(good+"\n"), noon); err != nil || i.Name != "Alpine College" {
		t.Errorf("%+v, %v", i, err)
	}
	for _, tt := range []struct{ name, token, member string }{
		{"one letter", good[:len(good)-10] + flip(good[len(good)-10:]), "signature"},
		{"another type", sign(func(h, _ map[string]any) { h["typ"] = "JWT" }), "typ"},
		{"no chain", sign(func(h, _ map[string]any) { delete(h, "x5c") }), "x5c"},
		{"another subject", sign(func(_, c map[string]any) { c["sub"] = "https://j.example" }), "sub"},
		{"no date", sign(func(_, c map[string]any) { delete(c, "iat") }), "iat"},
		{"a day early", sign(func(_, c map[string]any) { c["iat"] = noon.AddDate(0, 0, 1).Unix() }), "iat"},
		{"a day late", sign(func(_, c map[string]any) { c["exp"] = noon.AddDate(0, 0, -1).Unix() }), "exp"},
		{"a member less", sign(func(_, c map[string]any) { delete(c, "credential_endpoint") }), "credential_endpoint"},
		{"no token", "a.b", "JWT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseSignedIssuer([]byte(tt.token), noon)
			f, ok := err.(*fault.Fault)
			if !ok || f.Args["member"] != tt.member {
				t.Errorf("%v, want %s", err, tt.member)
			}
		})
	}
}

// flip changes the first letter.
func flip(s string) string {
	if s[0] == 'A' {
		return "B" + s[1:]
	}
	return "A" + s[1:]
}

// TestWords: what is not written out where a fault is made has words, too.
func TestWords(t *testing.T) {
	words := assets.English()
	for _, code := range slices.Concat(slices.Collect(maps.Values(refusals)), []string{badOffer, badIssuer, badServer, badAnswer}) {
		for _, part := range []string{"title", "why", "do"} {
			if words["fault."+code+"."+part] == "" {
				t.Errorf("no words for %s.%s", code, part)
			}
		}
	}
	for said, code := range refusals {
		f := refusal([]byte(`{"error":"` + said + `"}`)).(*fault.Fault)
		for _, part := range []string{"title", "why", "do"} {
			if text := words.Text("fault."+f.Code+"."+part, f.Args); f.Code != code || strings.Contains(text, "{") {
				t.Errorf("%s: %s", said, text)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{goodOffer, goodIssuer, goodServer, goodToken, goodCredentials, `{"c_nonce":"n"}`, `{"error":"invalid_nonce"}`, "openid-credential-offer://?credential_offer=" + url.QueryEscape(goodOffer)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if o, err := ParseOffer(raw); err == nil && (!isAddress(o.Issuer) || len(o.IDs) == 0) {
			t.Errorf("offer: %+v", o)
		}
		if i, err := ParseIssuer(raw); err == nil && (!isAddress(i.Credential) || len(i.Servers) == 0) {
			t.Errorf("issuer: %+v", i)
		}
		if s, err := ParseServer(raw); err == nil && !isAddress(s.Token) {
			t.Errorf("server: %+v", s)
		}
		if k, err := ParseToken(raw); err == nil && k.Access == "" {
			t.Errorf("token: %+v", k)
		}
		if list, err := ParseCredentials(raw); err == nil && (len(list) == 0 || len(list[0]) == 0) {
			t.Errorf("credentials: %q", list)
		}
		if n, err := ParseNonce(raw); err == nil && n == "" {
			t.Error("no nonce")
		}
		if refusal(raw) == nil {
			t.Error("a refusal that is none")
		}
	})
}

func FuzzParseLink(f *testing.F) {
	f.Add("openid-credential-offer://?credential_offer=" + url.QueryEscape(goodOffer))
	f.Add("https://wallet.example/?credential_offer_uri=https%3A%2F%2Fi.example")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseLink(text)
		if err == nil && (l.Offer == nil) == (l.URI == "") {
			t.Errorf("%q: %+v", text, l)
		}
	})
}

func FuzzParseSignedIssuer(f *testing.F) {
	f.Add([]byte("e30.e30.AA"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if i, err := ParseSignedIssuer(raw, noon); err == nil && !isAddress(i.ID) {
			t.Errorf("%+v", i)
		}
	})
}
