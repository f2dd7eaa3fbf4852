//go:build e2e

package e2e

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
)

type object = map[string]any

// school is an issuer made for one run.
type school struct {
	t   *testing.T
	key ed25519.PrivateKey
	id  string
}

func newSchool(t *testing.T) school {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id, err := did.Key(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return school{t, key, id}
}

func (s school) method() string { return s.id + "#" + strings.TrimPrefix(s.id, "did:key:") }

// badge is an Open Badge with an embedded proof.
func (s school) badge(name string) []byte {
	s.t.Helper()
	doc := object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:0f5d2c5e-1111-4000-8000-0000000000e2", "type": []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer":    object{"id": s.id, "type": []any{"Profile"}, "name": "Alpine College"},
		"validFrom": "2026-01-01T00:00:00Z", "name": name,
		"credentialSubject": object{
			"type": []any{"AchievementSubject"}, "identifier": []any{object{"type": "IdentityObject", "hashed": false, "identityHash": "Maya Keller", "identityType": "name"}},
			"achievement": object{
				"id": "https://alpine.example/badges/first-aid", "type": []any{"Achievement"}, "name": name,
				"description": "Helps until the ambulance comes.", "criteria": object{"narrative": "Pass the course."},
			},
		},
	}
	suite, _ := proof.Lookup("eddsa-rdfc-2022")
	p, err := proof.Sign(context.Background(), suite, doc, object{"verificationMethod": s.method(), "proofPurpose": "assertionMethod", "created": "2026-01-02T00:00:00Z"}, s.key)
	if err != nil {
		s.t.Fatal(err)
	}
	doc["proof"] = p
	b, err := json.Marshal(doc)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// award is an SD-JWT bound to a holder's key, with four lines that can be hidden.
func (s school) award(name string, holder object) string {
	s.t.Helper()
	text, err := sdjwt.Issue(sdjwt.Draft{
		Header: object{"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": s.method()},
		Claims: object{
			"iss": s.id, "vct": "https://alpine.example/awards/food-safety", "iat": 1767225600,
			"cnf": object{"jwk": holder}, "name": name, "issuing_authority": "Alpine College",
			"given_name": sdjwt.Hidden{Value: "Maya"}, "family_name": sdjwt.Hidden{Value: "Keller"},
			"birthdate": sdjwt.Hidden{Value: "2003-03-04"}, "student_number": sdjwt.Hidden{Value: "AC-20-1183"},
		},
	}, rand.Reader, s.key)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// keyFile writes the school's public key for --issuer-key.
func (s school) keyFile(dir string) string {
	s.t.Helper()
	b, err := json.Marshal(jose.Key{Public: s.key.Public()}.JWK())
	if err != nil {
		s.t.Fatal(err)
	}
	return write(s.t, dir, "school.jwk.json", b)
}

// pathway asks for two badges of the school.
func (s school) pathway() []byte {
	return fmt.Appendf(nil, `{
  "cairnPathway": 1, "id": "https://alpine.example/pathways/helper", "name": "Kitchen Helper",
  "issuer": {"id": %q, "name": "Alpine College"},
  "layers": [{"id": "basics", "name": "Basics", "rule": {"all": true}, "steps": [
    {"id": "aid", "name": "First Aid", "accepts": [{"achievement": "https://alpine.example/badges/first-aid"}]},
    {"id": "food", "name": "Food Safety", "accepts": [{"issuer": %q, "name": "Food Safety Level 2"}]}
  ]}]
}`, s.id, s.id)
}

func write(t *testing.T, dir, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
