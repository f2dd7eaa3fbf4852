package jades

import (
	"crypto/x509"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Limits for the additions of one signature, so that nobody waits long for what a
// stranger put in. An archive is stamped anew every few years.
const (
	maxAdditions = 64
	maxStamps    = 12
)

// Unsigned is what was added to a signature without being covered by it (etsiU,
// section 5.3.1). Anybody could have added it: each thing in it is worth only what
// it proves by its own signature.
type Unsigned struct {
	Stamps       []pki.Stamp // over this signature, each with its own signature holding (sigTst)
	Archives     []pki.Stamp // over the signature and what was added before, likewise (arcTst); oldest first
	Certificates []*x509.Certificate
	Records      pki.Records
	Remarks      []Remark // what could not be used

	tokens int // time stamps looked at
	bytes  int // of records taken in
}

// Remark says what of a seal could not be used, and why.
type Remark string

// The remarks.
const (
	BadAdditions     Remark = "additions"       // etsiU is not a list, or holds what can't be read
	BadStamp         Remark = "stamp"           // a time stamp is for something else, or its own signature is bad
	UnreadStamp      Remark = "stamp-unread"    // a time stamp of a form that is not built in
	CounterSignature Remark = "countersigned"   // somebody signed the signature; not looked at
	PolicyStored     Remark = "policy"          // a signature policy came along; not looked at
	BadRecord        Remark = "record"          // a certificate that came along can't be read
	UnprotectedExtra Remark = "header-unsigned" // header members that no signature covers
)

func (u *Unsigned) remark(r Remark) {
	if !slices.Contains(u.Remarks, r) {
		u.Remarks = append(u.Remarks, r)
	}
}

// addition is one element of etsiU: an object, or the base64url of one (section
// 5.3.1). Only the latter has an exact text for archive time stamps.
type addition struct {
	text   string
	object map[string]any
}

// readUnsigned reads the unprotected header.
func readUnsigned(s *Signature, header map[string]any) Unsigned {
	var u Unsigned
	for name := range header {
		if name != "etsiU" {
			u.remark(UnprotectedExtra)
		}
	}
	u.contentStamps(s)
	v, has := header["etsiU"]
	if !has {
		return u
	}
	list, ok := v.([]any)
	if !ok || len(list) > maxAdditions {
		u.remark(BadAdditions)
		return u
	}
	var before []string
	for _, e := range list {
		a, ok := readAddition(e)
		if !ok {
			u.remark(BadAdditions)
		}
		for name, v := range a.object {
			u.add(s, name, v, before)
		}
		before = append(before, a.text)
	}
	return u
}

func readAddition(v any) (addition, bool) {
	switch v := v.(type) {
	case map[string]any:
		return addition{object: v}, len(v) == 1
	case string:
		b, err := jose.Decode64(v)
		if err != nil {
			return addition{text: v}, false
		}
		m, err := strict.Object(b)
		return addition{text: v, object: m}, err == nil && len(m) == 1
	}
	return addition{}, false
}

// add takes in one unsigned property; before are the texts of those before it.
func (u *Unsigned) add(s *Signature, name string, v any, before []string) {
	switch name {
	case "sigTst": // over the text of the signature (section 5.3.4)
		u.Stamps = append(u.Stamps, u.stamps(v, []byte(s.signature))...)
	case "arcTst":
		u.archive(s, v, before)
	case "xVals", "axVals":
		u.certificates(v)
	case "rVals", "arVals":
		u.records(v)
	case "cSig":
		u.remark(CounterSignature)
	case "sigPSt":
		u.remark(PolicyStored)
	case "xRefs", "rRefs", "axRefs", "arRefs", "sigRTst", "rfsTst", "tstVD":
		// references and stamps over them; the values themselves are what counts
	default:
		u.remark(BadAdditions)
	}
}

// contentStamps looks at the time stamps over the payload in the protected header
// (adoTst, section 5.2.6): they say that it was not sealed earlier, so none of
// them makes the seal older; one that is for something else is remarked on.
func (u *Unsigned) contentStamps(s *Signature) {
	if v, has := s.Token.Header["adoTst"]; has {
		u.stamps(v, []byte(s.payload))
	}
}

// archive takes in a time stamp over payload, header, signature and all additions
// before it, in that order (section 5.3.6). Additions that are objects would have
// to be written in a canonical way first, which is not built in, and neither are
// stamps over nothing but an earlier one.
func (u *Unsigned) archive(s *Signature, v any, before []string) {
	m, _ := v.(map[string]any)
	if slices.Contains(before, "") || m["timeStamped"] == "previousArcTst" {
		u.remark(UnreadStamp)
		return
	}
	over := s.payload + "." + s.protected + "." + s.signature + "." + strings.Join(before, "")
	u.Archives = append(u.Archives, u.stamps(v, []byte(over))...)
}

// stamps reads a tstContainer (section 5.4.3.3) and gives the time stamps that are
// for content.
func (u *Unsigned) stamps(v any, content []byte) []pki.Stamp {
	m, _ := v.(map[string]any)
	list, ok := m["tstTokens"].([]any)
	if u.tokens += len(list); !ok || u.tokens > maxStamps {
		u.remark(BadAdditions)
		return nil
	}
	if m["canonAlg"] != nil { // content is written anew before it is stamped
		u.remark(UnreadStamp)
		return nil
	}
	var out []pki.Stamp
	for _, e := range list {
		t, _ := e.(map[string]any)
		s, err := pki.ParseStamp(value(t))
		switch {
		case isUnsupported(err) || t["encoding"] != nil && t["encoding"] != derEncoding:
			u.remark(UnreadStamp)
		case err != nil || !s.Covers(content):
			u.remark(BadStamp)
		default:
			out = append(out, s)
		}
	}
	return out
}
