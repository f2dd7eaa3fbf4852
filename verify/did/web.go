package did

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// fetchWeb reads the document of a did:web (did:web method specification,
// "Read (Resolve)"). A document under another id is refused.
func fetchWeb(ctx context.Context, get fetch.Getter, did, id string) (Document, error) {
	address, err := webAddress(id)
	if err != nil {
		return Document{}, err
	}
	page, err := ask(ctx, get, address, "application/json")
	if err != nil {
		return Document{}, err
	}
	doc, err := Parse(page.Body)
	if err != nil {
		return Document{}, err
	}
	if doc.ID != did {
		return Document{}, fmt.Errorf("%w: it belongs to %q", ErrDocument, doc.ID)
	}
	doc.AsOf = page.AsOf
	return doc, nil
}

// webAddress turns a did:web's method-specific id into the address of its
// document. What could lead to another place than it seems is refused: IP
// addresses in any notation, encoded slashes and dots, double encoding, white
// space, empty segments.
func webAddress(id string) (string, error) {
	parts := strings.Split(id, ":")
	host, err := webHost(parts[0])
	if err != nil {
		return "", err
	}
	if len(parts) == 1 {
		return "https://" + host + "/.well-known/did.json", nil
	}
	for i, p := range parts[1:] {
		if parts[i+1], err = webSegment(p); err != nil {
			return "", err
		}
	}
	return "https://" + host + "/" + strings.Join(parts[1:], "/") + "/did.json", nil
}

var (
	hostname = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?i:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.(?i:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?))*$`)
	})
	number = regexp.MustCompile(`^(?:[0-9]+|0[xX][0-9A-Fa-f]*)$`)
)

// webHost reads "host" or "host%3Aport".
func webHost(s string) (string, error) {
	host, port, hasPort := strings.Cut(strings.ReplaceAll(s, "%3a", "%3A"), "%3A")
	last := host[strings.LastIndex(host, ".")+1:]
	_, ip := netip.ParseAddr(host)
	if len(host) > 253 || !hostname().MatchString(host) || number.MatchString(last) || ip == nil {
		return "", fmt.Errorf("%w: host %q", ErrInvalid, host)
	}
	if !hasPort {
		return host, nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != port {
		return "", fmt.Errorf("%w: port %q", ErrInvalid, port)
	}
	return host + ":" + port, nil
}

// webSegment reads one path segment and writes it for an address.
func webSegment(s string) (string, error) {
	plain, err := url.PathUnescape(s)
	bad := func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`/\%?#:`, r) || r == '\uFFFD' }
	if err != nil || plain == "" || plain == "." || plain == ".." || strings.ContainsFunc(plain, bad) {
		return "", fmt.Errorf("%w: path %q", ErrInvalid, s)
	}
	return url.PathEscape(plain), nil
}
