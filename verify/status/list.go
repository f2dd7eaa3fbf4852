package status

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// listTypes names, for each kind, the types a list's subject may have.
var listTypes = map[Kind][]string{
	Bitstring: {"BitstringStatusList"},
	List2021:  {"StatusList2021", "RevocationList2021"},
	List2020:  {"RevocationList2020"},
}

// Values reads a value of an encoded list: Kind.Value, or one that has the list
// unpacked.
type Values func(k Kind, packed string, index uint64, size uint) (value, entries uint64, err error)

// Look reads what a list credential says about the entry. list is the decoded
// credential; that its proof holds is for the caller to see to.
func (e Entry) Look(list vc.Doc, read Values) (Answer, error) {
	subject, err := e.subject(list)
	if err != nil {
		return Answer{}, err
	}
	packed, ok := subject["encodedList"].(string)
	if !ok {
		return Answer{}, fmt.Errorf("%w: no encodedList", ErrType)
	}
	size, err := e.sizeWith(subject)
	if err != nil {
		return Answer{}, err
	}
	value, entries, err := read(e.Kind, packed, e.Index, size)
	if err != nil {
		return Answer{Entries: entries}, err
	}
	return Answer{Value: value, Entries: entries, Message: e.message(value, messages(subject["statusMessage"]))}, nil
}

// subject gives the one subject of a list credential, if type and purpose are
// those the entry asks for.
func (e Entry) subject(list vc.Doc) (vc.Doc, error) {
	if inner, ok := list["vc"].(map[string]any); ok { // a JWT of VC 1.1
		list = inner
	}
	subject, ok := single(list["credentialSubject"]).(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%w: no subject", ErrType)
	}
	types := listTypes[e.Kind]
	if !anyOf(texts(subject["type"]), types) || !anyOf(texts(list["type"]), credentialTypes(types)) {
		return nil, fmt.Errorf("%w: %v", ErrType, subject["type"])
	}
	purposes := texts(subject["statusPurpose"])
	if len(purposes) == 0 && e.Kind == List2020 {
		purposes = []string{Revocation} // it knew no other
	}
	if !slices.Contains(purposes, e.Purpose) {
		return nil, fmt.Errorf("%w: %q, not %q", ErrPurpose, purposes, e.Purpose)
	}
	return subject, nil
}

// credentialTypes adds to each type of a list the type of its credential. Some
// issuers give the credential the bare name.
func credentialTypes(types []string) []string {
	var out []string
	for _, t := range types {
		out = append(out, t+"Credential", t)
	}
	return out
}

// sizeWith: some lists, not their entries, say how many bits a value has. Where
// both say it they must agree.
func (e Entry) sizeWith(subject vc.Doc) (uint, error) {
	written := text(subject["statusSize"])
	if written == "" {
		return e.Size, nil
	}
	n, err := size(written)
	if err != nil || e.Size != 1 && e.Size != n {
		return 0, fmt.Errorf("%w: size %s", ErrType, written)
	}
	return n, nil
}

// Revoked reads a 1EdTech revocation list and says whether it names the
// credential, and the reason it gives. A credential is withdrawn when its id is
// listed and revoked is true or not stated (Open Badges 3.0, section 9.4 as of
// document 1.2). The list has no signature: only its address vouches for it.
// ErrEncoding: an element names nothing, so the list can't say that a credential is
// not among them.
func Revoked(body []byte, id string) (bool, string, error) {
	if id == "" {
		return false, "", fmt.Errorf("%w: the credential has no id to look up", ErrEntry)
	}
	doc, err := strict.Object(body)
	if err != nil {
		return false, "", fmt.Errorf("%w: %w", ErrType, err)
	}
	listed, ok := doc["revokedCredential"]
	if !ok {
		return false, "", fmt.Errorf("%w: no revokedCredential", ErrType)
	}
	all, isArray := listed.([]any)
	if !isArray {
		all = []any{listed}
	}
	unread := false
	for _, el := range all {
		m, ok := el.(map[string]any)
		if !ok {
			return false, "", fmt.Errorf("%w: an element is no object", ErrType)
		}
		unread = unread || text(m["id"]) == ""
		if m["id"] == id && m["revoked"] != false {
			reason, _ := m["revocationReason"].(string)
			return true, reason, nil
		}
	}
	if unread {
		return false, "", fmt.Errorf("%w: an element names no credential", ErrEncoding)
	}
	return false, "", nil
}

// LookToken reads what the claims of a status list token say about the entry
// (Token Status List, section 5.1). That its signature holds is for the caller to
// see to.
func (e Entry) LookToken(claims vc.Doc, read Values) (Answer, error) {
	if sub, ok := claims["sub"].(string); !ok || sub != e.List { // section 8.3: sub must equal the uri
		return Answer{}, fmt.Errorf("%w: it is about %q", ErrType, sub)
	}
	list, ok := claims["status_list"].(map[string]any)
	if !ok {
		return Answer{}, fmt.Errorf("%w: no status_list", ErrType)
	}
	bits, ok := list["bits"].(json.Number)
	if !ok || !slices.Contains([]string{"1", "2", "4", "8"}, bits.String()) {
		return Answer{}, fmt.Errorf("%w: bits %v", ErrType, list["bits"])
	}
	packed, ok := list["lst"].(string)
	if !ok {
		return Answer{}, fmt.Errorf("%w: no lst", ErrType)
	}
	value, entries, err := read(Token, packed, e.Index, uint(bits[0]-'0'))
	return Answer{Value: value, Entries: entries}, err
}

func single(v any) any {
	if list, ok := v.([]any); ok && len(list) == 1 {
		return list[0]
	}
	return v
}

// texts gives a string or an array of strings as a slice.
func texts(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	list, _ := v.([]any)
	var out []string
	for _, el := range list {
		if s, ok := el.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// anyOf says whether some name is among the known ones, with or without the
// namespace of an expanded type.
func anyOf(names, known []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		return slices.Contains(known, n[strings.LastIndexByte(n, '#')+1:])
	})
}
