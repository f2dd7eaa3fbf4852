package status

import (
	"encoding/json"
	"errors"
	"maps"
	"testing"

	"github.com/cairnwallet/cairn/verify/vc"
)

func TestParseEntry(t *testing.T) {
	full := vc.StatusRef{Type: "BitstringStatusListEntry", Purpose: "revocation", List: "https://a.example/1", Index: "94567"}
	with := func(change func(*vc.StatusRef)) vc.StatusRef { r := full; change(&r); return r }
	tests := []struct {
		name string
		ref  vc.StatusRef
		want error
		kind Kind
	}{
		{"bitstring", full, nil, Bitstring},
		{"no purpose reads as revocation", with(func(r *vc.StatusRef) { r.Purpose = "" }), nil, Bitstring},
		{"purpose that is no text", with(func(r *vc.StatusRef) { r.Purpose, r.Doc = "", vc.Doc{"statusPurpose": []any{"revocation"}} }), ErrEntry, ""},
		{"purpose that is empty", with(func(r *vc.StatusRef) { r.Purpose, r.Doc = "", vc.Doc{"statusPurpose": ""} }), ErrEntry, ""},
		{"one of several types", with(func(r *vc.StatusRef) {
			r.Type, r.Doc = "Note", vc.Doc{"type": []any{"Note", "BitstringStatusListEntry"}}
		}), nil, Bitstring},
		{"no size is one bit", with(func(r *vc.StatusRef) { r.Size = "" }), nil, Bitstring},
		{"2021", with(func(r *vc.StatusRef) { r.Type = "StatusList2021Entry" }), nil, List2021},
		{"2020 by its own member", vc.StatusRef{Type: "RevocationList2020Status", List: "https://a.example/1", Doc: vc.Doc{"revocationListIndex": "6049"}}, nil, List2020},
		{"1EdTech by its id", vc.StatusRef{Type: "1EdTechRevocationList", ID: "https://a.example/r"}, nil, OneEdTech},
		{"unknown type", with(func(r *vc.StatusRef) { r.Type = "CredentialStatusList2017" }), ErrKind, ""},
		{"type in other letters", with(func(r *vc.StatusRef) { r.Type = "bitstringstatuslistentry" }), ErrKind, ""},
		{"behind a DID", with(func(r *vc.StatusRef) { r.List = "did:ion:abc?service=IdentityHub" }), ErrKind, ""},
		{"no list", with(func(r *vc.StatusRef) { r.List = "" }), ErrEntry, ""},
		{"no index", with(func(r *vc.StatusRef) { r.Index = "" }), ErrEntry, ""},
		{"negative index", with(func(r *vc.StatusRef) { r.Index = "-1" }), ErrEntry, ""},
		{"index with a point", with(func(r *vc.StatusRef) { r.Index = "1.0" }), ErrEntry, ""},
		{"index in hex", with(func(r *vc.StatusRef) { r.Index = "0x10" }), ErrEntry, ""},
		{"index beyond counting", with(func(r *vc.StatusRef) { r.Index = "99999999999999999999" }), ErrEntry, ""},
		{"size of nothing", with(func(r *vc.StatusRef) { r.Size = "0" }), ErrEntry, ""},
		{"size in words", with(func(r *vc.StatusRef) { r.Size = "two" }), ErrEntry, ""},
		{"1EdTech without an address", vc.StatusRef{Type: "1EdTechRevocationList"}, ErrEntry, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := ParseEntry(tt.ref)
			if !errors.Is(err, tt.want) || e.Kind != tt.kind {
				t.Errorf("got %+v, %v; want %s, %v", e, err, tt.kind, tt.want)
			}
		})
	}
}

func listDoc(t testing.TB, kind, purpose string, bits []byte, more vc.Doc) vc.Doc {
	packed := pack(t, Bitstring, bits)
	if kind == "StatusList2021" {
		packed = pack(t, List2021, bits)
	}
	subject := vc.Doc{"type": kind, "statusPurpose": purpose, "encodedList": packed}
	maps.Copy(subject, more)
	return vc.Doc{"type": []any{"VerifiableCredential", kind + "Credential"}, "credentialSubject": subject}
}

