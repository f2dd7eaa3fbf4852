package verify

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
)

// inScope says whether an issuer's profile allows an award to be kept at an address
// (Open Badges 2.0, VerificationObject and HostedBadge Verification): within one of
// startsWith and at one of allowedOrigins, where these are given; else the award,
// and its class if that has a web address, must be where the profile is.
func inScope(at, class string, profile vc.Doc) bool {
	var starts, origins []string
	for _, rules := range envelope.Objects(profile["verification"]) {
		starts = append(starts, envelope.Strings(rules["startsWith"])...)
		origins = append(origins, envelope.Strings(rules["allowedOrigins"])...)
	}
	if len(starts) == 0 && len(origins) == 0 {
		own := stated(profile, "id")
		return sameHost(at, own) && (!strings.HasPrefix(class, "http") || sameHost(class, own))
	}
	return (len(starts) == 0 || slices.ContainsFunc(starts, func(s string) bool { return begins(at, s) })) &&
		(len(origins) == 0 || slices.ContainsFunc(origins, func(s string) bool { return sameHost(at, s) || hostName(at) == strings.ToLower(s) }))
}

// begins says whether an address starts with another. The host must be the whole
// host, or https://school.example would let in https://school.example.evil.example;
// and a path that climbs up again does not lead to where it seems to lie.
func begins(at, start string) bool {
	a, errA := fetch.Address(at)
	s, errS := fetch.Address(start)
	if errA != nil || errS != nil || a.Host != s.Host || slices.Contains(strings.Split(a.Path, "/"), "..") {
		return false
	}
	return strings.HasPrefix(a.RequestURI(), s.RequestURI())
}

func sameHost(a, b string) bool { return hostName(a) != "" && hostName(a) == hostName(b) }

// hostName gives the host of a web address in lower case, or "".
func hostName(address string) string {
	u, err := fetch.Address(address)
	if err != nil {
		return ""
	}
	return u.Host
}
