// Package oid4vp is the learner's side of OpenID for Verifiable Presentations 1.0:
// somebody asks to be shown a badge, with a link, and is answered.
//
// ParseLink reads the link; Door.Open fetches the request it leads to, where it
// does not hold it, and finds out who asks; Match says what in the wallet could
// answer; Pack writes the answer and Door.Send sends it. Nothing here chooses,
// signs or keeps anything, and nothing is sent but by Send: not even that the
// wallet has what is asked for, or that it does not.
//
// It is narrow on purpose. The answer goes by direct_post, in the clear or
// encrypted; queries are DCQL. What was dropped before 1.0 is refused with words
// that say so.
package oid4vp

import (
	"crypto/x509"
	"io"
	"net/url"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
)

// Request is what somebody asks for. It was read, not agreed to.
type Request struct {
	Asker  Asker
	Query  Query
	Client Client
	Nonce  string // the answer carries it, so that it can't be used twice
	State  string // the answer repeats it; may be empty
	To     string // address that the answer is sent to
	Sealed bool   // the answer has to be encrypted, for Client.Key
}

// Host is who gets the answer.
func (r Request) Host() string { return hostOf(r.To) }

// Label is what to call those who ask: by their name where it was proven, else by
// where the answer goes, which is sure.
func (r Request) Label() string {
	switch host := r.Host(); {
	case !r.Asker.Proven || r.Asker.Name == host:
		return host
	default:
		return r.Asker.Name + " (" + host + ")"
	}
}

// Door is the way to those who ask. Roots may be nil.
type Door struct {
	Get   fetch.Getter // has to be a fetch.Sender too for what is posted
	Now   func() time.Time
	Rand  io.Reader
	Roots *x509.CertPool // who may vouch for the names of sites; nil means those this computer trusts
}

// Link is a request as it was handed over: the request itself, or where it is.
type Link struct {
	params map[string]string
}

// maxLink bounds a link, in bytes.
const maxLink = 64 << 10

// ParseLink reads a link that begins with openid4vp: or another name of that, or
// with the https address of a wallet (section 5). A fault names the parameter that
// is not as it should be.
func ParseLink(text string) (Link, error) {
	u, err := url.Parse(text)
	if err != nil || len(text) > maxLink || u.Scheme == "" {
		return Link{}, fault.Wrap(err, "link.broken")
	}
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Link{}, fault.Wrap(err, "link.broken")
	}
	r, l := &reader{}, Link{params: map[string]string{}}
	for name, v := range values {
		if len(v) != 1 { // RFC 6749, section 3.1
			r.bad(name)
		}
		l.params[name] = v[0]
	}
	return l, r.err
}

// Host is who has to be asked for the request; "" where the link holds it, so that
// nobody hears that it was opened.
func (l Link) Host() string { return hostOf(l.params["request_uri"]) }

func hostOf(address string) string {
	u, err := fetch.Address(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
