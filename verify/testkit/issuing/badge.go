package issuing

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
)

// credential checks a request as OpenID4VCI 1.0, sections 8.2 and F.4, want it, and
// makes what it asks for.
func (c *College) credential(l fetch.Letter) (map[string]any, string) {
	m, err := strict.Object(l.Body)
	if err != nil || l.Type != "application/json" || len(m) != 2 {
		return nil, "invalid_credential_request"
	}
	if l.Bearer != access {
		return nil, "invalid_token"
	}
	id, _ := m["credential_configuration_id"].(string)
	if named, ok := m["credential_identifier"].(string); ok {
		id, _, _ = strings.Cut(named, "#")
	}
	proofs, _ := m["proofs"].(map[string]any)
	list, _ := proofs["jwt"].([]any)
	if len(proofs) != 1 || len(list) != 1 {
		return nil, "invalid_proof"
	}
	text, _ := list[0].(string)
	holder, failed := c.proven(text)
	if failed != "" {
		return nil, failed
	}
	made, err := c.make(id, holder)
	if err != nil {
		return nil, "unknown_credential_configuration"
	}
	return map[string]any{"credentials": []any{map[string]any{"credential": made}}}, ""
}

// proven gives the key that a proof is signed with.
func (c *College) proven(text string) (k jose.Key, failed string) {
	t, err := jose.Parse(text)
	if err != nil || t.Typ != "openid4vci-proof+jwt" {
		return k, "invalid_proof"
	}
	jwk, _ := t.Header["jwk"].(map[string]any)
	if t.Kid != "" {
		d, err := did.Resolve(context.Background(), nil, strings.Split(t.Kid, "#")[0])
		if err != nil {
			return k, "invalid_proof"
		}
		i := slices.IndexFunc(d.Methods, func(m did.Method) bool { return m.ID == t.Kid })
		if i < 0 {
			return k, "invalid_proof"
		}
		k = d.Methods[i].Key
	} else if k, err = jose.ParseJWK(jwk); err != nil {
		return k, "invalid_proof"
	}
	claims, err := strict.Object(t.Payload)
	want := map[string]any{"aud": ID, "nonce": c.lastNonce(), "iat": claims["iat"]}
	at, _ := claims["iat"].(json.Number)
	when, _ := at.Int64()
	switch {
	case err != nil, len(claims) != len(want), claims["aud"] != ID, when != c.now().Unix(), t.Verify(k) != nil:
		return k, "invalid_proof"
	case claims["nonce"] != want["nonce"]:
		return k, "invalid_nonce"
	}
	c.took = append(c.took, t.Header)
	return k, ""
}

func (c *College) make(id string, holder jose.Key) (any, error) {
	switch id {
	case GuestCare:
		return c.sdjwt(holder)
	case FirstAid:
		return c.jwt(holder)
	case Knives:
		return c.ldp(holder)
	}
	return nil, fetch.ErrGone
}

func (c *College) keys() map[string]any {
	k := jose.Key{Public: c.key().Public()}.JWK()
	k["kid"] = "1"
	return map[string]any{"issuer": ID, "jwks": map[string]any{"keys": []any{k}}}
}

func (c *College) sdjwt(holder jose.Key) (string, error) {
	return sdjwt.Issue(sdjwt.Draft{
		Header: map[string]any{"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": "1"},
		Claims: map[string]any{
			"iss": ID, "vct": "https://college.example/guest-care", "iat": c.now().Unix(), "cnf": map[string]any{"jwk": holder.JWK()},
			"given_name": sdjwt.Hidden{Value: "Maya"}, "course": sdjwt.Hidden{Value: "Guest care"},
		},
	}, rand.NewChaCha8([32]byte{1}), c.key())
}

// vcOf is an Open Badges 3.0 credential in VCDM 2.0.
func (c *College) vcOf(name string, holder jose.Key) (map[string]any, string, error) {
	college, err := did.Key(c.key().Public())
	if err != nil {
		return nil, "", err
	}
	learner, err := did.Key(holder.Public)
	return map[string]any{
		"@context":          []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"type":              []any{"VerifiableCredential", "OpenBadgeCredential"},
		"name":              name,
		"issuer":            map[string]any{"id": college, "type": []any{"Profile"}, "name": "Alpine College"},
		"validFrom":         "2026-11-01T00:00:00Z",
		"credentialSubject": map[string]any{"id": learner, "type": []any{"AchievementSubject"}, "achievement": map[string]any{"id": "urn:uuid:6c1e3d3e-30a8-4a2b-9a01-0d9f2f0f8a01", "type": []any{"Achievement"}, "name": name, "description": "A course", "criteria": map[string]any{"narrative": "An exam"}}},
	}, college, err
}

func (c *College) jwt(holder jose.Key) (string, error) {
	doc, college, err := c.vcOf("First aid", holder)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(doc)
	if err != nil {
		return "", err
	}
	return jose.Sign(map[string]any{"alg": "EdDSA", "typ": "vc+jwt", "kid": did.OnlyMethod(college)}, payload, c.key())
}

func (c *College) ldp(holder jose.Key) (map[string]any, error) {
	doc, college, err := c.vcOf("Knife skills", holder)
	if err != nil {
		return nil, err
	}
	suite, _ := proof.Lookup("eddsa-rdfc-2022")
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	read, err := strict.Object(text)
	if err != nil {
		return nil, err
	}
	read["proof"], err = proof.Sign(context.Background(), suite, read, map[string]any{
		"verificationMethod": did.OnlyMethod(college), "proofPurpose": "assertionMethod", "created": "2026-11-01T00:00:00Z",
	}, c.key())
	return read, err
}
