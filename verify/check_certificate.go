package verify

import (
	"crypto/x509"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/trust"
)

// certificate is a signer's certificate, and what came along with the signature to
// judge it by.
type certificate struct {
	leaf     *x509.Certificate
	others   []*x509.Certificate // that may lie between it and one on a list
	stamps   []pki.Stamp         // over the signature
	archives []pki.Stamp         // over all of it, the oldest first
	records  pki.Records
}

// chainOf reads the chain of a token, which brings nothing else along.
func chainOf(x5c []any) (certificate, bool) {
	var all []*x509.Certificate
	for _, v := range x5c[:min(len(x5c), pki.MaxCertificates)] {
		text, _ := v.(string)
		c, err := pki.Certificate(text)
		if err != nil {
			return certificate{}, false
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return certificate{}, false
	}
	return certificate{leaf: all[0], others: all[1:]}, true
}

// word is what a trusted list says for a certificate.
type word struct {
	entry     trust.EUEntry
	at        time.Time // the time it was judged for
	proven    bool      // a time stamp that a list vouches for shows that the signature is not younger
	qualified bool      // the certificate says so, as its issuer may only with the list's leave
}

// uncertified: nobody on a list stands behind the certificate of whoever signed.
func uncertified(subject string) check.Check {
	if subject == "" {
		return blame(row(check.Key, check.Unknown, "key.certificate-nameless"))
	}
	return blame(row(check.Key, check.Unknown, "key.certificate", "subject", subject))
}

// certified judges the chain of a signer's certificate by the trusted lists the
// person uses, at the time that is proven for the signature, else now. A chain
// that leads to nobody on a list says nothing of who the signer is. The word is nil
// unless the row passes.
func (j *job) certified(c certificate) (check.Check, *word) {
	subject := pki.Name(c.leaf)
	nobody := uncertified(subject)
	if j.now.IsZero() {
		return nobody, nil
	}
	at, proven := j.provenTime(c)
	entries := j.v.EU.Entries(trust.QualifiedCertificates, at, j.now, trust.EUGood)
	path, entry, ok := leads(c.leaf, c.others, entries, at)
	if since, revoked := c.revoked(path, at); revoked {
		return blame(row(check.Key, check.Fail, "key.certificate-revoked", "subject", subject, "since", since.UTC().Format(day))), nil
	}
	if !ok {
		return j.unlistedCertificate(c, at, nobody), nil
	}
	w := &word{entry: entry, at: at, proven: proven, qualified: pki.Qualified(c.leaf)}
	r := j.standing(c, path, w)
	r.AsOf = entry.List.Issued
	if r.Outcome != check.Pass {
		return r, nil
	}
	return r, w
}

// leads finds a chain from leaf to a certificate among entries, at a time.
func leads(leaf *x509.Certificate, others []*x509.Certificate, entries []trust.EUEntry, at time.Time) ([]*x509.Certificate, trust.EUEntry, bool) {
	wanted := map[string]bool{string(leaf.RawSubject): true, string(leaf.RawIssuer): true}
	for _, c := range others {
		wanted[string(c.RawIssuer)] = true
	}
	var anchors []*x509.Certificate
	for _, e := range entries { // all lists together name thousands
		if wanted[string(e.Certificate.RawSubject)] {
			anchors = append(anchors, e.Certificate)
		}
	}
	path, err := pki.Chain(leaf, others, anchors, at)
	if err != nil {
		return nil, trust.EUEntry{}, false
	}
	i := slices.IndexFunc(entries, func(e trust.EUEntry) bool { return e.Certificate.Equal(path[len(path)-1]) })
	return path, entries[i], true
}

// standing judges a chain that leads to a list: what is known about revocation,
// and whether the certificate is made out to the issuer.
func (j *job) standing(c certificate, path []*x509.Certificate, w *word) check.Check {
	args := []string{"subject", pki.Name(c.leaf), "issuer", j.issuerName(), "authority", w.entry.Service.Provider, "list", w.entry.List.Label(), "when", w.at.UTC().Format(day)}
	if !c.good(path, w.at) {
		return blame(row(check.Key, check.Unknown, "key.certificate-standing", args...))
	}
	switch j.madeOutTo(c.leaf) {
	case sameOrganisation:
		return row(check.Key, check.Pass, "key.certificate-listed", args...)
	case sameNumber:
		return row(check.Key, check.Pass, "key.certificate-other-name", args...)
	}
	return blame(row(check.Key, check.Unknown, "key.certificate-other", args...))
}

// unlistedCertificate says why no list vouches for a certificate: it had ended, the
// service was not in good standing, or the list that has it can't be used.
func (j *job) unlistedCertificate(c certificate, at time.Time, nobody check.Check) check.Check {
	on := func(at time.Time, states ...trust.EUState) []trust.EUEntry {
		return j.v.EU.Entries(trust.QualifiedCertificates, at, j.now, states...)
	}
	end := c.leaf.NotAfter
	for _, why := range []struct {
		reason  string
		entries []trust.EUEntry
		at      time.Time
	}{
		{"key.certificate-ended", on(end, trust.EUGood), end},
		{"key.certificate-lapsed", j.v.EU.Lapsed(trust.QualifiedCertificates, at, j.now), at},
		{"key.certificate-list-old", on(at, trust.EUOld), at},
		{"key.certificate-list-broken", on(at, trust.EUBroken, trust.EUOtherSigner), at},
		{"key.certificate-list-unchecked", on(at, trust.EUUnchecked), at},
	} {
		_, entry, ok := leads(c.leaf, c.others, why.entries, why.at)
		if !ok {
			continue
		}
		r := blame(row(check.Key, check.Unknown, why.reason, "subject", pki.Name(c.leaf), "list", entry.List.Label(),
			"until", end.UTC().Format(day), "due", entry.List.NextUpdate.UTC().Format(day)))
		r.AsOf = entry.List.Issued
		return r
	}
	return nobody
}

// provenTime gives the time by which the signature is known to have existed: that
// of its earliest time stamp from a service on a list, each judged at the time that
// a later archive stamp proves, the latest one now (ETSI EN 319 102-1, section
// 5.6, in short). Without one it is now.
func (j *job) provenTime(c certificate) (at time.Time, proven bool) {
	at = j.now
	for _, s := range slices.Backward(c.archives) {
		if j.stamped(s, c, at) {
			at, proven = s.Time, true
		}
	}
	known := at
	for _, s := range c.stamps {
		if j.stamped(s, c, known) && !s.Time.After(at) {
			at, proven = s.Time, true
		}
	}
	return at, proven
}

// stamped says whether a list vouches for a time stamp, judged at a time.
func (j *job) stamped(s pki.Stamp, c certificate, at time.Time) bool {
	if s.Time.After(at) {
		return false
	}
	entries := j.v.EU.Entries(trust.QualifiedStamps, s.Time, j.now, trust.EUGood)
	path, _, ok := leads(s.Signer, append(slices.Clone(s.Certificates), c.others...), entries, at)
	return ok && c.good(path, at)
}

// revoked says whether the signer's certificate had been revoked by a time: that is
// believed from whoever issued it, listed or not. path is its chain, where there is
// one.
func (c certificate) revoked(path []*x509.Certificate, at time.Time) (since time.Time, yes bool) {
	issuer := pki.Issuer(c.leaf, c.others)
	if len(path) > 1 {
		issuer = path[1]
	}
	if issuer == nil {
		return time.Time{}, false
	}
	s := c.records.About(c.leaf, issuer, at)
	return s.Revoked, !s.Revoked.IsZero() && !s.Revoked.After(at)
}

// good says whether every certificate of a chain below the one on the list is known
// not to have been revoked by a time, or too short-lived for that.
func (c certificate) good(path []*x509.Certificate, at time.Time) bool {
	for i := range len(path) - 1 {
		if pki.NeverRevoked(path[i]) {
			continue
		}
		s := c.records.About(path[i], path[i+1], at)
		if !s.Known || !s.Revoked.IsZero() && !s.Revoked.After(at) {
			return false
		}
	}
	return true
}
