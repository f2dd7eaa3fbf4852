package oid4vci

import (
	"encoding/json"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Token lets the learner collect what was offered.
type Token struct {
	Access string
	IDs    map[string][]string // for a configuration, the credentials to ask for by name
}

// ParseToken reads an answer with an access token (RFC 6749, section 5.1;
// OpenID4VCI 1.0, section 6.2). A token of a kind other than Bearer is the fault
// offer.bound-token.
func ParseToken(raw []byte) (Token, error) {
	m, err := open(badAnswer, raw)
	if err != nil {
		return Token{}, err
	}
	t := Token{Access: m.need("access_token"), IDs: map[string][]string{}}
	if strings.ContainsFunc(t.Access, func(r rune) bool { return r <= ' ' || r > '~' }) {
		m.fail("access_token")
	}
	kind := m.need("token_type")
	for _, d := range details(m) {
		t.IDs[d.Configuration] = append(t.IDs[d.Configuration], d.Credentials...)
	}
	if err := m.fault(); err != nil {
		return Token{}, err
	}
	if !strings.EqualFold(kind, "Bearer") {
		return Token{}, fault.New("offer.bound-token", "kind", cut(kind))
	}
	return t, nil
}

// Detail names something the learner is let at (OpenID4VCI 1.0, section 5.1.1).
type Detail struct {
	Configuration string
	Credentials   []string // each to be asked for by name; none where there is only one
}

// details reads the authorization details of type openid_credential; others are
// not for us.
func details(m members) []Detail {
	var out []Detail
	for _, d := range m.objects("authorization_details") {
		if d.need("type") != "openid_credential" {
			continue
		}
		out = append(out, Detail{Configuration: d.need("credential_configuration_id"), Credentials: d.texts("credential_identifiers")})
	}
	return out
}

// ParseNonce reads an answer with a nonce (OpenID4VCI 1.0, section 7.2).
func ParseNonce(raw []byte) (string, error) {
	m, err := open(badAnswer, raw)
	if err != nil {
		return "", err
	}
	return m.need("c_nonce"), m.fault()
}

// maxCredentials is how many credentials one answer may hold.
const maxCredentials = 100

// ParseCredentials reads an answer with credentials (OpenID4VCI 1.0, section 8.3)
// and gives each as it was received: a token as its text, a document as it stands
// in raw. Those that are to be had later are the fault offer.later.
func ParseCredentials(raw []byte) ([][]byte, error) {
	m, err := open(badAnswer, raw)
	if err != nil {
		return nil, err
	}
	if m.text("transaction_id") != "" {
		return nil, fault.New("offer.later")
	}
	list := m.objects("credentials")
	if len(list) == 0 || len(list) > maxCredentials {
		m.fail("credentials")
	}
	if err := m.fault(); err != nil {
		return nil, err
	}
	var as struct { // its names were looked at above, strictly
		Credentials []map[string]json.RawMessage `json:"credentials"`
	}
	if err := json.Unmarshal(raw, &as); err != nil || len(as.Credentials) != len(list) {
		return nil, fault.Wrap(err, badAnswer, "member", "credentials")
	}
	out := make([][]byte, len(list))
	for n, one := range list {
		switch c := one.m["credential"].(type) {
		case string:
			if !boundAlready(c) {
				out[n] = []byte(c)
			}
		case map[string]any:
			out[n] = as.Credentials[n]["credential"]
		}
		if len(out[n]) == 0 {
			return nil, fault.New(badAnswer, "member", "credentials.credential")
		}
	}
	return out, nil
}

// boundAlready says whether an SD-JWT ends in somebody's key binding, or in nothing
// that ends one: an issuer sends it without, and a holder has to refuse any other (RFC
// 9901, section 7.2).
func boundAlready(text string) bool {
	text = strings.TrimSpace(text)
	return strings.Contains(text, "~") && !strings.HasSuffix(text, "~")
}

// refusals are what servers answer instead, in words of ours: at the token endpoint
// (RFC 6749, section 5.2; OpenID4VCI 1.0, section 6.3; RFC 9449, section 5) and at
// the credential endpoint (OpenID4VCI 1.0, section 8.3.1.2).
var refusals = map[string]string{
	"invalid_grant":                    "offer.spent",
	"invalid_tx_code":                  "offer.wrong-code",
	"invalid_client":                   "offer.strange-wallet",
	"unauthorized_client":              "offer.strange-wallet",
	"use_attestation_challenge":        "offer.attested",
	"invalid_client_attestation":       "offer.attested",
	"use_fresh_attestation":            "offer.attested",
	"invalid_dpop_proof":               "offer.bound-token",
	"use_dpop_nonce":                   "offer.bound-token",
	"authorization_pending":            "offer.not-yet",
	"slow_down":                        "offer.not-yet",
	"credential_request_denied":        "offer.denied",
	"access_denied":                    "offer.denied",
	"invalid_nonce":                    "offer.proof",
	"invalid_proof":                    "offer.proof",
	"invalid_encryption_parameters":    "offer.sealed",
	"unknown_credential_configuration": "offer.unknown-badge",
	"unknown_credential_identifier":    "offer.unknown-badge",
	"temporarily_unavailable":          "offer.not-yet",
}

// refusal is a server's answer that is no success: a fault, whatever it holds.
func refusal(raw []byte) error {
	m, err := open(badAnswer, raw)
	if err != nil {
		return fault.New("offer.server-failed", "said", "—")
	}
	said := cut(m.text("error"))
	code, ok := refusals[said]
	if !ok {
		code = "offer.server-failed"
	}
	if said == "" {
		said = "—"
	}
	return fault.New(code, "said", said, "kind", said, "badge", said)
}

// isNonceStale says that a proof has to be made anew, with another nonce.
func isNonceStale(raw []byte) bool {
	m, err := open(badAnswer, raw)
	return err == nil && m.m["error"] == "invalid_nonce"
}
