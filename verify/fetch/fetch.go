// Package fetch is the only door to the internet. Everything above it asks a
// Getter; what stands behind the Getter is decided by whoever starts the program.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Page is what an address answered, and when.
type Page struct {
	URL  string    // the address asked for
	Body []byte    // at most the getter's limit
	Type string    // media type without parameters, lower case; empty when unknown
	AsOf time.Time // when the answer left its server: older than now when it came from the cache
	From string    // the address that answered, where the one asked for sent us on; else empty
}

// Getter answers an https address. It never returns a partial Page. accept is a
// media type to ask for, or empty. Implementations are safe for concurrent use.
type Getter interface {
	Get(ctx context.Context, url, accept string) (Page, error)
}

// What a getter may answer instead of a page. Callers tell "gone" from "could
// not be asked" with errors.Is.
var (
	ErrOffline     = errors.New("online checks are switched off")
	ErrRefused     = errors.New("address not allowed")     // not https, private or special address, bad URL
	ErrGone        = errors.New("nothing at this address") // 404 and 410
	ErrUnreachable = errors.New("address could not be reached")
	ErrTooLarge    = errors.New("answer too large")
)

// ErrRemoved is the ErrGone of a server that says it took the page away for good
// (410, RFC 9110, section 15.5.11).
var ErrRemoved = fmt.Errorf("%w: it was taken away", ErrGone)

// Offline is the Getter that asks nobody.
type Offline struct{}

// Get answers ErrOffline.
func (Offline) Get(context.Context, string, string) (Page, error) { return Page{}, ErrOffline }
