package wallet

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// sighting is what a check last found out about a list.
type sighting struct {
	At    time.Time `json:"at"`
	State string    `json:"state"`
	Name  string    `json:"name,omitempty"`
}

// sightingsEvery is how old the note about a list that says the same may get.
const sightingsEvery = time.Hour

func (w *Wallet) sightings() (seen map[string]sighting, err error) {
	err = w.vault.View(func(tx *vault.Tx) (err error) { seen, err = sightings(tx); return err })
	return seen, err
}

func sightings(tx *vault.Tx) (map[string]sighting, error) {
	seen := map[string]sighting{}
	err := getJSON(tx, bucketSettings, settingSeen, &seen)
	if errors.Is(err, vault.ErrNone) || fault.Code(err) == "vault.record" {
		return map[string]sighting{}, nil
	}
	return seen, err
}

// forget lets go of what checks found out about a list.
func forget(tx *vault.Tx, address string) error {
	seen, err := sightings(tx)
	if err != nil {
		return err
	}
	delete(seen, address)
	return putJSON(tx, bucketSettings, settingSeen, seen)
}

// listStates says what a reason of the issuer check tells about the list it asked.
var listStates = map[string]string{
	"issuer.listed": ListAnswers, "issuer.listed-for-testing": ListAnswers, "issuer.not-listed": ListAnswers,
	"issuer.list-expired": ListOld, "issuer.list-broken": ListBroken, "issuer.list-unreachable": ListSilent,
}

// noteLists remembers what a check found out about the lists it asked.
func noteLists(tx *vault.Tx, r check.Report) error {
	rows := slices.DeleteFunc(r.Rows(check.Issuer), func(c check.Check) bool { return c.Args["address"] == "" || listStates[c.Reason] == "" })
	if len(rows) == 0 {
		return nil
	}
	seen, err := sightings(tx)
	if err != nil {
		return err
	}
	fresh := false
	for _, c := range rows {
		at, state, last := c.AsOf, listStates[c.Reason], seen[c.Args["address"]]
		if at.IsZero() {
			at = r.At
		}
		if last.State != state || at.Sub(last.At) >= sightingsEvery {
			seen[c.Args["address"]], fresh = sighting{At: at.UTC(), State: state, Name: cut(c.Args["list"])}, true
		}
	}
	if !fresh {
		return nil
	}
	return putJSON(tx, bucketSettings, settingSeen, bounded(seen))
}

// maxSightings bounds the lists of which something is remembered.
const maxSightings = 200

func bounded(seen map[string]sighting) map[string]sighting {
	for len(seen) > maxSightings {
		oldest := ""
		for address, s := range seen {
			if oldest == "" || cmp.Or(s.At.Compare(seen[oldest].At), strings.Compare(address, oldest)) < 0 {
				oldest = address
			}
		}
		delete(seen, oldest)
	}
	return seen
}

// newcomers are registries that came to the public list after the program was made:
// those that checks asked lately, and that stand nowhere else.
func newcomers(have []List, seen map[string]sighting, s listSettings) []List {
	var latest time.Time
	for _, last := range seen {
		if last.At.After(latest) {
			latest = last.At
		}
	}
	var out []List
	for _, address := range slices.Sorted(maps.Keys(seen)) {
		known := slices.ContainsFunc(have, func(l List) bool { return l.ID == address })
		if known || latest.Sub(seen[address].At) > lately && s.on(address) {
			continue
		}
		r := trust.Registry{Name: seen[address].Name, File: address}
		if strings.HasSuffix(address, trust.FederationPath) {
			r.Anchor, r.File = address, ""
		}
		l := registryRow(r, seen, s)
		l.Shipped = true
		out = append(out, l)
	}
	return out
}

// lately is how long ago a list must have been asked to be taken for one in use.
const lately = 30 * 24 * time.Hour
