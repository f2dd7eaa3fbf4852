// Package vc holds the shared noun of Cairn: a credential as it was read.
//
// It says what a credential claims, never whether that is true: judging is the
// work of package verify. It imports nothing of ours and does no I/O.
package vc

import (
	"net/url"
	"strings"
	"time"
)

// Doc is a decoded JSON object. Values are map[string]any, []any, string,
// json.Number, bool or nil, as package strict produces them: numbers are kept
// as written and no name occurs twice.
type Doc = map[string]any

// Credential is one credential, opened and understood, not judged.
type Credential struct {
	Raw    []byte // exactly as received: the whole picture, token or JSON text; its digest is the item's id
	Sealed []byte // the sealed text inside Raw: the JSON document or the compact token; proofs are checked over this
	Form   string // the envelope that opened it: "json", "jwt", "sd-jwt", "baked-png+jwt", …
	Kind   string // the vocabulary that read it: "ob3", "sd-jwt-vc", "plain", …
	Doc    Doc    // the decoded claims; for SD-JWT with the disclosed claims put in place

	ID          string // the credential's own id, empty when it has none
	Name        string // what a person would call it
	Issuer      Party
	Subject     Party
	From, Until time.Time // the period it claims; zero when not stated
	Proofs      []Proof
	Status      []StatusRef
	Parts       []*Credential // credentials inside, endorsements among them
	Languages   Languages     // those its texts were read in
	Badge       Badge         // what a learner or an employer would look at
	Record      Record        // how the credentials inside belong together, for records of several
	Notes       []Note        // remarks of the readers, such as a bad CRC of a picture
	Shape       []Flaw        // what form and kind demand and the document does not have
}

// Note is a remark of a reader that becomes a caution on the shape row.
// Code is a reason code such as "shape.png-crc"; Args fill its words.
type Note struct {
	Code string
	Args map[string]string
}

// Flaw is a breach of what form and kind demand of every document.
type Flaw struct {
	Code   string // a reason code, such as "shape.member-missing"
	Member string // the member concerned, as a dotted path
	Grave  bool   // true: the document is not well formed; false: worth a caution
}

// Party is an issuer or a subject.
type Party struct {
	ID          string // a URI, often a DID; empty when not stated
	Name        string
	Names       []string // all its names, where it has one in each of several languages
	Description string
	URL         string
	Email       string
	Image       Image
	Identifiers []Identifier // how a recipient is named when not by ID, or beside it; an organisation's numbers in registers
}

// Label is what to call a party: its name, else the site its id is at. It is empty
// where the id is a key or a number that tells a person nothing.
func (p Party) Label() string {
	if p.Name != "" {
		return p.Name
	}
	if u, err := url.Parse(p.ID); err == nil && u.Host != "" {
		return u.Host
	}
	rest, ok := strings.CutPrefix(p.ID, "did:web:")
	if long, isWebVH := strings.CutPrefix(p.ID, "did:webvh:"); isWebVH {
		_, rest, ok = strings.Cut(long, ":") // what stands before the site is a fingerprint
	}
	if ok {
		site, _, _ := strings.Cut(rest, ":")
		if plain, err := url.PathUnescape(site); err == nil {
			return plain
		}
	}
	return ""
}

// Identifier is an Open Badges IdentityObject (OB 3.0, section B.1.14): a plain
// or hashed way to say who somebody is.
type Identifier struct {
	Type    string // "emailAddress", "name", "sisSourcedId", …; "registration", "vatIdentifier", … of an organisation
	Value   string // the plain text when Hashed is false, else "algorithm$hex"
	Hashed  bool
	Salt    string
	Country string // two letters, of the register the value is from
}

// Image is a picture named by a credential: embedded as a data: URL, or an
// address that is not loaded unless the learner asks.
type Image struct {
	URL     string
	Caption string
}

// Badge is what a credential says to a person. Every member may be empty.
type Badge struct {
	AchievementID   string // the id of the achievement, the best thing to match a pathway step with
	Type            string // achievementType: "Certificate", "Course", …
	Name            string
	Description     string
	Criteria        Criteria
	Image           Image
	Language        string
	FieldOfStudy    string
	Specialization  string
	HumanCode       string
	Version         string
	Tags            []string
	Skills          []Alignment
	CreditsOffered  string // as written: the standard gives no unit
	CreditsEarned   string
	Results         []Result
	Evidence        []Evidence
	Narrative       string
	Role            string
	Term            string
	License         string
	ActivityStart   time.Time
	ActivityEnd     time.Time
	Creator, Source Party
	Related         []string
	Endorsements    []Endorsement
	Awarded         time.Time
	Claims          []Claim // other claims, for kinds without a fixed shape, in document order
}

// Record is what a record of several achievements says beyond the credentials
// inside it (Comprehensive Learner Record 2.0).
type Record struct {
	Partial  bool    // it says of itself that it is not the whole record
	Claimed  []Badge // achievements it names without a credential of their own
	Roots    []Node  // all of these as a tree
	Dangling int     // associations with something that is not inside
	Circular bool    // some associations go round in a circle, and were left out
}

// Node is one achievement of a record, with those below it.
type Node struct {
	ID, Name string
	Part     int // its place in Parts; below zero, -1 stands for the first of Claimed, -2 for the second, …
	Links    []Link
	Children []Node
}

// Link is an association beside the tree: "precedes", "replacedBy", "isPeerOf", …
type Link struct {
	Type string
	Name string // of what is at the other end
}

// Claim is one claim of a credential whose members have no fixed meaning.
type Claim struct {
	Path  string // where it stands, as "/address/locality"
	Label string // what to call it
	Value string
}

// Criteria says what had to be done.
type Criteria struct {
	ID        string
	Narrative string // Markdown, shown as text
}

// Alignment is a skill, competency or standard an achievement is aligned to.
type Alignment struct {
	Code, Name, Description, Framework, Type, URL string
}

// Result is one result of the learner, joined with its description.
type Result struct {
	Name          string
	Type          string
	Value         string
	Status        string
	AchievedLevel string   // name of the rubric level reached
	Levels        []Level  // the rubric, in its order
	Allowed       []string // the values the description allows, in its order
	Min, Max      string
	Required      string
	RequiredLevel string
	Skills        []Alignment
}

// Level is a rubric criterion level.
type Level struct {
	ID, Name, Level, Points, Description string
}

// Evidence is one piece of evidence.
type Evidence struct {
	ID, Name, Description, Narrative, Genre, Audience string
}

// Endorsement is what somebody else says about the badge, its issuer or its
// achievement. It is listed here; it is judged as one of the Parts.
type Endorsement struct {
	About   string // "credential", "issuer" or "achievement"
	By      Party
	Comment string
}

// Proof is one proof as the document states it.
type Proof struct {
	Suite   string // "eddsa-rdfc-2022", "Ed25519Signature2020", "jws", "sd-jwt", …
	Alg     string // the JOSE algorithm, for "jws" and "sd-jwt"
	Method  string // verification method or kid; empty when not named
	Purpose string
	Created time.Time
	Expires time.Time
	Doc     Doc // the proof object, or the JOSE header
}

// StatusRef is one status entry.
type StatusRef struct {
	ID      string
	Type    string // "BitstringStatusListEntry", "StatusList2021Entry", "1EdTechRevocationList", …
	Purpose string // "revocation", "suspension", "message", …
	List    string // address of the list
	Index   string // as written
	Size    string // statusSize as written
	Doc     Doc
}
