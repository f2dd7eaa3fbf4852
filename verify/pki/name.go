package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// oidOrganizationIdentifier is the attribute in which certificates for seals name
// the organisation's registration (ETSI EN 319 412-3, section 4.2.1).
var oidOrganizationIdentifier = asn1.ObjectIdentifier{2, 5, 4, 97}

// Name says who a certificate is made out to, as a person would.
func Name(c *x509.Certificate) string { return nameOf(c.Subject) }

// IssuerName says who issued a certificate, as a person would.
func IssuerName(c *x509.Certificate) string { return nameOf(c.Issuer) }

func nameOf(n pkix.Name) string {
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

// Qualified certificates say so in an extension (ETSI EN 319 412-5, section 4.2.1).
var (
	oidQCStatements = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3}
	oidQCCompliance = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 1}
)

// Qualified says whether a certificate states that it is a qualified one. Whether
// its issuer may say so is on a trusted list.
func Qualified(c *x509.Certificate) bool {
	for _, x := range c.Extensions {
		if !x.Id.Equal(oidQCStatements) {
			continue
		}
		in := cryptobyte.String(x.Value)
		var all, one cryptobyte.String
		if !in.ReadASN1(&all, der.SEQUENCE) || !in.Empty() {
			return false
		}
		for all.ReadASN1(&one, der.SEQUENCE) {
			var kind asn1.ObjectIdentifier
			if one.ReadASN1ObjectIdentifier(&kind) && kind.Equal(oidQCCompliance) {
				return true
			}
		}
	}
	return false
}
