//go:build linux || freebsd || dragonfly || netbsd || openbsd

package keyring

import (
	"errors"
	"net"
	"os/exec"
	"strings"

	"github.com/godbus/dbus/v5"
)

// busError gives the name of an error that came over the bus, or "".
func busError(err error) string {
	var e dbus.Error
	if errors.As(err, &e) {
		return e.Name
	}
	var p *dbus.Error
	if errors.As(err, &p) {
		return p.Name
	}
	return ""
}

// noBus: the session bus could not be reached, started or spoken to.
func noBus(err error) bool {
	var dial *net.OpError
	var launch *exec.ExitError
	return errors.As(err, &dial) || errors.As(err, &launch) || errors.Is(err, dbus.ErrClosed) ||
		strings.HasPrefix(err.Error(), "dbus: ")
}
