package cborld

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// streams are the names in the vocabulary of Activity Streams as of 2020, whose
// context the program does not ship. Only names and types matter here.
const streams = `xsd as ldp vcard id type Accept Activity IntransitiveActivity Add Announce Application Arrive Article Audio Block
Collection CollectionPage Relationship Create Delete Dislike Document Event Follow Flag Group Ignore Image Invite Join Leave Like Link
Mention Note Object Offer OrderedCollection OrderedCollectionPage Organization Page Person Place Profile Question Reject Remove Service
TentativeAccept TentativeReject Tombstone Undo Update Video View Listen Read Move Travel IsFollowing IsFollowedBy IsContact IsMember
subject relationship actor attributedTo attachment bcc bto cc context current first generator icon image inReplyTo items instrument
orderedItems last location next object oneOf anyOf closed origin accuracy prev preview replies result audience partOf tag target to url
altitude content contentMap name nameMap duration endTime height href hreflang latitude longitude mediaType published radius rel
startIndex startTime summary summaryMap totalItems units updated width describes formerType deleted inbox outbox following followers
streams preferredUsername endpoints uploadMedia proxyUrl liked oauthAuthorizationEndpoint oauthTokenEndpoint provideClientKey
signClientKey sharedInbox Public source likes shares alsoKnownAs`

// age has the names of a vocabulary about age, and the types that matter.
const age = `{"@context": {"id": "@id", "type": "@type", "AgeVerificationContainerCredential": "x:1", "AgeVerificationCredential": "x:2",
"OverAgeTokenCredential": "x:3", "PersonalPhotoCredential": "x:4", "VerifiableCredentialRefreshService2021": "x:5", "anchoredResource": "x:6",
"concealedIdToken": {"@id": "x:7", "@type": "https://w3id.org/security#multibase"}, "description": "x:8", "digestMultibase": "x:9",
"image": "x:10", "name": "x:11", "overAge": {"@id": "x:12", "@type": "http://www.w3.org/2001/XMLSchema#positiveInteger"}}}`

func corpusContexts(url string) ([]byte, bool) {
	switch url {
	case "https://www.w3.org/ns/activitystreams":
		terms := map[string]any{}
		for _, name := range strings.Fields(streams) {
			terms[name] = "https://www.w3.org/ns/activitystreams#" + name
		}
		terms["id"], terms["type"] = "@id", "@type"
		b, err := json.Marshal(map[string]any{"@context": terms})
		return b, err == nil
	case "https://w3id.org/age/v1":
		return []byte(age), true
	}
	return assets.Context(url)
}

// same compares what was unpacked with a document, exactly.
func same(t *testing.T, packed, want []byte) {
	t.Helper()
	got, err := Decode(packed, corpusContexts)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := strict.Parse(want)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, doc) {
		t.Errorf("got %v\nwant %v", got, doc)
	}
}

func TestCorpusPairs(t *testing.T) {
	for _, name := range []string{"didKey", "empty-array", "note", "prc", "uncompressible"} {
		t.Run(name, func(t *testing.T) {
			packed := testkit.File(t, "cborld", name+".cborld")
			if !bytes.HasPrefix(packed, []byte("\xd9\x05\x01")) || !Claims(packed) {
				t.Errorf("it begins with %x", packed[:3])
			}
			same(t, packed, testkit.File(t, "cborld", name+".jsonld"))
		})
	}
}

func unpack(t *testing.T, file string) []byte {
	t.Helper()
	text, ok := strings.CutPrefix(strings.TrimSpace(string(testkit.File(t, "vpqr", file))), "VP1-")
	b, err := multi.Decode(text)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	return b
}

func TestCorpusCode(t *testing.T) {
	same(t, unpack(t, "digitalcre__exampleQrCodeData.txt"), testkit.File(t, "vpqr", "digitalcre__exampleVp.json"))
}

// TestCorpusBarcodes: the context of VC Barcodes is one that terms are numbered by.
func TestCorpusBarcodes(t *testing.T) {
	n := newNames()
	doc, err := strict.Object(testkit.File(t, "cborld", "vc-barcodes-v1.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	n.add(doc["@context"].(map[string]any))
	if name, _, err := n.term(int64(100)); err != nil || name != "AamvaDriversLicenseScannableInformation" {
		t.Errorf("100 is %q, %v", name, err)
	}
	if key := n.key("type"); key != int64(112) {
		t.Errorf("type is %v, want 112", key)
	}
}
