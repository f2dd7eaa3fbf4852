package fetch

import (
	"context"
	"errors"
	"net/url"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Fault turns what a Getter answered instead of a page into an error a person can
// be told about. nil stays nil.
func Fault(err error, address string) error {
	if err == nil {
		return nil
	}
	code := "fetch.unreachable"
	for _, known := range []struct {
		err  error
		code string
	}{
		{context.Canceled, "fetch.stopped"},
		{ErrOffline, "fetch.offline"},
		{ErrRefused, "fetch.refused"},
		{ErrGone, "fetch.gone"},
		{ErrTooLarge, "fetch.too-large"},
	} {
		if errors.Is(err, known.err) {
			code = known.code
			break
		}
	}
	return fault.Wrap(err, code, "where", where(address))
}

// where shortens an address to what a person can recognise.
func where(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
