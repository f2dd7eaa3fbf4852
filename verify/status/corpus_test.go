package status

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// object reads a file of the corpus as one JSON object.
func object(t *testing.T, elem ...string) vc.Doc {
	t.Helper()
	return parse(t, testkit.File(t, elem...))
}

func parse(t *testing.T, b []byte) vc.Doc {
	t.Helper()
	doc, err := strict.Object(b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// claims gives the payload of a token, unchecked.
func claims(t *testing.T, token string) vc.Doc {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, b)
}

// find gives the first value of a member anywhere in v.
func find(v any, name string) any {
	switch v := v.(type) {
	case vc.Doc:
		if found, ok := v[name]; ok {
			return found
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if found := find(v[k], name); found != nil {
				return found
			}
		}
	case []any:
		for _, el := range v {
			if found := find(el, name); found != nil {
				return found
			}
		}
	}
	return nil
}

// set lists the indexes whose value is not 0.
func set(t *testing.T, k Kind, packed string, size uint) map[uint64]uint64 {
	t.Helper()
	_, entries, err := k.Value(packed, 0, size)
	if err != nil {
		t.Fatal(err)
	}
	r, err := k.unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	w := window{last: maxBytes}
	if err := w.fill(r); err != nil {
		t.Fatal(err)
	}
	out := map[uint64]uint64{}
	for i := range entries {
		at := i * uint64(size)
		if v := k.pick(w.kept[at/8:(at+uint64(size)-1)/8+1], uint(at%8), size); v != 0 {
			out[i] = v
		}
	}
	return out
}

func TestCorpusLists(t *testing.T) {
	tests := []struct {
		file string
		kind Kind
		set  []uint64
	}{
		{"status-list/local-status-list-credential.jsonld", Bitstring, []uint64{3}},
		{"status-list/spruce__statusList2021.json", List2021, []uint64{6}},
		{"web/digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020/e5WK8CbZ1GjycuPombrj", Bitstring, []uint64{2, 6, 8}},
		{"web/digitalcredentials.github.io/credential-status-playground/JWZM3H8WKU", List2021, []uint64{4}},
		{"web/raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc/src/test/resources/ob30/bit-string-list/testlist", Bitstring, []uint64{23}},
		{"web/www.blockcerts.org/samples/3.0/status-list-2021.json", List2021, []uint64{23547}},
		{"web/www.blockcerts.org/samples/3.0/status-list-2021-suspension.json", List2021, []uint64{12354, 23548}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			packed := find(object(t, strings.Split(tt.file, "/")...), "encodedList").(string)
			if got := slices.Sorted(maps.Keys(set(t, tt.kind, packed, 1))); !slices.Equal(got, tt.set) {
				t.Errorf("set at %v, want %v", got, tt.set)
			}
		})
	}
}

func TestCorpusEntries(t *testing.T) {
	tests := []struct {
		file  string
		kind  Kind
		index uint64
		size  uint
		value uint64
		want  error
	}{
		{"bitstringstatuslist-unrevoked", Bitstring, 12810, 1, 0, nil},
		{"bitstringstatuslist-custom-valid", Bitstring, 1781, 2, 3, nil},
		{"bitstringstatuslist-wrong-list-encoding", Bitstring, 3202, 1, 0, ErrEncoding},
		{"revocationlist2020-revoked", List2020, 6049, 1, 1, nil},
		{"statuslist2021-revoked.07.ebsi", List2021, 7, 1, 1, nil},
		{"statuslist2021-revoked.42.ebsi", List2021, 42, 1, 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			record := object(t, "status-list", "waltid__"+tt.file+".json")
			list := claims(t, record["status-credential"].(string))
			a, err := Entry{Kind: tt.kind, Purpose: "revocation", Index: tt.index, Size: tt.size}.Look(list, Kind.Value)
			if a.Value != tt.value || !errors.Is(err, tt.want) {
				t.Errorf("got %d, %v", a.Value, err)
			}
			if tt.want == nil && a.Entries*uint64(tt.size) < MinEntries {
				t.Errorf("only %d entries", a.Entries)
			}
		})
	}
}

