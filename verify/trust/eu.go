package trust

import (
	"crypto/x509"
	"slices"
	"strings"
	"time"
)

// EULists is where the European Commission publishes the list of all national
// trusted lists.
const EULists = "https://ec.europa.eu/tools/lotl/eu-lotl.xml"

// EUList is a trusted list (ETSI TS 119 612): what a country says about those who
// issue certificates and time stamps under its supervision, or the list of these
// lists. Make one with ParseEU.
type EUList struct {
	Territory  string // "IE"; "EU" for the list of lists
	Operator   string // who keeps it, in English where it says so
	Sequence   int
	Issued     time.Time
	NextUpdate time.Time // when the next is due at the latest; zero for a closed list
	OfLists    bool      // it is the list of lists
	Pointers   []EUPointer
	Services   []EUService // in the order of the list
	Skipped    int         // certificates in it that can't be read

	Seal   EUSeal            // what is known of the list's own signature
	Signer *x509.Certificate // whose signature it is; nil unless Seal is SealHolds
}

// EUSeal is what is known of a list's own signature. The zero value is the
// cautious one.
type EUSeal uint8

// The states of a list's signature.
const (
	SealUnchecked EUSeal = iota // none, or of a form that is not built in
	SealBroken
	SealHolds
)

// EUPointer names another list and who may sign it.
type EUPointer struct {
	Address   string
	Territory string
	Machine   bool // it is the form for machines, not for printing
	Signers   []*x509.Certificate
}

// EUService is one service of one provider.
type EUService struct {
	Provider     string
	Name         string
	Type         string // a URI, such as QualifiedCertificates
	Certificates []*x509.Certificate
	History      []EUStatus // the newest first
}

// EUStatus is what a service was from a date on.
type EUStatus struct {
	Status string // a URI
	Since  time.Time
}

// The types of services that matter here (ETSI TS 119 612, section 5.5.1).
const (
	QualifiedCertificates = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
	QualifiedStamps       = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"
)

// eIDAS is when the Regulation replaced what had been supervised until then.
var eIDAS = time.Date(2016, 7, 1, 0, 0, 0, 0, time.UTC)

// Granted says whether the service was qualified at a time: granted, or under the
// rules before July 2016 supervised or accredited (ETSI TS 119 612, section 5.5.4
// and annex J).
func (s EUService) Granted(at time.Time) bool {
	status := ""
	for _, h := range s.History {
		if !at.Before(h.Since) {
			status = h.Status[strings.LastIndexByte(h.Status, '/')+1:]
			break
		}
	}
	if at.Before(eIDAS) {
		return slices.Contains([]string{"undersupervision", "supervisionincessation", "accredited", "granted"}, status)
	}
	return status == "granted"
}

// Label names the list for people: its territory and who keeps it.
func (l EUList) Label() string {
	if l.Operator == "" {
		return l.Territory
	}
	return l.Territory + " (" + l.Operator + ")"
}

// EU are the trusted lists a person uses.
type EU []EUList

// EUState says whether a list can be used.
type EUState uint8

// The states of a list. Only EUGood lists are believed.
const (
	EUGood        EUState = iota
	EUOld                 // the next one was due before now
	EUUnchecked           // its signature could not be checked
	EUBroken              // its signature does not hold
	EUOtherSigner         // the list of lists, which is used too, names other signers
)

// State says whether a list of e can be used at the time now. Whoever loads a list
// from a file vouches for it; where the list of lists is loaded too, it must name
// the signer.
func (e EU) State(l EUList, now time.Time) EUState {
	switch {
	case l.Seal == SealBroken:
		return EUBroken
	case l.Seal != SealHolds:
		return EUUnchecked
	case !e.named(l, now):
		return EUOtherSigner
	case now.After(l.NextUpdate): // a closed list has none
		return EUOld
	}
	return EUGood
}

// named says whether the lists of lists in e, as far as they are good themselves,
// name the signer of l among those of its territory.
func (e EU) named(l EUList, now time.Time) bool {
	for _, above := range e {
		if !above.OfLists || l.OfLists || above.Seal != SealHolds || now.After(above.NextUpdate) {
			continue
		}
		for _, p := range above.Pointers {
			if p.Territory == l.Territory && p.Machine && slices.ContainsFunc(p.Signers, l.Signer.Equal) {
				return true
			}
		}
		return false
	}
	return true
}

// EUEntry is a certificate on a list.
type EUEntry struct {
	Certificate *x509.Certificate
	Service     EUService
	List        EUList
}

// Entries gives all certificates of services of a type that were qualified at a
// time, on lists that are in one of the states.
func (e EU) Entries(kind string, at, now time.Time, states ...EUState) []EUEntry {
	return e.entries(now, states, func(s EUService) bool { return s.Type == kind && s.Granted(at) })
}

// Lapsed gives those of services that good lists name, but not as qualified at that
// time: their standing was withdrawn, or not given yet.
func (e EU) Lapsed(kind string, at, now time.Time) []EUEntry {
	return e.entries(now, []EUState{EUGood}, func(s EUService) bool { return s.Type == kind && !s.Granted(at) })
}

func (e EU) entries(now time.Time, states []EUState, wanted func(EUService) bool) []EUEntry {
	var out []EUEntry
	for _, l := range e {
		if !slices.Contains(states, e.State(l, now)) {
			continue
		}
		for _, s := range l.Services {
			if !wanted(s) {
				continue
			}
			for _, c := range s.Certificates {
				out = append(out, EUEntry{Certificate: c, Service: s, List: l})
			}
		}
	}
	return out
}
