package oid4vci

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func example(t *testing.T, name string) []byte { return testkit.File(t, "oid4vci", name) }

// answered gives the body of a whole HTTP answer.
func answered(t *testing.T, name string) []byte {
	_, body, ok := bytes.Cut(bytes.ReplaceAll(example(t, name), []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	if !ok {
		t.Fatal("no body")
	}
	return body
}

// unwrapped gives a text that is wrapped over lines.
func unwrapped(t *testing.T, name string) []byte {
	return []byte(strings.Join(strings.Fields(string(example(t, name))), ""))
}

// refused checks the fault and the member it names.
func refused(t *testing.T, err error, code, member string) {
	t.Helper()
	f, ok := err.(*fault.Fault)
	if !ok || f.Code != code || f.Args["member"] != member {
		t.Errorf("%v, want %s of %s", err, code, member)
	}
}

func TestCorpusIssuers(t *testing.T) {
	type want struct {
		count, unknown int
		sealed         bool
	}
	for name, w := range map[string]want{
		"eudi__credential_issuer_metadata_valid.json":                                                 {4, 0, true},
		"eudi__credential_issuer_metadata_no_response_encryption.json":                                {4, 0, true},
		"eudi__openid-credential-issuer_encrypted_requests_only.json":                                 {5, 0, true},
		"eudi__openid-credential-issuer_encrypted_responses.json":                                     {5, 0, true},
		"eudi__openid-credential-issuer_encryption_not_required.json":                                 {5, 0, false},
		"eudi__openid-credential-issuer_attestation_proof_supported.json":                             {5, 0, false},
		"eudi__openid-credential-issuer_no_nonce_endpoint.json":                                       {5, 0, false},
		"eudi__openid-credential-issuer_no_scopes.json":                                               {5, 0, false},
		"eudi__openid-credential-issuer_contains_invalid_configuration.json":                          {4, 2, true},
		"eudi__openid-credential-issuer_jwt_proof_no_keyattestation.json":                             {1, 0, false},
		"eudi__credential_issuer_metadata_with_reuse_policy_expanded.json":                            {2, 0, true},
		"eudi__credential_issuer_metadata_with_unknown_reuse_policy.json":                             {1, 0, true},
		"oid4vci__credential_issuer_metadata_sd_jwt_long.json":                                        {1, 0, true},
		"eudi__credential_issuer_metadata_negative_preferred_client_status_period.json":               {4, 0, true}, // of the EU's profile, which is not read
		"eudi__credential_issuer_metadata_zero_preferred_client_status_period.json":                   {4, 0, true},
		"eudi__credential_issuer_metadata_with_reuse_policy_both_once_only_limited_time_compact.json": {2, 0, true},
		"eudi__credential_issuer_metadata_with_reuse_policy_duplicate_details_compact.json":           {2, 0, true},
		"eudi__credential_issuer_metadata_with_reuse_policy_duplicates_expanded.json":                 {2, 0, true},
		"eudi__credential_issuer_metadata_with_reuse_policy_only_per_relying_party.json":              {2, 0, true},
		"eudi__credential_issuer_metadata_with_reuse_policy_only_rotating_batch.json":                 {2, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			i, err := ParseIssuer(example(t, name))
			if err != nil {
				t.Fatal(err)
			}
			if got := (want{len(i.Configurations), i.Unknown, i.Sealed}); got != w || i.ID != "https://credential-issuer.example.com" || i.Credential == "" || len(i.Servers) != 1 {
				t.Errorf("got %+v, want %+v", i, w)
			}
			if (i.Nonce == "") != strings.Contains(name, "no_nonce") {
				t.Errorf("nonce endpoint %q", i.Nonce)
			}
		})
	}
	_, err := ParseIssuer(example(t, "eudi__invalid_credential_issuer_metadata.json"))
	refused(t, err, badIssuer, "credential_configurations_supported")
	_, err = ParseIssuer(example(t, "eudi__openid-credential-issuer_invalid_attestation_proof_supported.json"))
	f, ok := err.(*fault.Fault)
	if !ok || !strings.HasSuffix(f.Args["member"], "key_attestations_required.preferred_key_storage_status_period") {
		t.Errorf("an attestation that ended before it began: %v", err)
	}
}

// TestCorpusDemands: what the wallet needs of a configuration is read, and said in
// words where it can't be met.
func TestCorpusDemands(t *testing.T) {
	for file, want := range map[string]string{
		"eudi__openid-credential-issuer_jwt_proof_no_keyattestation.json": "",
		"eudi__openid-credential-issuer_attestation_proof_supported.json": "offer.attested",
	} {
		i, err := ParseIssuer(example(t, file))
		if err != nil {
			t.Fatal(err)
		}
		c, ok := i.Configurations["eu.europa.ec.eudiw.pid_vc_sd_jwt"]
		if err := c.unfit(); !ok || fault.Code(err) != want || c.Format != "dc+sd-jwt" || !slices.Equal(c.Binding, []string{"jwk"}) || strings.TrimSpace(c.Name) != "Personal Identification Data" {
			t.Errorf("%s: %v, %+v", file, err, c)
		}
	}
	i, err := ParseIssuer(example(t, "oid4vci__credential_issuer_metadata_sd_jwt_long.json"))
	if err != nil || i.Name != "Example University" {
		t.Errorf("%q, %v", i.Name, err)
	}
	for file, want := range map[string]string{
		"oid4vci__credential_metadata_jwt_vc_json.json": "University Credential",
		"oid4vci__credential_metadata_sd_jwt_vc.json":   "IdentityCredential",
	} {
		m, err := open(badIssuer, example(t, file))
		if err != nil {
			t.Fatal(err)
		}
		var i Issuer
		i.Configurations = map[string]Configuration{}
		i.configurations(m)
		for _, c := range i.Configurations {
			if m.fault() != nil || len(i.Configurations) != 1 || c.Name != want {
				t.Errorf("%s: %+v, %v", file, i, m.fault())
			}
		}
	}
}

func TestCorpusOffers(t *testing.T) {
	for _, tt := range []struct {
		name  string
		raw   []byte
		ids   int
		code  bool
		tx    *TxCode
		issue string
	}{
		{"eudi", example(t, "eudi__sample_credential_offer.json"), 4, true, &TxCode{}, ""},
		{"eudi, code grant", example(t, "eudi__sample_credential_offer_auth_code.json"), 4, false, nil, ""},
		{"code grant", answered(t, "oid4vci__credential_offer_authz_code.txt"), 1, false, nil, ""},
		{"pre-authorized", example(t, "oid4vci__credential_offer_pre-authz_code.json"), 1, true, &TxCode{About: "Please provide the one-time code which was sent to your mobile phone via SMS"}, ""},
		{"several", example(t, "oid4vci__credential_offer_multiple_credentials.json"), 2, true, &TxCode{Length: 4, About: "Please provide the one-time code that was sent via e-mail"}, ""},
		{"unknown format", example(t, "eudi__credential_offer_with_unknown_format.json"), 1, false, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o, err := ParseOffer(tt.raw)
			if err != nil {
				t.Fatal(err)
			}
			if o.Issuer != "https://credential-issuer.example.com" || len(o.IDs) != tt.ids || (o.Code != "") != tt.code || (o.TxCode == nil) != (tt.tx == nil) || o.TxCode != nil && *o.TxCode != *tt.tx {
				t.Errorf("%+v, %+v", o, o.TxCode)
			}
		})
	}
	_, err := ParseOffer(example(t, "eudi__credential_offer_over_sized_tx_code_description.json"))
	refused(t, err, badOffer, "grants."+grantPreAuthorized+".tx_code.description")
	issuer, err := ParseIssuer(example(t, "eudi__credential_issuer_metadata_no_response_encryption.json"))
	if err != nil {
		t.Fatal(err)
	}
	issuer.Sealed = false
	in := Invitation{Issuer: issuer}
	if err := in.choose([]string{"UnknownCredential"}); fault.Code(err) != "offer.unknown-badge" {
		t.Errorf("an id the issuer does not have: %v", err)
	}
}

