package wallet

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Home gives the usual folder for a wallet on this system, without making it:
// XDG_DATA_HOME/cairn (XDG Base Directory Specification), Application Support on
// macOS, the local application data on Windows.
func Home() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Cairn"), nil
		}
	case "darwin":
		if dir, err := os.UserConfigDir(); err == nil {
			return filepath.Join(dir, "Cairn"), nil
		}
	default:
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "cairn"), nil
		}
		if dir, err := os.UserHomeDir(); err == nil {
			return filepath.Join(dir, ".local", "share", "cairn"), nil
		}
	}
	return "", errors.New("this system names no folder for a person's data")
}
