package trust

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/testkit"
)

var euNow = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// euOffice is who keeps a list, with a list that names one authority.
type euOffice struct {
	sealer    testkit.Sealer
	authority testkit.Identity
	list      testkit.EUList
}

func newEUOffice(t testing.TB) euOffice {
	o := euOffice{sealer: testkit.NewSealer(t, "p256", "Office", euNow), authority: testkit.NewAuthority(t, "Authority", euNow)}
	o.list = testkit.EUList{
		Territory: "IE", Issued: euNow.AddDate(0, -1, 0), Next: euNow.AddDate(0, 1, 0),
		Services: []testkit.EUService{{
			Provider: "Authority", Type: "CA/QC", Cert: o.authority.Cert,
			Status: []string{"granted", "granted", "withdrawn", "undersupervision"}, // the history in no order
			Since:  []time.Time{euNow.AddDate(0, 0, -10), eIDAS.AddDate(1, 0, 0), euNow.AddDate(0, 0, -20), eIDAS.AddDate(-2, 0, 0)},
		}},
	}
	return o
}

func parsed(t testing.TB, xml string) EUList {
	t.Helper()
	l, err := ParseEU([]byte(xml))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestParseEU(t *testing.T) {
	o := newEUOffice(t)
	o.list.Pointers = []testkit.EUPointer{{Territory: "EU", Signer: o.authority.Cert}}
	l := parsed(t, o.sealer.Seal(t, o.list.XML()))
	if l.Territory != "IE" || l.Operator != "Office" || l.Label() != "IE (Office)" || l.Sequence != 3 || l.OfLists || l.Skipped != 0 {
		t.Errorf("%+v", l)
	}
	if !l.Issued.Equal(o.list.Issued.Truncate(time.Second)) || !l.NextUpdate.Equal(o.list.Next) {
		t.Errorf("%v, %v", l.Issued, l.NextUpdate)
	}
	if l.Seal != SealHolds || !l.Signer.Equal(o.sealer.Chain[0]) {
		t.Errorf("seal %v by %v", l.Seal, l.Signer)
	}
	if len(l.Services) != 1 || len(l.Services[0].History) != 4 || !l.Services[0].Certificates[0].Equal(o.authority.Cert) || l.Services[0].Provider != "Authority" {
		t.Errorf("%+v", l.Services)
	}
	p := l.Pointers[0]
	if p.Address != "https://lists.example/EU.xml" || p.Territory != "EU" || !p.Machine || len(p.Signers) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestGranted(t *testing.T) {
	o := newEUOffice(t)
	s := parsed(t, o.list.XML()).Services[0]
	for _, tt := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"now", euNow, true},
		{"the first moment", euNow.AddDate(0, 0, -10), true},
		{"a second before, withdrawn", euNow.AddDate(0, 0, -10).Add(-time.Second), false},
		{"supervised, under the rules of then", eIDAS.Add(-time.Second), true},
		{"supervised, when that was no longer enough", eIDAS, false},
		{"before it was listed", eIDAS.AddDate(-3, 0, 0), false},
	} {
		if got := s.Granted(tt.at); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestState(t *testing.T) {
	o := newEUOffice(t)
	stranger := testkit.NewSealer(t, "p256", "Office", euNow)
	sealed := o.sealer.Seal(t, o.list.XML())
	ofLists := func(p ...testkit.EUPointer) EUList {
		above := testkit.EUList{Territory: "EU", Issued: o.list.Issued, Next: o.list.Next, Pointers: p}
		return parsed(t, stranger.Seal(t, above.XML()))
	}
	stray := testkit.EUList{Territory: "EU", Issued: o.list.Issued, Next: o.list.Next}
	unsigned := parsed(t, stray.XML())
	stray.Next = euNow.Add(-time.Second)
	ended := parsed(t, stranger.Seal(t, stray.XML()))
	old := o.list
	old.Next = euNow.Add(-time.Second)
	closed := o.list
	closed.Next = time.Time{}
	for _, tt := range []struct {
		name  string
		list  EUList
		above EU
		want  EUState
	}{
		{"good, taken from a file", parsed(t, sealed), nil, EUGood},
		{"named by the list of lists", parsed(t, sealed), EU{ofLists(testkit.EUPointer{Territory: "IE", Signer: o.sealer.Chain[0]})}, EUGood},
		{"another signer", parsed(t, sealed), EU{ofLists(testkit.EUPointer{Territory: "IE", Signer: stranger.Chain[0]})}, EUOtherSigner},
		{"signer of another country", parsed(t, sealed), EU{ofLists(testkit.EUPointer{Territory: "AT", Signer: o.sealer.Chain[0]})}, EUOtherSigner},
		{"signer of what is printed", parsed(t, sealed), EU{ofLists(testkit.EUPointer{Territory: "IE", Signer: o.sealer.Chain[0], Print: true})}, EUOtherSigner},
		{"a list of lists that nobody signed names no one", parsed(t, sealed), EU{unsigned}, EUGood},
		{"a list of lists too old names no one", parsed(t, sealed), EU{ended}, EUGood},
		{"a second too old", parsed(t, o.sealer.Seal(t, old.XML())), nil, EUOld},
		{"closed", parsed(t, o.sealer.Seal(t, closed.XML())), nil, EUOld},
		{"not signed", parsed(t, o.list.XML()), nil, EUUnchecked},
		{"a letter changed", parsed(t, strings.Replace(sealed, "Authority service", "Authority servica", 1)), nil, EUBroken},
		{"a status changed", parsed(t, strings.Replace(sealed, "withdrawn", "granted", 1)), nil, EUBroken},
		{"signed in part", parsed(t, partly(t, o)), nil, EUUnchecked},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := append(tt.above, tt.list).State(tt.list, euNow); got != tt.want {
				t.Errorf("state %v, want %v", got, tt.want)
			}
		})
	}
}

