package oid4vci

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Offer is what an issuer says it would give (OpenID4VCI 1.0, section 4.1.1). It is
// a stranger's word: nothing in it is known to be true.
type Offer struct {
	Issuer string   // its address
	IDs    []string // of the configurations in the issuer's metadata
	Code   string   // pre-authorized code; empty where the offer has no such grant
	TxCode *TxCode  // asks for a code that came another way; nil where none is asked for
	Server string   // the authorization server meant, where there are several; may be empty
}

// TxCode says what the code looks like that the learner got some other way, such as
// by e-mail.
type TxCode struct {
	Text   bool   // letters, too, not only digits
	Length int    // 0 where it is not said
	About  string // in the issuer's words
}

// Link is an offer as a learner gets it: the offer itself, or where it is.
type Link struct {
	Offer *Offer
	URI   string
}

// maxAbout is how many letters the issuer has to say what the code is
// (OpenID4VCI 1.0, section 4.1.1).
const maxAbout = 300

// grantPreAuthorized is the one way to be let in that this program has.
const grantPreAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code"

// schemes are the links that are offers; other schemes can't be.
var schemes = []string{"openid-credential-offer", "haip-vci"}

// Is says whether an address is an offer, by value or by reference: also one of the
// web, which opens another wallet.
func Is(u *url.URL) bool {
	if slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return true
	}
	q := u.Query()
	return (u.Scheme == "https" || u.Scheme == "http") && (q.Has("credential_offer") || q.Has("credential_offer_uri"))
}

// IsOffer says whether a text is an offer itself, good or bad.
func IsOffer(raw []byte) bool {
	if len(raw) > maxDocument {
		return false
	}
	m, err := strict.Object(raw)
	return err == nil && m["credential_issuer"] != nil && (m["credential_configuration_ids"] != nil || m["credentials"] != nil)
}

// ParseLink reads an offer as it is pasted or scanned: a link, or the JSON text.
func ParseLink(text string) (Link, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") {
		o, err := ParseOffer([]byte(text))
		return Link{Offer: &o}, err
	}
	u, err := url.Parse(text)
	if err != nil || len(text) > maxDocument || !Is(u) {
		return Link{}, fault.Wrap(err, "offer.no-offer")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Link{}, fault.Wrap(err, badOffer, "member", "credential_offer")
	}
	value, uri := q["credential_offer"], q["credential_offer_uri"]
	switch {
	case len(value) == 1 && len(uri) == 0:
		o, err := ParseOffer([]byte(value[0]))
		return Link{Offer: &o}, err
	case len(uri) == 1 && len(value) == 0 && isAddress(uri[0]):
		return Link{URI: uri[0]}, nil
	}
	return Link{}, fault.New(badOffer, "member", "credential_offer_uri") // neither, both, or no address
}

// ParseOffer reads an offer. One of a draft before 14 is the fault offer.too-old.
func ParseOffer(raw []byte) (Offer, error) {
	m, err := open(badOffer, raw)
	if err != nil {
		return Offer{}, err
	}
	if m.has("credentials") && !m.has("credential_configuration_ids") {
		return Offer{}, fault.New("offer.too-old")
	}
	o := Offer{Issuer: m.identifier("credential_issuer"), IDs: m.texts("credential_configuration_ids")}
	if len(o.IDs) == 0 || len(slices.Compact(slices.Sorted(slices.Values(o.IDs)))) != len(o.IDs) {
		m.fail("credential_configuration_ids")
	}
	if grants, ok := m.object("grants"); ok {
		if g, ok := grants.object("authorization_code"); ok {
			g.text("issuer_state")
		}
		if g, ok := grants.object(grantPreAuthorized); ok {
			o.Code, o.Server = g.need("pre-authorized_code"), g.address("authorization_server")
			o.TxCode = txCode(g)
		}
	}
	return o, m.fault()
}

// txCode reads what code is asked for. An empty object asks for one, too.
func txCode(grant members) *TxCode {
	m, ok := grant.object("tx_code")
	if !ok {
		return nil
	}
	mode := m.text("input_mode")
	t := &TxCode{Text: mode == "text", Length: m.positive("length"), About: m.text("description")}
	if mode != "" && mode != "text" && mode != "numeric" {
		m.fail("input_mode")
	}
	if utf8.RuneCountInString(t.About) > maxAbout {
		m.fail("description")
	}
	return t
}

// Check says whether a code looks as the issuer says it does. Asking with one that
// doesn't would use up one of few tries.
func (t *TxCode) Check(code string) error {
	if t == nil {
		return nil
	}
	digits := strings.Trim(code, "0123456789") == ""
	switch {
	case code == "":
		return fault.New("offer.code-needed")
	case !t.Text && !digits, t.Length > 0 && utf8.RuneCountInString(code) != t.Length:
		return fault.New("offer.code-shape")
	}
	return nil
}