// A reader of the first entry only gets the second file wrong.
func TestCorpusEveryEntryCounts(t *testing.T) {
	for file, want := range map[string][]uint64{"multi-status-all-valid": {0, 0}, "multi-status-last-not-valid": {0, 1}} {
		record := object(t, "status-list", "waltid__bitstringstatuslist-"+file+".json")
		var got []uint64
		for i, e := range []Entry{{Purpose: Revocation, Index: 12810}, {Purpose: Suspension, Index: 6782}} {
			e.Kind, e.Size = Bitstring, 1
			content := record["status-credential"].([]any)[i].(vc.Doc)["content"].(string)
			a, err := e.Look(claims(t, content), Kind.Value)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, a.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
	}
}

func TestCorpusMessages(t *testing.T) {
	const prefix = "waltid-wallet__status-list-credential-revocation-list-"
	e := Entry{Kind: List2020, Purpose: Revocation, Index: 3, Size: 1}
	if a, err := e.Look(object(t, "status-list", prefix+"missing-purpose.json"), Kind.Value); err != nil || a.Value != 1 {
		t.Errorf("a list without purpose: %+v, %v", a, err)
	}
	e.Purpose, e.Index = "status", 1
	a, err := e.Look(object(t, "status-list", prefix+"with-status-message.json"), Kind.Value)
	if err != nil || a.Value != 3 || a.Message != "some_status" || a.Entries != 32 {
		t.Errorf("a list with messages: %+v, %v", a, err)
	}
	entra := object(t, "status-list", "waltid-wallet__status-list-entry-entra-with-status-message.json")
	ref := vc.StatusRef{Type: entra["type"].(string), Index: "1137", List: entra["statusListCredential"].(string)}
	if _, err := ParseEntry(ref); !errors.Is(err, ErrKind) {
		t.Errorf("a list behind a DID service: %v", err)
	}
}

// lst gives the bits and the packed list of one of the standard's examples, which
// stand in the file wrapped over lines, as JSON or as CBOR in hex.
func lst(t *testing.T, file string) (string, uint) {
	t.Helper()
	raw := string(testkit.File(t, "status-token", "ietf__status_list_"+file+".txt"))
	if _, rest, ok := strings.Cut(raw, "encoded:\n"); ok {
		raw = rest
	}
	raw = strings.NewReplacer("\n", "", " ", "").Replace(raw)
	if strings.HasPrefix(raw, "{") {
		doc := parse(t, []byte(raw))
		return doc["lst"].(string), uint(doc["bits"].(json.Number)[0] - '0')
	}
	b, err := hex.DecodeString(raw)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "lst")
	return base64.RawURLEncoding.EncodeToString([]byte(rest[strings.Index(rest, "\x78\xda"):])), uint(b[6])
}

func TestCorpusTokenLists(t *testing.T) {
	ones := func(at ...uint64) map[uint64]uint64 {
		m := map[uint64]uint64{}
		for _, i := range at {
			m[i] = 1
		}
		return m
	}
	two := ones(0, 25460, 495669, 554353, 723232, 854545)
	maps.Copy(two, map[uint64]uint64{1993: 2, 645645: 2, 934534: 2, 159495: 3, 1000345: 3})
	four := map[uint64]uint64{
		0: 1, 1993: 2, 35460: 3, 459495: 4, 595669: 5, 754353: 6, 845645: 7, 923232: 8, 924445: 9, 934534: 10,
		1004534: 11, 1000345: 12, 1030203: 13, 1030204: 14, 1030205: 15,
	}
	tests := map[string]map[uint64]uint64{
		"encoding_cbor":       ones(0, 3, 4, 5, 7, 8, 9, 13, 15),
		"encoding2_json":      {0: 1, 1: 2, 3: 3, 5: 1, 7: 1, 8: 1, 9: 2, 10: 3, 11: 3},
		"encoding1_long_json": ones(0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345),
		"encoding2_long_json": two,
		"encoding2_long_cbor": two,
		"encoding4_json":      four,
		"encoding4_cbor":      four,
	}
	for file, want := range tests {
		t.Run(file, func(t *testing.T) {
			packed, bits := lst(t, file)
			if got := set(t, Token, packed, bits); !maps.Equal(got, want) {
				t.Errorf("%d bits: %v, want %v", bits, got, want)
			}
		})
	}
}

