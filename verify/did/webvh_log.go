package did

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// maxVersions bounds the entries of a log; each costs a signature or more.
const maxVersions = 2000

// history is a log of did:webvh as far as it was replayed.
type history struct {
	scid     string
	rules    rules // in force after the last version
	versions []version
	now      time.Time // when the log was had; zero when that is not known
}

// version is one entry that follows from those before it.
type version struct {
	id    string // number, dash and hash
	time  time.Time
	name  string // the DID it is the document of
	state map[string]any
	needs witnesses // whose word it needs; none where there is no threshold
}

func (h *history) last() version { return h.versions[len(h.versions)-1] }

// replay reads a log, one JSON object a line, and demands of each that it follows
// from those before it (did:webvh 1.0, section "Read (Resolve)"). Witnesses are
// not asked yet.
func replay(ctx context.Context, raw []byte, now time.Time) (*history, error) {
	lines := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	if len(lines) > maxVersions {
		return nil, fmt.Errorf("%w: more than %d entries", ErrHistory, maxVersions)
	}
	h := &history{now: now}
	for i, line := range lines {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := h.add(ctx, line); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
	}
	return h, nil
}

// entry is one line of a log, its form checked.
type entry struct {
	doc        map[string]any
	id, hash   string
	time       time.Time
	parameters map[string]any
	state      map[string]any
}

var entryMembers = []string{"parameters", "proof", "state", "versionId", "versionTime"}

// readEntry reads the line of version number n.
func readEntry(line []byte, n int) (entry, error) {
	doc, err := strict.Object(line)
	if err != nil {
		return entry{}, fmt.Errorf("%w: %w", ErrHistory, err)
	}
	if !slices.Equal(slices.Sorted(maps.Keys(doc)), entryMembers) {
		return entry{}, fmt.Errorf("%w: not the members of an entry", ErrHistory)
	}
	e := entry{doc: doc}
	e.id, _ = doc["versionId"].(string)
	number, hash, _ := strings.Cut(e.id, "-")
	if number != strconv.Itoa(n) || hash == "" {
		return entry{}, fmt.Errorf("%w: version %.80q", ErrHistory, e.id)
	}
	e.hash = hash
	written, _ := doc["versionTime"].(string)
	if e.time, err = time.Parse(time.RFC3339, written); err != nil || !utc(e.time) {
		return entry{}, fmt.Errorf("%w: time %.40q", ErrHistory, written)
	}
	var isObject bool
	if e.parameters, isObject = doc["parameters"].(map[string]any); !isObject {
		return entry{}, fmt.Errorf("%w: no parameters", ErrHistory)
	}
	if e.state, isObject = doc["state"].(map[string]any); !isObject {
		return entry{}, fmt.Errorf("%w: no document", ErrHistory)
	}
	return e, nil
}

func utc(t time.Time) bool {
	_, offset := t.Zone()
	return offset == 0
}

// add replays one more entry.
func (h *history) add(ctx context.Context, line []byte) error {
	e, err := readEntry(line, len(h.versions)+1)
	if err != nil {
		return err
	}
	if h.rules.deactivated {
		return fmt.Errorf("%w: an entry after the end", ErrHistory)
	}
	if err := h.inTime(e); err != nil {
		return err
	}
	after, err := h.rules.with(e.parameters, len(h.versions) == 0)
	if err != nil {
		return err
	}
	if err := h.chained(e, after); err != nil {
		return err
	}
	keys, err := h.signers(e, after)
	if err != nil {
		return err
	}
	if err := signedBy(ctx, e.doc, keys); err != nil {
		return err
	}
	return h.accept(e, after)
}

// accept adds an entry that holds by itself, if its document may stand here.
func (h *history) accept(e entry, after rules) error {
	name, err := h.named(e, after)
	if err != nil {
		return err
	}
	needs := h.rules.witness // a new list is in force after this entry …
	if needs.threshold == 0 {
		needs = after.witness // … unless there was none
	}
	h.versions = append(h.versions, version{id: e.id, time: e.time, name: name, state: e.state, needs: needs})
	h.rules = after
	return nil
}

// inTime: each entry is later than the one before, and none is of the future.
func (h *history) inTime(e entry) error {
	if len(h.versions) > 0 && !e.time.After(h.last().time) {
		return fmt.Errorf("%w: its time is not later than the one before", ErrHistory)
	}
	if !h.now.IsZero() && e.time.After(h.now) {
		return fmt.Errorf("%w: its time is to come", ErrHistory)
	}
	return nil
}

// chained verifies the SCID of the first entry, and the hash by which each entry
// names its predecessor (sections "Verify SCID", "Verify The Entry Hash").
func (h *history) chained(e entry, after rules) error {
	before := after.scid
	if len(h.versions) > 0 {
		before = h.last().id
	} else if err := selfCertified(e, after.scid); err != nil {
		return err
	} else {
		h.scid = after.scid
	}
	got, err := hashAs(e.doc, before)
	if err != nil {
		return err
	}
	if got != e.hash {
		return fmt.Errorf("%w: its hash is another", ErrHistory)
	}
	return nil
}

const placeholder = "{SCID}"

func selfCertified(e entry, scid string) error {
	bare := maps.Clone(e.doc)
	delete(bare, "proof")
	bare["versionId"] = placeholder
	text, err := json.Marshal(bare)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrHistory, err)
	}
	draft, err := strict.Object(bytes.ReplaceAll(text, []byte(scid), []byte(placeholder)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrHistory, err)
	}
	got, err := hashAs(draft, placeholder)
	if err != nil {
		return err
	}
	if got != scid {
		return fmt.Errorf("%w: it does not certify itself", ErrHistory)
	}
	return nil
}

// hashAs hashes an entry without its proof, under another version id: base58btc
// of the SHA-256 multihash of its JCS form (section "Generate Entry Hash").
func hashAs(doc map[string]any, versionID string) (string, error) {
	bare := maps.Clone(doc)
	delete(bare, "proof")
	bare["versionId"] = versionID
	text, err := canon.JCS(bare)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrHistory, err)
	}
	return multihash(text), nil
}

// multihash gives the SHA-256 multihash of b in base58btc: code 0x12, length 32.
func multihash(b []byte) string {
	sum := sha256.Sum256(b)
	return multi.Base58Encode(append([]byte{0x12, 0x20}, sum[:]...))
}

// named checks whose document an entry holds. The name may change only where the
// DID is portable; its SCID never does, and the new document owns up to the old
// name (section "DID Portability").
func (h *history) named(e entry, after rules) (string, error) {
	name, _ := e.state["id"].(string)
	at, err := webvhID(name)
	if err != nil || at.scid != h.scid {
		return "", fmt.Errorf("%w: a document of %.80q", ErrHistory, name)
	}
	if len(h.versions) == 0 || name == h.last().name {
		return name, nil
	}
	if !after.portable || !slices.Contains(texts(e.state["alsoKnownAs"]), h.last().name) {
		return "", fmt.Errorf("%w: it takes another name", ErrHistory)
	}
	return name, nil
}
