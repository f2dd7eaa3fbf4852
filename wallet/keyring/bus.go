//go:build linux || freebsd || dragonfly || netbsd || openbsd

package keyring

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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
	return errors.Is(err, errNoSession) || errors.As(err, &dial) || errors.As(err, &launch) || errors.Is(err, dbus.ErrClosed) ||
		strings.HasPrefix(err.Error(), "dbus: ")
}

var errNoSession = errors.New("no session bus")

// session looks for a session bus. Where there is none, and no screen on which one may
// be known, go-keyring would start a bus and a password store of its own, which nobody
// could unlock and nobody would end.
func session() error {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address != "" && address != "autolaunch:" || os.Getenv("DISPLAY") != "" {
		return nil
	}
	for _, name := range []string{"bus", "dbus-session"} { // where go-keyring looks, too
		if _, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), name)); err == nil {
			return nil
		}
	}
	return errNoSession
}