func TestCorpusServers(t *testing.T) {
	s, err := ParseServer(example(t, "eudi__openid-configuration.json"))
	if err != nil || s.ID != "https://auth-server.example.com" || !s.Browser || s.Token == "" || s.Attested {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = ParseServer(example(t, "eudi__oauth_authorization_server_metadata_no_auth_endpoint.json"))
	if err != nil || s.Browser || s.takes() {
		t.Errorf("a server that lets nobody in: %+v, %v", s, err)
	}
}

func TestCorpusAnswers(t *testing.T) {
	got, err := ParseCredentials(answered(t, "oid4vci__credential_response_mso_mdoc.txt"))
	if err != nil || len(got) != 1 || !bytes.HasPrefix(got[0], []byte("omppc3N1")) {
		t.Errorf("%q, %v", got, err)
	}
	body := answered(t, "oid4vci__credential_response_sd_jwt_vc.txt")
	_, err = ParseCredentials(body) // the text is wrapped over lines, which JSON has not
	refused(t, err, badAnswer, "JSON")
	got, err = ParseCredentials(regexp.MustCompile(`\n +`).ReplaceAll(body, nil))
	if err != nil || len(got) != 1 || bytes.Count(got[0], []byte("~")) != 10 {
		t.Errorf("%q, %v", got, err)
	}
	for file, want := range map[string]int{
		"oid4vci__authorization_details.json": 1, "oid4vci__authorization_details_ldp_vc.json": 1,
		"oid4vci__authorization_details_multiple_credentials.json": 2, "oid4vci__authorization_details_sd_jwt_vc.json": 1,
	} {
		m, err := open(badAnswer, slices.Concat([]byte(`{"authorization_details":`), example(t, file), []byte("}")))
		if err != nil {
			t.Fatal(err)
		}
		if got := details(m); len(got) != want || got[0].Configuration == "" || m.fault() != nil {
			t.Errorf("%s: %+v, %v", file, got, m.fault())
		}
	}
}

// TestCorpusTokens: signed metadata is read; the others are no part of an offer, and
// only their form is looked at.
func TestCorpusTokens(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	i, err := ParseSignedIssuer(unwrapped(t, "oid4vci__credential_issuer_metadata_sd_jwt_jwt.txt"), at)
	if err != nil || i.ID != "https://credential-issuer.example.com" || len(i.Configurations) != 1 || i.Name != "Example University" {
		t.Errorf("%+v, %v", i, err)
	}
	_, err = ParseSignedIssuer(example(t, "eudi__credential_issuer_metadata_with_signed_partial.txt"), at)
	refused(t, err, badIssuer, "credential_issuer")
	for file, typ := range map[string]string{"oid4vci__wallet_attestation.jwt.txt": "oauth-client-attestation+jwt", "eudi__wrprc.txt": "rc-wrp+jwt"} {
		token, err := jose.Parse(string(unwrapped(t, file)))
		if err != nil || token.Typ != typ {
			t.Fatal(file, err)
		}
		chain, _ := token.Header["x5c"].([]any)
		if k, _, err := jose.ParseChain(chain); err != nil || token.Verify(k) != nil {
			t.Errorf("%s: %v, %v", file, err, token.Verify(k))
		}
		_, err = ParseSignedIssuer(unwrapped(t, file), at)
		refused(t, err, badIssuer, "typ")
	}
	if _, err := jose.ParseKeys(example(t, "eudi__request_encryption_keyset.json")); err == nil {
		t.Error("private keys were taken for an issuer's")
	}
}

// TestCorpusOfOld: what real issuers sent in draft 11 is told apart by its version.
func TestCorpusOfOld(t *testing.T) {
	for _, file := range []string{"credo__matrrLaunchpadDraft11JwtVcJson.json", "credo__waltIdDraft11JwtVcJson.json"} {
		t.Run(file, func(t *testing.T) {
			whole, err := strict.Object(example(t, file))
			if err != nil {
				t.Fatal(err)
			}
			links := 0
			for name, v := range whole {
				if text, ok := v.(string); ok && strings.HasPrefix(name, "credentialOffer") {
					links++
					if _, err := ParseLink(text); fault.Code(err) != "offer.too-old" {
						t.Errorf("%s: %v", name, err)
					}
				}
			}
			part := func(name string) []byte { return remarshal(t, whole[name]) }
			if _, err := ParseIssuer(part("getMetadataResponse")); links == 0 || fault.Code(err) != "offer.too-old" {
				t.Errorf("metadata: %v, %d links", err, links)
			}
			if token, err := ParseToken(part("acquireAccessTokenResponse")); err != nil || token.Access == "" {
				t.Errorf("token: %v", err)
			}
			_, err = ParseCredentials(part("credentialResponse"))
			refused(t, err, badAnswer, "credentials")
		})
	}
}

// TestCorpusWhole: every file of the group is named in one of the tests above.
func TestCorpusWhole(t *testing.T) {
	files, err := os.ReadDir(testkit.Corpus(t, "oid4vci"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(testkit.Root(t), "share", "oid4vci", "corpus_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !bytes.Contains(source, []byte(`"`+f.Name()+`"`)) {
			t.Errorf("%s is not tested", f.Name())
		}
	}
}
