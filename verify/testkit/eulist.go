package testkit

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// EUList writes European trusted lists (ETSI TS 119 612), unsigned; Sealer.Seal
// puts the signature in.
type EUList struct {
	Territory string // "EU" for the list of lists
	Issued    time.Time
	Next      time.Time // zero for none
	Pointers  []EUPointer
	Services  []EUService
}

// EUPointer says who may sign the list of a country.
type EUPointer struct {
	Territory string
	Signer    *x509.Certificate
	Print     bool // the form for printing
}

// EUService is one service with a history of one status, or more.
type EUService struct {
	Provider string
	Type     string // its last part, such as "CA/QC"
	Cert     *x509.Certificate
	Status   []string // the newest first, such as "granted"
	Since    []time.Time
}

const tsl = "http://uri.etsi.org/TrstSvc/"

// XML writes the list.
func (l EUList) XML() string {
	kind, next := "EUgeneric", ""
	if l.Territory == "EU" {
		kind = "EUlistofthelists"
	}
	if !l.Next.IsZero() {
		next = "<dateTime>" + l.Next.UTC().Format(time.RFC3339) + "</dateTime>"
	}
	return `<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" xmlns:m="http://uri.etsi.org/02231/v2/additionaltypes#" TSLTag="http://uri.etsi.org/19612/TSLTag">` +
		`<SchemeInformation><TSLVersionIdentifier>5</TSLVersionIdentifier><TSLSequenceNumber>3</TSLSequenceNumber><TSLType>` + tsl + `TrustedList/TSLType/` + kind + `</TSLType>` +
		`<SchemeOperatorName><Name xml:lang="de">Amt</Name><Name xml:lang="en">Office</Name></SchemeOperatorName><SchemeTerritory>` + l.Territory + `</SchemeTerritory>` +
		`<PointersToOtherTSL>` + l.pointers() + `</PointersToOtherTSL><ListIssueDateTime>` + l.Issued.UTC().Format(time.RFC3339) + `</ListIssueDateTime><NextUpdate>` + next + `</NextUpdate></SchemeInformation>` +
		`<TrustServiceProviderList>` + l.services() + `</TrustServiceProviderList></TrustServiceStatusList>`
}

func (l EUList) pointers() string {
	var b strings.Builder
	for _, p := range l.Pointers {
		media := "application/vnd.etsi.tsl+xml"
		if p.Print {
			media = "application/pdf"
		}
		fmt.Fprintf(&b, `<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity><DigitalId>%s</DigitalId></ServiceDigitalIdentity></ServiceDigitalIdentities>`+
			`<TSLLocation>https://lists.example/%s.xml</TSLLocation><AdditionalInformation><OtherInformation><SchemeTerritory>%[2]s</SchemeTerritory></OtherInformation>`+
			`<OtherInformation><m:MimeType>%s</m:MimeType></OtherInformation></AdditionalInformation></OtherTSLPointer>`, x509Element(p.Signer), p.Territory, media)
	}
	return b.String()
}

func (l EUList) services() string {
	var b strings.Builder
	for _, s := range l.Services {
		fmt.Fprintf(&b, `<TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">%s</Name></TSPName></TSPInformation><TSPServices><TSPService><ServiceInformation>%s`+
			`<ServiceDigitalIdentity><DigitalId>%s</DigitalId></ServiceDigitalIdentity></ServiceInformation><ServiceHistory>`, s.Provider, s.instance(0), x509Element(s.Cert))
		for i := 1; i < len(s.Status); i++ {
			b.WriteString("<ServiceHistoryInstance>" + s.instance(i) + "</ServiceHistoryInstance>")
		}
		b.WriteString(`</ServiceHistory></TSPService></TSPServices></TrustServiceProvider>`)
	}
	return b.String()
}

func (s EUService) instance(i int) string {
	return fmt.Sprintf(`<ServiceTypeIdentifier>%sSvctype/%s</ServiceTypeIdentifier><ServiceName><Name xml:lang="en">%s service</Name></ServiceName>`+
		`<ServiceStatus>%[1]sTrustedList/Svcstatus/%[4]s</ServiceStatus><StatusStartingTime>%[5]s</StatusStartingTime>`, tsl, s.Type, s.Provider, s.Status[i], s.Since[i].UTC().Format(time.RFC3339))
}

func x509Element(c *x509.Certificate) string {
	return "<X509Certificate>" + base64.StdEncoding.EncodeToString(c.Raw) + "</X509Certificate>"
}