func TestCorpusTokenListOfBytes(t *testing.T) {
	packed, bits := lst(t, "encoding8_json")
	got := set(t, Token, packed, bits)
	values := slices.Sorted(maps.Values(got))
	if len(values) != 255 || values[0] != 1 || values[254] != 255 || len(slices.Compact(values)) != 255 {
		t.Errorf("%d values", len(values))
	}
	if got[19535] != 255 || got[52451] != 1 || got[62489] != 10 {
		t.Errorf("got %d, %d, %d", got[19535], got[52451], got[62489])
	}
}

// The standard's example of a token, and of a list in the notation for people.
func TestCorpusTokenExamples(t *testing.T) {
	raw := string(testkit.File(t, "status-token", "ietf__status_list_jwt.txt"))
	head, body, _ := strings.Cut(raw, "\n.\n")
	if parse(t, []byte(head))["typ"] != "statuslist+jwt" {
		t.Errorf("header %s", head)
	}
	c := parse(t, []byte(body))
	list := c["status_list"].(vc.Doc)
	if got := slices.Sorted(maps.Keys(set(t, Token, list["lst"].(string), 1))); c["ttl"] != json.Number("43200") || !slices.Equal(got, []uint64{0, 3, 4, 5, 7, 8, 9, 13, 15}) {
		t.Errorf("ttl %v, set at %v", c["ttl"], got)
	}
	e := Entry{Kind: Token, List: "https://example.com/statuslists/1", Index: 15}
	if a, err := e.LookToken(c, Kind.Value); err != nil || a.Value != 1 || a.Entries != 16 {
		t.Errorf("the last: %+v, %v", a, err)
	}
	diag := string(testkit.File(t, "status-token", "ietf__status_list_encoding2_cbor_diag.txt"))
	_, bytes, _ := strings.Cut(diag, "bytes(11)\n")
	hexed, _, _ := strings.Cut(strings.TrimSpace(bytes), " ")
	b, err := hex.DecodeString(hexed)
	if err != nil {
		t.Fatal(err)
	}
	want := map[uint64]uint64{0: 1, 1: 2, 3: 3, 5: 1, 7: 1, 8: 1, 9: 2, 10: 3, 11: 3}
	if got := set(t, Token, base64.RawURLEncoding.EncodeToString(b), 2); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestCorpusTokens(t *testing.T) {
	for file, want := range map[string]error{"unrevoked": nil, "wrong-list-encoding": ErrEncoding} {
		record := object(t, "status-token", "waltid__tokenstatuslist-"+file+".json")
		c := claims(t, record["status-credential"].(string))
		e := Entry{Kind: Token, Index: 5964, List: c["sub"].(string)}
		if a, err := e.LookToken(c, Kind.Value); a.Value != 0 || !errors.Is(err, want) {
			t.Errorf("%s: %d, %v", file, a.Value, err)
		}
	}
	for _, file := range []string{"12c1084a", "cdea4599"} { // lists at an address of their maker's own machine
		c := claims(t, string(testkit.File(t, "status-token", "waltid-identit__"+file+".jwt.txt")))
		if _, err := fetch.Address(c["sub"].(string)); !errors.Is(err, fetch.ErrRefused) {
			t.Errorf("%s: %v", file, err)
		}
	}
}
