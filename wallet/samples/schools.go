package samples

import (
	"crypto/ed25519"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/multi"
)

// The hosts of the made-up schools.
const (
	alpine = "alpine-college.example"
	hotel  = "hotel-school-bern.example"
	roast  = "roast.example"
	shield = "red-shield.example"
	popup  = "popup-lab.example"
)

// school is a made-up issuer.
type school struct {
	host, name string
	trusted    bool  // on the learner's list
	withdrawn  []int // indexes its status list has set; nil when it has no list
}

var schools = []school{
	{host: alpine, name: "Alpine College", trusted: true, withdrawn: []int{}},
	{host: hotel, name: "Hotel School Bern", trusted: true},
	{host: roast, name: "Roast & Co", trusted: true},
	{host: shield, name: "Red Shield Training", trusted: true, withdrawn: []int{5520}},
	{host: popup, name: "Pop-up Lab"},
}

// Trusted lists the schools that a practice wallet trusts.
func Trusted(at time.Time) []verify.Trusted {
	var out []verify.Trusted
	for _, s := range schools {
		if s.trusted {
			out = append(out, verify.Trusted{ID: s.did(), Name: s.name, At: at})
		}
	}
	return out
}

// seed is public on purpose: nothing signed with these keys is worth anything.
const seed = "Cairn practice issuer, not a secret: "

func signer(host string) ed25519.PrivateKey {
	sum := sha256.Sum256([]byte(seed + host))
	return ed25519.NewKeyFromSeed(sum[:])
}

func (s school) did() string    { return "did:web:" + s.host }
func (s school) method() string { return s.did() + "#key-1" }
func (s school) list() string   { return "https://" + s.host + listPath }

func find(host string) (school, bool) {
	for _, s := range schools {
		if s.host == host {
			return s, true
		}
	}
	return school{}, false
}

// document is what the school publishes about its key (DID Core 1.0, section 5).
func (s school) document() (map[string]any, error) {
	pub, err := multi.EncodeKey(signer(s.host).Public())
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"@context": []any{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"},
		"id":       s.did(),
		"verificationMethod": []any{map[string]any{
			"id": s.method(), "type": "Multikey", "controller": s.did(), "publicKeyMultibase": pub,
		}},
		"assertionMethod": []any{s.method()},
	}, nil
}

// hostOf gives the host and the path of an https address.
func hostOf(address string) (host, path string) {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		return "", ""
	}
	host, path, _ = strings.Cut(rest, "/")
	return host, "/" + path
}
