package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// maxURL bounds an address: longer ones are data, not addresses.
const maxURL = 4096

// Address checks an address before anybody is asked and gives the form that is
// asked: https only (http is tried as https in its place, never as itself), a
// host, no name or password, no port but 443, no fragment. Anything else is
// ErrRefused. Names are not resolved here: that is guarded at every dial.
func Address(raw string) (*url.URL, error) {
	if len(raw) > maxURL {
		return nil, fmt.Errorf("%w: too long", ErrRefused)
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%w: scheme %q", ErrRefused, u.Scheme)
	case u.User != nil:
		return nil, fmt.Errorf("%w: it carries a name or a password", ErrRefused)
	case u.Opaque != "" || !goodHost(u.Hostname()):
		return nil, fmt.Errorf("%w: host %q", ErrRefused, u.Host)
	case !goodPort(u):
		return nil, fmt.Errorf("%w: port %s", ErrRefused, u.Port())
	}
	u.Scheme, u.Fragment, u.RawFragment = "https", "", ""
	u.Host = strings.ToLower(u.Hostname())
	if strings.Contains(u.Host, ":") {
		u.Host = "[" + u.Host + "]"
	}
	return u, nil
}

// goodPort takes the usual port of either scheme: http's 80 becomes https's 443.
func goodPort(u *url.URL) bool {
	p := u.Port()
	return p == "" || p == "443" || p == "80" && u.Scheme == "http"
}

// goodHost refuses what names no public host: local names and addresses of
// machines that are not on the public internet.
func goodHost(host string) bool {
	h := strings.TrimSuffix(strings.ToLower(host), ".")
	if h == "" || strings.ContainsAny(h, " /\\%\x00") {
		return false
	}
	if ip, err := netip.ParseAddr(h); err == nil {
		ip = ip.Unmap()
		return ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback()
	}
	for _, local := range []string{"localhost", "local", "internal", "home.arpa", "onion"} {
		if h == local || strings.HasSuffix(h, "."+local) {
			return false
		}
	}
	return true
}

// file gives the path under which a mirror keeps an address: host/path, cleaned.
// The query is no part of it, unless the mirror has a file whose name holds it.
func file(u *url.URL) (plain, withQuery string) {
	plain = strings.TrimPrefix(path.Join("/", u.Host, path.Clean("/"+u.Path)), "/")
	if u.RawQuery != "" {
		withQuery = plain + "?" + u.RawQuery
	}
	return plain, withQuery
}
