package verify

import (
	"crypto/x509"
	"slices"
	"strings"
	"unicode"

	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/vc"
)

// likeness says how far a certificate is made out to the credential's issuer. The
// zero value is the cautious one.
type likeness uint8

const (
	otherOrganisation likeness = iota
	sameNumber                 // the same organisation by its number in a register, under another name
	sameOrganisation
)

// schemes are the members of an Organisation that hold the number of a scheme of
// organisation identifiers (ETSI EN 319 412-1, section 5.1.4). Another number in the
// same place is another organisation.
var schemes = map[string]string{"VAT": "vatIdentifier", "NTR": "registration"}

// noCountry stands for the country of a number that is valid everywhere.
const noCountry = "XG"

// madeOutTo compares the certificate's organisation with the issuer: by their
// numbers where both state one, which decides, else by their names.
func (j *job) madeOutTo(c *x509.Certificate) likeness {
	issuer := j.c.Issuer
	named := slices.ContainsFunc(append(slices.Clone(issuer.Names), issuer.Name), func(n string) bool {
		return plainLetters(n) != "" && plainLetters(n) == plainLetters(pki.Name(c))
	})
	same, other := sameRegister(c, issuer.Identifiers)
	switch {
	case same && named:
		return sameOrganisation
	case same:
		return sameNumber
	case named && !other:
		return sameOrganisation
	}
	return otherOrganisation
}

// sameRegister says whether the issuer states the number the certificate has, or
// another one in the same register.
func sameRegister(c *x509.Certificate, ids []vc.Identifier) (same, other bool) {
	org, ok := pki.Organization(c)
	if !ok {
		return false, false
	}
	for _, i := range ids {
		switch {
		case i.Country != "" && org.Country != noCountry && !sameCountry(i.Country, org.Country):
		case sameNumbers(i.Value, org):
			same = true
		case schemes[org.Scheme] != "" && i.Type == schemes[org.Scheme]:
			other = true
		}
	}
	return same, other && !same
}

// sameNumbers compares a number as written with a certificate's: alone, after its
// country, or as the whole identifier.
func sameNumbers(written string, org pki.OrganizationID) bool {
	n := plainLetters(written)
	for _, s := range []string{org.Reference, org.Country + org.Reference, org.Text} {
		if n == plainLetters(s) {
			return true
		}
	}
	return false
}

// sameCountry compares country codes; for taxes Greece goes by EL.
func sameCountry(a, b string) bool {
	greek := func(s string) string { return strings.Replace(strings.ToUpper(s), "EL", "GR", 1) }
	return greek(a) == greek(b)
}

// plainLetters leaves letters and digits of a text, in one case.
func plainLetters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}