func TestLook(t *testing.T) {
	bits := []byte{0b0001_1011, 0}
	e := Entry{Kind: Bitstring, Purpose: "revocation", Index: 3, Size: 1}
	old := Entry{Kind: List2021, Purpose: "revocation", Index: 3, Size: 1}
	wide := Entry{Kind: Bitstring, Purpose: "message", Index: 2, Size: 2, Messages: map[uint64]string{2: "of the entry"}}
	far := Entry{Kind: Bitstring, Purpose: "revocation", Index: 16, Size: 1}
	words := vc.Doc{"statusSize": json.Number("2"), "statusMessage": []any{
		vc.Doc{"status": "0x0", "message": "valid"}, vc.Doc{"status": "0x2", "message": "of the list"}, vc.Doc{"status": "0x1", "message": "invalid"},
	}}
	good := listDoc(t, "BitstringStatusList", "revocation", bits, nil)
	tests := []struct {
		name    string
		entry   Entry
		list    vc.Doc
		value   uint64
		message string
		want    error
	}{
		{"set", e, good, 1, "", nil},
		{"inside a JWT of VC 1.1", e, vc.Doc{"vc": good}, 1, "", nil},
		{"2021", old, listDoc(t, "StatusList2021", "revocation", bits, nil), 1, "", nil},
		{"several purposes", e, listDoc(t, "BitstringStatusList", "", bits, vc.Doc{"statusPurpose": []any{"suspension", "revocation"}}), 1, "", nil},
		{"the entry's message goes first", wide, listDoc(t, "BitstringStatusList", "message", bits, words), 2, "of the entry", nil},
		{"size and message of the list", Entry{Kind: Bitstring, Purpose: "message", Index: 1, Size: 1}, listDoc(t, "BitstringStatusList", "message", bits, words), 1, "invalid", nil},
		{"sizes at odds", Entry{Kind: Bitstring, Purpose: "message", Size: 4}, listDoc(t, "BitstringStatusList", "message", bits, words), 0, "", ErrType},
		{"other purpose", e, listDoc(t, "BitstringStatusList", "suspension", bits, nil), 0, "", ErrPurpose},
		{"no purpose", e, listDoc(t, "BitstringStatusList", "", bits, vc.Doc{"statusPurpose": nil}), 0, "", ErrPurpose},
		{"list of the other kind", e, listDoc(t, "StatusList2021", "revocation", bits, nil), 0, "", ErrType},
		{"credential of another type", e, vc.Doc{"type": "VerifiableCredential", "credentialSubject": good["credentialSubject"]}, 0, "", ErrType},
		{"two subjects", e, vc.Doc{"type": good["type"], "credentialSubject": []any{good["credentialSubject"], vc.Doc{}}}, 0, "", ErrType},
		{"no subject", e, vc.Doc{"type": good["type"]}, 0, "", ErrType},
		{"no list", e, listDoc(t, "BitstringStatusList", "revocation", bits, vc.Doc{"encodedList": nil}), 0, "", ErrType},
		{"list without its prefix", e, listDoc(t, "BitstringStatusList", "revocation", bits, vc.Doc{"encodedList": pack(t, List2021, bits)}), 0, "", ErrEncoding},
		{"out of range", far, good, 0, "", ErrRange},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := tt.entry.Look(tt.list, Kind.Value)
			if !errors.Is(err, tt.want) || a.Value != tt.value || a.Message != tt.message {
				t.Errorf("got %+v, %v; want %d %q, %v", a, err, tt.value, tt.message, tt.want)
			}
		})
	}
}

