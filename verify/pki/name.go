package pki

import (
	"crypto/x509"
	"encoding/asn1"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// oidOrganizationIdentifier is the attribute in which certificates for seals name
// the organisation's registration (ETSI EN 319 412-3, section 4.2.1).
var oidOrganizationIdentifier = asn1.ObjectIdentifier{2, 5, 4, 97}

// Name says who a certificate is made out to, as a person would.
func Name(c *x509.Certificate) string {
	n := c.Subject
	for _, s := range []string{strings.Join(n.Organization, ", "), n.CommonName} {
		if s != "" {
			return s
		}
	}
	return n.String()
}

// OrganizationID is how a certificate names an organisation (ETSI EN 319 412-1,
// section 5.1.4): "VATES-B12345678" or "NTRIE-637218".
type OrganizationID struct {
	Text      string // as written
	Scheme    string // "VAT", "NTR", "LEI", "PSD", or a national scheme such as "EI:SE"
	Country   string // two letters; "XG" for a scheme without a country
	Reference string // the number itself
}

// Organization reads the organisation identifier of the certificate's subject. It
// is not ok where there is none or it is not written by the rules.
func Organization(c *x509.Certificate) (OrganizationID, bool) {
	for _, a := range c.Subject.Names {
		if s, isText := a.Value.(string); isText && a.Type.Equal(oidOrganizationIdentifier) {
			return parseOrganization(s)
		}
	}
	return OrganizationID{}, false
}

func parseOrganization(s string) (OrganizationID, bool) {
	head, reference, ok := strings.Cut(s, "-")
	if !ok || reference == "" || len(head) != 5 {
		return OrganizationID{}, false
	}
	id := OrganizationID{Text: s, Reference: reference}
	if head[2] == ':' { // a national scheme: two letters, a colon, the country
		id.Scheme, id.Country = head, head[3:]
		return id, true
	}
	id.Scheme, id.Country = head[:3], head[3:]
	return id, true
}

// Qualified certificates say so in an extension, and what they are for (ETSI EN 319
// 412-5, sections 4.2.1 and 4.2.3).
var (
	oidQCStatements = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3}
	oidQCCompliance = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 1}
	oidQCType       = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 6}
	oidQCWeb        = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 6, 3}
)

// Qualified says whether a certificate states that it is a qualified one, for seals
// or signatures and not for a web site. Whether its issuer may say so is on a
// trusted list.
func Qualified(c *x509.Certificate) bool {
	for _, x := range c.Extensions {
		if x.Id.Equal(oidQCStatements) {
			return qualified(x.Value)
		}
	}
	return false
}

func qualified(statements cryptobyte.String) bool {
	var all, one, types cryptobyte.String
	if !statements.ReadASN1(&all, der.SEQUENCE) || !statements.Empty() {
		return false
	}
	stated, web := false, false
	for all.ReadASN1(&one, der.SEQUENCE) {
		var kind, use asn1.ObjectIdentifier
		if !one.ReadASN1ObjectIdentifier(&kind) {
			return false
		}
		stated = stated || kind.Equal(oidQCCompliance)
		if kind.Equal(oidQCType) && one.ReadASN1(&types, der.SEQUENCE) && types.ReadASN1ObjectIdentifier(&use) {
			web = use.Equal(oidQCWeb)
		}
	}
	return stated && !web
}
