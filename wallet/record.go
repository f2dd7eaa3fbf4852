package wallet

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// The buckets of the vault. Every id in heads or bin, and in one of them only,
// has a record in items and one in reports.
const (
	bucketItems    = "items"    // id → what was received, and what the learner wrote to it
	bucketReports  = "reports"  // id → the last check and what it relied on
	bucketHeads    = "heads"    // id → the index
	bucketBin      = "bin"      // id → when it was removed, and its head
	bucketPages    = "pages"    // digest → a document that checks relied on
	bucketUses     = "uses"     // digest → how many reports name it
	bucketEvents   = "events"   // number → what was done
	bucketKeys     = "keys"     // number → a key that was made
	bucketPathways = "pathways" // digest → a pathway file
	bucketLists    = "lists"    // digest → a European trusted list
	bucketSettings = "settings" // name → see own.go, lists.go, undo.go, contacts.go
)

// item is what is kept of a credential: what was received, never what was read
// from it, so that a better reader improves old items.
type item struct {
	Source string    `json:"source,omitempty"`
	Added  time.Time `json:"added"`
	Tags   []string  `json:"tags,omitempty"`
	Note   string    `json:"note,omitempty"`
	Raw    []byte    `json:"-"` // stands after the JSON
}

// report is the last check of an item.
type report struct {
	Report check.Report `json:"report"`
	Good   time.Time    `json:"good,omitzero"`   // when it was last found verified
	Pages  []pageRef    `json:"pages,omitempty"` // what it relied on
	Past   []pageRef    `json:"past,omitempty"`  // what earlier checks relied on
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// bytes frames an item: the length of the JSON, the JSON, what was received.
func (it item) bytes() ([]byte, error) {
	text, err := json.Marshal(it)
	if err != nil {
		return nil, err
	}
	b := binary.AppendUvarint(make([]byte, 0, len(text)+len(it.Raw)+4), uint64(len(text)))
	return append(append(b, text...), it.Raw...), nil
}

func parseItem(b []byte) (it item, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return it, errors.New("item record cut short")
	}
	if err := json.Unmarshal(b[size:size+int(n)], &it); err != nil {
		return it, fmt.Errorf("item record: %w", err)
	}
	it.Raw = b[size+int(n):]
	return it, nil
}

func getItem(tx *vault.Tx, id string) (item, error) {
	b, err := tx.Get(bucketItems, id)
	if errors.Is(err, vault.ErrNone) {
		return item{}, fault.Wrap(err, "wallet.no-item", "id", id)
	}
	if err != nil {
		return item{}, err
	}
	return parseItem(b)
}

func putItem(tx *vault.Tx, id string, it item) error {
	b, err := it.bytes()
	if err != nil {
		return err
	}
	return tx.Put(bucketItems, id, b)
}

// read reads the credential of an item anew, in the languages named.
func (it item) read(id string, languages ...string) (*vc.Credential, error) {
	found, err := verify.Read(it.Raw, languages...)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		if identify(c, len(found)) == id {
			return c, nil
		}
	}
	return nil, fault.New("wallet.no-item", "id", id)
}

// identify gives the id of a credential: the digest of what was received, or,
// where that holds several, of its own part.
func identify(c *vc.Credential, of int) string {
	if of == 1 {
		return digest(c.Raw)
	}
	return digest(c.Sealed)
}

func getJSON(tx *vault.Tx, bucket, id string, v any) error {
	b, err := tx.Get(bucket, id)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("record %s/%s: %w", bucket, id, err)
	}
	return nil
}

func putJSON(tx *vault.Tx, bucket, id string, v any) error {
	b, err := strict.Marshal(v)
	if err != nil {
		return err
	}
	return tx.Put(bucket, id, b)
}

func getReport(tx *vault.Tx, id string) (r report, err error) {
	return r, getJSON(tx, bucketReports, id, &r)
}

// putReport replaces last, the report of an item. Documents are kept once, however
// many reports name them, and as long as one does.
func putReport(tx *vault.Tx, id string, last report, r check.Report, evidence []fetch.Page, good time.Time) (report, error) {
	next := report{Report: r, Good: good, Past: earlier(last)}
	var bodies map[string][]byte
	next.Pages, bodies = refs(evidence)
	if err := recount(tx, last.named(), next.named(), bodies); err != nil {
		return next, err
	}
	return next, putJSON(tx, bucketReports, id, next)
}

// dropReport forgets the report of an item and the documents that only it names.
// Of a report that can't be read any more the documents stay.
func dropReport(tx *vault.Tx, id string) error {
	last, err := getReport(tx, id)
	if err == nil {
		if err := recount(tx, last.named(), nil, nil); err != nil {
			return err
		}
	}
	return tx.Delete(bucketReports, id)
}
