package wallet

import (
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// Row is what a list shows of one item. It comes from the index: nothing is
// parsed or checked to make it.
type Row struct {
	ID       string // SHA-256 of the credential as received, in hex
	Name     string
	Issuer   string // the issuer's name, or the site its id is at; empty when neither is known
	IssuerID string
	Image    string // address of the picture; Embedded when it travels inside the credential
	Kind     string
	Form     string
	// Verdict is what the last check adds up to now: an item whose dates have
	// run out since that check is expired, whatever was found then.
	Verdict     check.Verdict
	From, Until time.Time
	Added       time.Time
	Checked     time.Time // when the last check was made
	Good        time.Time // when it was last found verified; zero for never
	Awarded     time.Time
	Tags        []string
	Note        string
	Skills      []string // names of the skills and standards it is aligned to
	Damaged     bool     // its record can't be read any more; only ID is certain
}

// Embedded is the Image of a row whose picture is inside the credential:
// Picture has it.
const Embedded = "embedded"

// Item is one item with all there is to know about it.
type Item struct {
	Row
	Credential *vc.Credential // read anew from what was received
	Report     check.Report   // the last check, with its period judged by the clock now
	Source     string         // where it came from, as Review was told
	Evidence   []fetch.Page   // what the last check relied on
}

// Draft is a credential that was read and checked, and is not kept yet.
type Draft struct {
	ID         string
	Credential *vc.Credential
	Report     check.Report
	Known      bool // the wallet has it already
	Source     string

	evidence []fetch.Page
	raw      []byte  // what is kept: the credential alone, or the file when it can't stand alone
	spare    []Spare // keys it is bound to, which are not the wallet's yet
}

// Binned is an item that was removed and can still come back.
type Binned struct {
	Row
	Removed time.Time
	Gone    time.Time // when it will be gone for good
}

// What an event says was done.
const (
	Added     = "added"
	Removed   = "removed"
	Restored  = "restored"
	Rechecked = "rechecked"
	Tagged    = "tagged"
	Noted     = "noted"
	Undone    = "undone"
	Shared    = "shared"
	Replaced  = "replaced" // by a newer version
)

// Event is one line of the learner's own record of what was done.
type Event struct {
	ID    string            `json:"id"`
	At    time.Time         `json:"at"`
	What  string            `json:"what"`
	Items []string          `json:"items,omitempty"`
	Args  map[string]string `json:"args,omitempty"` // fill the slots of event.<what>
	Share *Share            `json:"share,omitempty"`
	Taken bool              `json:"taken,omitempty"` // it was undone later
}

// Share says what was handed to somebody.
type Share struct {
	Audience string    `json:"audience"`
	Purpose  string    `json:"purpose,omitempty"`
	Form     string    `json:"form"`
	Items    []string  `json:"items"`
	Shown    []string  `json:"shown"`
	Withheld []string  `json:"withheld"`
	Until    time.Time `json:"until,omitzero"`
}

// Changed says which items to read again. No ids means anything may have changed.
type Changed struct{ IDs []string }

// KeyInfo describes one of the learner's keys.
type KeyInfo struct {
	key.Holder
	Created time.Time
	Note    string // what the key is for, as NewKey was told
	Profile bool   // the one public profile
	Foreign bool   // another wallet made it; it was taken from that wallet's file
}

// Route is a pathway the learner follows.
type Route struct {
	ID     string // SHA-256 of the file, in hex
	Raw    []byte
	Added  time.Time
	Source string // name or address of the file; empty where it had none
	pathway.Reading
}
