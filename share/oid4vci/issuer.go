package oid4vci

import (
	"net/url"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Issuer is what an issuer says of itself (OpenID4VCI 1.0, section 12.2.4).
type Issuer struct {
	ID             string
	Name           string   // as it is shown; empty where it says none
	Servers        []string // authorization servers; the issuer itself where it names none
	Credential     string   // endpoint
	Nonce          string   // endpoint; empty where there is none
	Sealed         bool     // demands that requests or answers are encrypted
	Configurations map[string]Configuration
	Unknown        int // configurations of formats that the standard does not have
}

// Configuration is one kind of credential that an issuer gives.
type Configuration struct {
	ID       string
	Name     string // as it is shown: the issuer's word for it, else its ID
	Format   string
	Binding  []string // ways to name the learner's key; none where it is bound to no key
	Algs     []string // a proof of the key may be signed with; none where jwt proofs are not taken
	Attested bool     // demands that the maker of the wallet vouches for the key
}

// formats of OpenID4VCI 1.0, appendix A; vc+sd-jwt is the older name of dc+sd-jwt.
// They say whether the rest of this program can read them.
var formats = map[string]bool{
	"dc+sd-jwt": true, "vc+sd-jwt": true, "jwt_vc_json": true, "ldp_vc": true,
	"jwt_vc_json-ld": false, "mso_mdoc": false,
}

// ParseIssuer reads an issuer's metadata. Configurations of formats the standard
// does not have are left out; members of profiles are not looked at. Metadata of a
// draft before 14 is the fault offer.too-old.
func ParseIssuer(raw []byte) (Issuer, error) {
	m, err := open(badIssuer, raw)
	if err != nil {
		return Issuer{}, err
	}
	return parseIssuer(m)
}

func parseIssuer(m members) (Issuer, error) {
	if m.has("credentials_supported") && !m.has("credential_configurations_supported") {
		return Issuer{}, fault.New("offer.too-old")
	}
	i := Issuer{
		ID: m.identifier("credential_issuer"), Servers: m.texts("authorization_servers"),
		Credential: m.address("credential_endpoint"), Nonce: m.address("nonce_endpoint"),
		Name: display(m), Configurations: map[string]Configuration{},
	}
	if i.Credential == "" {
		m.fail("credential_endpoint")
	}
	if len(i.Servers) == 0 {
		i.Servers = []string{i.ID}
	}
	for _, name := range []string{"credential_request_encryption", "credential_response_encryption"} {
		if e, ok := m.object(name); ok && e.flag("encryption_required") {
			i.Sealed = true
		}
	}
	i.configurations(m)
	return i, m.fault()
}

func (i *Issuer) configurations(m members) {
	const name = "credential_configurations_supported"
	all, ok := m.object(name)
	if !ok {
		m.fail(name)
	}
	for id := range all.m {
		one, ok := all.object(id)
		if !ok {
			all.fail(id)
			return
		}
		c := configuration(id, one)
		if _, known := formats[c.Format]; !known {
			i.Unknown++
			continue
		}
		i.Configurations[id] = c
	}
}

func configuration(id string, m members) Configuration {
	c := Configuration{ID: id, Format: m.need("format"), Binding: m.texts("cryptographic_binding_methods_supported")}
	about, ok := m.object("credential_metadata")
	if !ok {
		about = m // as drafts before 1.0 have it
	}
	if c.Name = display(about); c.Name == "" {
		c.Name = cut(id)
	}
	if types, ok := m.object("proof_types_supported"); ok {
		jwt, _ := proofType(types, "jwt")
		_, attested := proofType(types, "attestation")
		c.Algs, c.Attested = jwt.algs, jwt.attested || jwt.algs == nil && attested
	}
	return c
}

type proofKind struct {
	algs     []string
	attested bool
}

// proofType reads what proofs of one type have to be (OpenID4VCI 1.0, appendix F).
func proofType(types members, name string) (p proofKind, ok bool) {
	m, ok := types.object(name)
	if !ok {
		return p, false
	}
	if p.algs = m.texts("proof_signing_alg_values_supported"); p.algs == nil {
		m.fail("proof_signing_alg_values_supported")
	}
	a, ok := m.object("key_attestations_required")
	if p.attested = ok; ok {
		a.texts("key_storage")
		a.texts("user_authentication")
		a.positive("preferred_key_storage_status_period") // of the EU's profile
	}
	return p, true
}

// display gives the name to show: the English one, else the first.
func display(m members) string {
	first := ""
	for _, d := range m.objects("display") {
		name := cut(strings.Join(strings.Fields(d.text("name")), " "))
		if strings.HasPrefix(strings.ToLower(d.text("locale")), "en") && name != "" {
			return name
		}
		if first == "" {
			first = name
		}
	}
	return first
}

// places are where the metadata of a party may be: name between host and path
// (OpenID4VCI 1.0, section 12.2.2; RFC 8414, section 3.1), else after the path, as
// older drafts and OpenID Connect Discovery 1.0, section 4, have it.
func places(id string, names ...string) []string {
	u, err := url.Parse(id)
	if err != nil {
		return nil
	}
	origin, path := u.Scheme+"://"+u.Host, strings.TrimSuffix(u.EscapedPath(), "/")
	var out []string
	for _, name := range names {
		for _, place := range []string{origin + "/.well-known/" + name + path, origin + path + "/.well-known/" + name} {
			if !slices.Contains(out, place) {
				out = append(out, place)
			}
		}
	}
	return out
}
