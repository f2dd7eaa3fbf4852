package trust

import (
	"bytes"
	"crypto/x509"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/xmlsig"
)

// Limits for trusted lists. The largest national ones are of some six megabytes.
const (
	maxEUBytes  = 32 << 20
	maxEUDepth  = 60
	maxEUTokens = 2 << 20
	maxEUCerts  = 20000
)

// ErrNoList says that a file is no trusted list.
var ErrNoList = errors.New("not a trusted list (ETSI TS 119 612)")

// The structure of a list, as far as it is read (ETSI TS 119 612, section 5 and
// annex C). Members of other namespaces are left out.
type (
	euDocument struct {
		XMLName   xml.Name `xml:"http://uri.etsi.org/02231/v2# TrustServiceStatusList"`
		Scheme    euScheme `xml:"http://uri.etsi.org/02231/v2# SchemeInformation"`
		Providers []struct {
			Name     []euText       `xml:"http://uri.etsi.org/02231/v2# TSPInformation>TSPName>Name"`
			Services []euServiceDoc `xml:"http://uri.etsi.org/02231/v2# TSPServices>TSPService"`
		} `xml:"http://uri.etsi.org/02231/v2# TrustServiceProviderList>TrustServiceProvider"`
	}
	euScheme struct {
		Sequence  int      `xml:"http://uri.etsi.org/02231/v2# TSLSequenceNumber"`
		Type      string   `xml:"http://uri.etsi.org/02231/v2# TSLType"`
		Operator  []euText `xml:"http://uri.etsi.org/02231/v2# SchemeOperatorName>Name"`
		Territory string   `xml:"http://uri.etsi.org/02231/v2# SchemeTerritory"`
		Issued    string   `xml:"http://uri.etsi.org/02231/v2# ListIssueDateTime"`
		Next      string   `xml:"http://uri.etsi.org/02231/v2# NextUpdate>dateTime"`
		Pointers  []struct {
			Certificates []string `xml:"http://uri.etsi.org/02231/v2# ServiceDigitalIdentities>ServiceDigitalIdentity>DigitalId>X509Certificate"`
			Location     string   `xml:"http://uri.etsi.org/02231/v2# TSLLocation"`
			Other        []struct {
				Territory string `xml:"http://uri.etsi.org/02231/v2# SchemeTerritory"`
				MediaType string `xml:"http://uri.etsi.org/02231/v2/additionaltypes# MimeType"`
			} `xml:"http://uri.etsi.org/02231/v2# AdditionalInformation>OtherInformation"`
		} `xml:"http://uri.etsi.org/02231/v2# PointersToOtherTSL>OtherTSLPointer"`
	}
	euServiceDoc struct {
		Now     euInstance   `xml:"http://uri.etsi.org/02231/v2# ServiceInformation"`
		History []euInstance `xml:"http://uri.etsi.org/02231/v2# ServiceHistory>ServiceHistoryInstance"`
	}
	euInstance struct {
		Type         string   `xml:"http://uri.etsi.org/02231/v2# ServiceTypeIdentifier"`
		Name         []euText `xml:"http://uri.etsi.org/02231/v2# ServiceName>Name"`
		Certificates []string `xml:"http://uri.etsi.org/02231/v2# ServiceDigitalIdentity>DigitalId>X509Certificate"`
		Status       string   `xml:"http://uri.etsi.org/02231/v2# ServiceStatus"`
		Since        string   `xml:"http://uri.etsi.org/02231/v2# StatusStartingTime"`
	}
	euText struct {
		Lang string `xml:"lang,attr"`
		Text string `xml:",chardata"`
	}
)

// ParseEU reads a trusted list, or the list of lists, and checks its signature. A
// document type declaration is refused unread. The error wraps ErrNoList or
// ErrBroken; a list whose signature does not hold is no error, but says so.
func ParseEU(raw []byte) (EUList, error) {
	if len(raw) > maxEUBytes {
		return EUList{}, fmt.Errorf("%w: larger than %d megabytes", ErrBroken, maxEUBytes>>20)
	}
	doc, err := decodeEU(raw)
	if err != nil {
		return EUList{}, err
	}
	state, signer, content := euSeal(raw)
	if state == SealHolds { // what was signed, and nothing that was put around it
		if doc, err = decodeEU(content); err != nil {
			return EUList{}, err
		}
	}
	l, err := doc.list()
	l.Seal, l.Signer = state, signer
	return l, err
}

func decodeEU(raw []byte) (*euDocument, error) {
	doc := &euDocument{}
	tokens := &euTokens{inner: xml.NewDecoder(bytes.NewReader(raw))}
	if err := xml.NewTokenDecoder(tokens).Decode(doc); err != nil {
		if errors.Is(err, ErrBroken) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrNoList, err)
	}
	return doc, nil
}

