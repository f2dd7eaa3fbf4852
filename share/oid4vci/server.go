package oid4vci

import "slices"

// Server is what an authorization server says of itself (RFC 8414, section 2).
type Server struct {
	ID       string
	Token    string   // endpoint
	Grants   []string // ways to be let in; none where it doesn't say
	Browser  bool     // it can let somebody in through a web page
	Attested bool     // it only knows wallets whose maker vouches for them
}

// attestAuth is how a wallet shows its maker's word (OAuth 2.0 Attestation-Based
// Client Authentication, section 13.4).
const attestAuth = "attest_jwt_client_auth"

// ParseServer reads an authorization server's metadata.
func ParseServer(raw []byte) (Server, error) {
	m, err := open(badServer, raw)
	if err != nil {
		return Server{}, err
	}
	s := Server{ID: m.identifier("issuer"), Token: m.address("token_endpoint"), Grants: m.texts("grant_types_supported")}
	s.Browser = m.address("authorization_endpoint") != ""
	if s.Token == "" {
		m.fail("token_endpoint")
	}
	ways := m.texts("token_endpoint_auth_methods_supported")
	s.Attested = len(ways) > 0 && !slices.ContainsFunc(ways, func(w string) bool { return w != attestAuth })
	return s, m.fault()
}

// takes says whether the server lets somebody in with a pre-authorized code, as
// far as it says.
func (s Server) takes() bool {
	return len(s.Grants) == 0 || slices.Contains(s.Grants, grantPreAuthorized)
}