func TestRevoked(t *testing.T) {
	const id = "https://a.example/credentials/1"
	tests := []struct {
		name, body string
		revoked    bool
		reason     string
		want       error
	}{
		{"empty list", `{"id":"x","revokedCredential":[]}`, false, "", nil},
		{"listed", `{"revokedCredential":[{"id":"other"},{"id":"` + id + `"}]}`, true, "", nil},
		{"listed, with reason", `{"revokedCredential":[{"id":"` + id + `","revoked":true,"revocationReason":"Fees"}]}`, true, "Fees", nil},
		{"one object", `{"revokedCredential":{"id":"` + id + `"}}`, true, "", nil},
		{"taken off again", `{"revokedCredential":[{"id":"` + id + `","revoked":false}]}`, false, "", nil},
		{"one letter off", `{"revokedCredential":[{"id":"` + id + `x"}]}`, false, "", nil},
		{"no list in it", `{"id":"x"}`, false, "", ErrType},
		{"listed after one without a name", `{"revokedCredential":[{},{"id":"` + id + `"}]}`, true, "", nil},
		{"one without a name", `{"revokedCredential":[{"uid":"a"},{"id":"other"}]}`, false, "", ErrEncoding},
		{"one whose name is a list", `{"revokedCredential":[{"id":["` + id + `"]}]}`, false, "", ErrEncoding},
		{"bare ids", `{"revokedCredential":["` + id + `"]}`, false, "", ErrType},
		{"a web page", `<html>`, false, "", ErrType},
		{"names twice", `{"revokedCredential":[],"revokedCredential":[{"id":"` + id + `"}]}`, false, "", ErrType},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			revoked, reason, err := Revoked([]byte(tt.body), id)
			if revoked != tt.revoked || reason != tt.reason || !errors.Is(err, tt.want) {
				t.Errorf("got %v %q %v", revoked, reason, err)
			}
		})
	}
	if _, _, err := Revoked([]byte(`{"revokedCredential":[]}`), ""); !errors.Is(err, ErrEntry) {
		t.Errorf("a credential without an id: %v", err)
	}
}

func TestLookToken(t *testing.T) {
	const uri = "https://a.example/statuslists/1"
	e := Entry{Kind: Token, List: uri, Index: 3, Size: 1}
	claims := func(change vc.Doc) vc.Doc {
		list := vc.Doc{"bits": json.Number("2"), "lst": pack(t, Token, []byte{0xc9, 0x44, 0xf9})}
		maps.Copy(list, change)
		return vc.Doc{"sub": uri, "status_list": list}
	}
	tests := []struct {
		name   string
		entry  Entry
		claims vc.Doc
		value  uint64
		want   error
	}{
		{"two bits", e, claims(nil), 3, nil},
		{"out of range", Entry{Kind: Token, List: uri, Index: 12}, claims(nil), 0, ErrRange},
		{"about another list", Entry{Kind: Token, List: uri + "1", Index: 3}, claims(nil), 0, ErrType},
		{"bits as a text", e, claims(vc.Doc{"bits": "2"}), 0, ErrType},
		{"three bits", e, claims(vc.Doc{"bits": json.Number("3")}), 0, ErrType},
		{"sixteen bits", e, claims(vc.Doc{"bits": json.Number("16")}), 0, ErrType},
		{"no list", e, claims(vc.Doc{"lst": nil}), 0, ErrType},
		{"no status_list", e, vc.Doc{"sub": uri}, 0, ErrType},
		{"no sub", e, vc.Doc{"status_list": claims(nil)["status_list"]}, 0, ErrType},
		{"a prefix where none is due", e, claims(vc.Doc{"lst": "u" + pack(t, Token, []byte{0})}), 0, ErrEncoding},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a, err := tt.entry.LookToken(tt.claims, Kind.Value); a.Value != tt.value || !errors.Is(err, tt.want) {
				t.Errorf("got %d, %v; want %d, %v", a.Value, err, tt.value, tt.want)
			}
		})
	}
}

func FuzzRevoked(f *testing.F) {
	f.Add([]byte(`{"revokedCredential":[{"id":"a","revoked":true}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if revoked, _, err := Revoked(body, "a"); err != nil && revoked {
			t.Error("withdrawn beside an error")
		}
	})
}