// euSeal checks the list's own signature (section 5.7): one over the whole of it,
// under the certificate it brings along. content is what it protects.
func euSeal(raw []byte) (state EUSeal, signer *x509.Certificate, content []byte) {
	found, err := xmlsig.Find(raw)
	if err != nil {
		return SealUnchecked, nil, nil
	}
	for _, s := range found {
		if len(s.Certs) == 0 {
			continue
		}
		switch err := s.Check(s.Certs[0].PublicKey); {
		case err == nil && s.Whole:
			return SealHolds, s.Certs[0], s.Content
		case err != nil && !errors.Is(err, xmlsig.ErrUnsupported):
			state = SealBroken
		}
	}
	return state, nil, nil
}

// euTokens hands the tokens of a document on and refuses what no list has.
type euTokens struct {
	inner        *xml.Decoder
	depth, count int
}

// Token gives the next token.
func (t *euTokens) Token() (xml.Token, error) {
	tok, err := t.inner.RawToken()
	if err != nil {
		return nil, err
	}
	switch tok.(type) {
	case xml.Directive:
		return nil, fmt.Errorf("%w: a document type declaration", ErrBroken)
	case xml.StartElement:
		t.depth++
	case xml.EndElement:
		t.depth--
	}
	if t.count++; t.count > maxEUTokens || t.depth > maxEUDepth {
		return nil, fmt.Errorf("%w: nested too deeply, or too long", ErrBroken)
	}
	return tok, nil
}

func (d *euDocument) list() (EUList, error) {
	l := EUList{
		Territory: strings.TrimSpace(d.Scheme.Territory), Operator: inEnglish(d.Scheme.Operator),
		Sequence: d.Scheme.Sequence, OfLists: strings.HasSuffix(d.Scheme.Type, "/EUlistofthelists"),
	}
	var err error
	if l.Issued, err = euTime(d.Scheme.Issued); err != nil {
		return EUList{}, err
	}
	if d.Scheme.Next != "" {
		if l.NextUpdate, err = euTime(d.Scheme.Next); err != nil {
			return EUList{}, err
		}
	}
	r := &euReader{known: map[string]*x509.Certificate{}}
	for _, p := range d.Scheme.Pointers {
		to := EUPointer{Address: strings.TrimSpace(p.Location), Signers: r.certificates(p.Certificates)}
		for _, o := range p.Other {
			if o.Territory != "" {
				to.Territory = strings.TrimSpace(o.Territory)
			}
			to.Machine = to.Machine || strings.Contains(o.MediaType, "etsi.tsl+xml")
		}
		l.Pointers = append(l.Pointers, to)
	}
	for _, p := range d.Providers {
		for _, s := range p.Services {
			l.Services = append(l.Services, r.service(inEnglish(p.Name), s))
		}
	}
	l.Skipped = r.skipped
	return l, nil
}

// euReader reads certificates, of which lists repeat many, once each.
type euReader struct {
	known   map[string]*x509.Certificate
	skipped int
}

func (r *euReader) certificates(texts []string) []*x509.Certificate {
	var out []*x509.Certificate
	for _, s := range texts {
		c, seen := r.known[s]
		if !seen && len(r.known) < maxEUCerts {
			c, _ = pki.Certificate(s)
			r.known[s] = c
		}
		if c == nil {
			r.skipped++
			continue
		}
		out = append(out, c)
	}
	return out
}

// service reads a service with its history, the newest status first. What an older
// status had of certificates identifies the same service.
func (r *euReader) service(provider string, d euServiceDoc) EUService {
	s := EUService{Provider: provider, Name: inEnglish(d.Now.Name), Type: strings.TrimSpace(d.Now.Type)}
	for _, i := range append([]euInstance{d.Now}, d.History...) {
		s.Certificates = append(s.Certificates, r.certificates(i.Certificates)...)
		since, err := euTime(i.Since)
		if err != nil || strings.TrimSpace(i.Type) != s.Type {
			continue // a status without a date was never in force as far as we know
		}
		s.History = append(s.History, EUStatus{Status: strings.TrimSpace(i.Status), Since: since})
	}
	slices.SortStableFunc(s.History, func(a, b EUStatus) int { return b.Since.Compare(a.Since) })
	return s
}

func inEnglish(names []euText) string {
	for _, n := range names {
		if strings.HasPrefix(n.Lang, "en") {
			return strings.TrimSpace(n.Text)
		}
	}
	if len(names) > 0 {
		return strings.TrimSpace(names[0].Text)
	}
	return ""
}

// euTime reads a date of a list, which is in UTC (section 5.1.2).
func euTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, strings.TrimSpace(s))
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return t, nil
}
