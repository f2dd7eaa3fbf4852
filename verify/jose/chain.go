package jose

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
)

// maxChain is how many certificates of a chain are read.
const maxChain = 20

// ParseChain reads the x5c member of a header (RFC 7515, section 4.1.6): standard
// base64 with padding, the signer's certificate first. It gives the signer's key
// and a name for its subject. Every certificate must be readable; neither dates
// nor issuers of the chain are looked at, so the key proves nothing about who
// holds it.
func ParseChain(chain []any) (Key, string, error) {
	if len(chain) == 0 || len(chain) > maxChain {
		return Key{}, "", fmt.Errorf("%w: a chain of %d certificates", ErrKey, len(chain))
	}
	var first *x509.Certificate
	for i, v := range chain {
		text, _ := v.(string)
		c, err := parseX5C(text)
		if err != nil {
			return Key{}, "", fmt.Errorf("%w: certificate %d: %w", ErrKey, i+1, err)
		}
		if i == 0 {
			first = c
		}
	}
	if err := vetted(first.PublicKey); err != nil {
		return Key{}, "", err
	}
	return Key{Public: first.PublicKey}, subject(first), nil
}

// parseX5C takes line breaks, which real tokens have although RFC 7515 does not
// allow them: the certificate is signed, so nothing hangs on its spelling.
func parseX5C(text string) (*x509.Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// subject names who a certificate is made out to, as a person would.
func subject(c *x509.Certificate) string {
	s := c.Subject
	for _, name := range []string{strings.Join(s.Organization, ", "), s.CommonName, strings.Join(c.DNSNames, ", ")} {
		if name != "" {
			return name
		}
	}
	return s.String()
}
