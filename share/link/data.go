package link

import (
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fault"
)

// fromData looks into a data: address (RFC 2397). What it holds is told by its
// content, not by the type it claims.
func fromData(text string, inside int) ([]Found, error) {
	b, err := envelope.DataURL(text)
	if err != nil {
		return nil, fault.Wrap(err, "link.broken")
	}
	return look(b, inside-1)
}