// partly signs the scheme of a list, not the services.
func partly(t *testing.T, o euOffice) string {
	o.sealer.Reference = "#part"
	return o.sealer.Seal(t, strings.Replace(o.list.XML(), "<SchemeInformation>", `<SchemeInformation Id="part">`, 1))
}

func TestEntries(t *testing.T) {
	o := newEUOffice(t)
	eu := EU{parsed(t, o.sealer.Seal(t, o.list.XML()))}
	count := func(kind string, at time.Time, states ...EUState) int {
		return len(eu.Entries(kind, at, euNow, states...))
	}
	if count(QualifiedCertificates, euNow, EUGood) != 1 || count(QualifiedStamps, euNow, EUGood) != 0 || count(QualifiedCertificates, euNow, EUOld) != 0 {
		t.Error("entries of another kind or state were given")
	}
	withdrawn := euNow.AddDate(0, 0, -15)
	if count(QualifiedCertificates, withdrawn, EUGood) != 0 || len(eu.Lapsed(QualifiedCertificates, withdrawn, euNow)) != 1 {
		t.Error("a service was taken for qualified while it was withdrawn")
	}
}

func TestParseEURefuses(t *testing.T) {
	o := newEUOffice(t)
	good := o.list.XML()
	deep := strings.Replace(good, "<SchemeInformation>", "<SchemeInformation>"+strings.Repeat("<a>", 70)+strings.Repeat("</a>", 70), 1)
	for name, tt := range map[string]struct {
		in   string
		want error
	}{
		"empty":                  {"", ErrNoList},
		"another document":       {"<a/>", ErrNoList},
		"another namespace":      {strings.Replace(good, "02231/v2#", "02231/v1#", 1), ErrNoList},
		"cut off":                {good[:len(good)-40], ErrNoList},
		"a type declaration":     {strings.Replace(good, "<Trust", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Trust`, 1), ErrBroken},
		"an entity":              {strings.Replace(good, "Office", "&e;", 1), ErrNoList},
		"nested too deeply":      {deep, ErrBroken},
		"a date that is none":    {strings.Replace(good, "<ListIssueDateTime>2026", "<ListIssueDateTime>x", 1), ErrBroken},
		"a next date of nothing": {strings.Replace(good, "<dateTime>2026", "<dateTime>x", 1), ErrBroken},
		"too large":              {strings.Repeat(" ", maxEUBytes+1), ErrBroken},
	} {
		if _, err := ParseEU([]byte(tt.in)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if l := parsed(t, strings.Replace(good, "<X509Certificate>", "<X509Certificate>AAAA", 1)); l.Skipped != 1 || len(l.Services[0].Certificates) != 0 {
		t.Errorf("a certificate that can't be read was not skipped: %d", l.Skipped)
	}
}

func TestCorpusEULists(t *testing.T) {
	for _, tt := range []struct {
		file                                   string
		sequence, pointers, providers, service int
		next                                   string
	}{
		{"tl__EU.xml", 264, 44, 0, 0, "2020-10-29"},
		{"tl__IE.xml", 20, 1, 3, 5, "2020-09-05"},
	} {
		l := parsed(t, string(testkit.File(t, "trust-list", tt.file)))
		providers := map[string]bool{}
		for _, s := range l.Services {
			providers[s.Provider] = true
		}
		if l.Sequence != tt.sequence || len(l.Pointers) != tt.pointers || len(providers) != tt.providers || len(l.Services) != tt.service {
			t.Errorf("%s: %d, %d pointers, %d providers, %d services", tt.file, l.Sequence, len(l.Pointers), len(providers), len(l.Services))
		}
		if l.NextUpdate.Format(time.DateOnly) != tt.next || l.Seal != SealHolds {
			t.Errorf("%s: next %v, seal %v", tt.file, l.NextUpdate, l.Seal)
		}
		if got := (EU{l}).State(l, euNow); got != EUOld {
			t.Errorf("%s is in state %v, want too old", tt.file, got)
		}
	}
}

func FuzzParseEU(f *testing.F) {
	o := newEUOffice(f)
	f.Add([]byte(o.sealer.Seal(f, o.list.XML())))
	f.Add([]byte(o.list.XML()))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := ParseEU(raw)
		switch {
		case err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrNoList):
			t.Errorf("error of no kind: %v", err)
		case err == nil && (l.Seal == SealHolds) != (l.Signer != nil):
			t.Error("a seal without a signer, or a signer without a seal")
		}
	})
}
