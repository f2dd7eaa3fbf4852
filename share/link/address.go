package link

import (
	"net/url"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/share/oid4vci"
	"github.com/cairnwallet/cairn/verify/fault"
)

// Limits for addresses.
const (
	maxAddresses = 64 << 10 // a dropped list of them
	maxAddress   = 8 << 10  // one of them
)

// fromAddresses reads one address, or a list with one a line as programs hand it
// over when links are dropped (text/uri-list, RFC 2483 section 5). ok says
// whether the text is addresses at all.
func fromAddresses(text string) (found []Found, ok bool, err error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		u, isAddress := parse(line)
		if !isAddress {
			return nil, false, nil
		}
		f, err := address(u)
		if err != nil {
			return nil, true, err
		}
		if f.Kind == Offer || f.Kind == Request {
			f.URL = line
		}
		if len(found) == MaxFound {
			return nil, true, fault.New("link.too-many")
		}
		found = append(found, f)
	}
	return found, len(found) > 0, nil
}

func parse(s string) (*url.URL, bool) {
	if len(s) > maxAddress || strings.ContainsAny(s, " \t\"<>{}") {
		return nil, false
	}
	u, err := url.Parse(s)
	return u, err == nil && u.Scheme != "" && len(s) > len(u.Scheme)+1
}

// The addresses that start a conversation with an issuer or an employer: those for
// requests of OpenID4VP, and those of conversations which this version does not have.
var (
	drafts   = []string{"openid-initiate-issuance"} // of offers
	requests = []string{"openid4vp", "openid-vc", "openid", "haip-vp", "haip", "mdoc-openid4vp", "eudi-openid4vp", "openid4vp-v1"}
	wallets  = []string{"dccrequest", "org.dcconsortium", "interaction", "web+interaction", "didcomm"}
)

func address(u *url.URL) (Found, error) {
	scheme := strings.ToLower(u.Scheme)
	switch {
	case oid4vci.Is(u):
		return Found{Kind: Offer}, nil // as it was given
	case slices.Contains(drafts, scheme):
		return Found{}, fault.New("link.offer")
	case slices.Contains(requests, scheme):
		return Found{Kind: Request}, nil
	case slices.Contains(wallets, scheme):
		return Found{}, fault.New("link.wallet", "scheme", scheme)
	case scheme == "https", scheme == "http":
		return web(u)
	case scheme == "file", len(scheme) == 1: // one letter is a drive of Windows
		return Found{}, fault.New("link.file")
	case scheme == "did":
		return Found{}, fault.New("link.did")
	case scheme == "mailto":
		return Found{}, fault.New("link.mail")
	}
	return Found{}, fault.New("link.unknown", "scheme", scheme)
}

// web reads an address of the web. http is never fetched: https is tried in its
// place. The same conversations also hide in the query of an https address.
func web(u *url.URL) (Found, error) {
	if u.Hostname() == "" || u.User != nil {
		return Found{}, fault.New("link.broken")
	}
	q := u.Query()
	switch {
	case q.Get("iuv") == "1":
		return Found{}, fault.New("link.offer")
	case q.Has("request_uri"), q.Has("client_id") && (q.Has("response_type") || q.Has("request")):
		return Found{Kind: Request}, nil
	}
	https := *u
	https.Scheme = "https"
	return Found{Kind: Web, URL: https.String()}, nil
}
