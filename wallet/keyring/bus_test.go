//go:build linux

package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

// scene tells a copy of this test program which states of a real password store
// to go through.
const scene = "CAIRN_TEST_SCENE"

func TestMain(m *testing.M) {
	if s := os.Getenv(scene); s != "" {
		os.Exit(play(s))
	}
	os.Exit(m.Run())
}

// child runs a scene with the given environment and nothing else, behind the
// given command.
func child(t *testing.T, name string, env []string, command ...string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command = append(command, self)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(env, scene+"="+name, "HOME="+t.TempDir(), "XDG_RUNTIME_DIR="+t.TempDir(), "GOCOVERDIR="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestNoSessionBus(t *testing.T) {
	child(t, "none", nil)
	child(t, "none", []string{"DBUS_SESSION_BUS_ADDRESS=autolaunch:"})
	child(t, "none", []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus"})
}

// TestNoBusIsStarted: a bus of our own would outlive us, with a store that nobody can
// unlock.
func TestNoBusIsStarted(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/dbus-launch", []byte("#!/bin/sh\n: >"+dir+"/started\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	child(t, "none", []string{"PATH=" + dir})
	if _, err := os.Stat(dir + "/started"); err == nil {
		t.Error("a bus was started")
	}
}

func TestRealKeychain(t *testing.T) {
	run, err := exec.LookPath("dbus-run-session")
	if err != nil {
		t.Skip("dbus-run-session is not installed")
	}
	path := []string{"PATH=" + os.Getenv("PATH")}
	t.Run("a bus on which nobody keeps secrets", func(t *testing.T) {
		conf := t.TempDir() + "/bus.conf"
		text := `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">` +
			`<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		child(t, "none", path, run, "--config-file="+conf, "--")
	})
	t.Run("gnome-keyring", func(t *testing.T) {
		for _, tool := range []string{"gnome-keyring-daemon", "dbus-send"} {
			if _, err := exec.LookPath(tool); err != nil {
				t.Skip(tool + " is not installed")
			}
		}
		child(t, "gnome", path, run, "--")
	})
}

// play goes through a scene; it gives the exit status.
func play(name string) int {
	ctx := context.Background()
	var err error
	switch name {
	case "none":
		_, get := Keychain{}.Get(ctx, walletID)
		err = errors.Join(want(get, "keyring.none"), want(Keychain{}.Put(ctx, walletID, root), "keyring.none"))
	case "gnome":
		err = playGnome(ctx)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func playGnome(ctx context.Context) error {
	unlock := exec.Command("gnome-keyring-daemon", "--unlock", "--components=secrets")
	unlock.Stdin = strings.NewReader("practice")
	if out, err := unlock.CombinedOutput(); err != nil {
		return fmt.Errorf("gnome-keyring-daemon: %w: %s", err, out)
	}
	k := Keychain{}
	if _, err := k.Get(ctx, walletID); !errors.Is(err, ErrNone) {
		return fmt.Errorf("an empty store gave %w", err)
	}
	if err := k.Put(ctx, walletID, root); err != nil {
		return err
	}
	if got, err := k.Get(ctx, walletID); err != nil || !bytes.Equal(got, root) {
		return fmt.Errorf("got %x, %w", got, err)
	}
	lock := exec.Command("dbus-send", "--session", "--dest=org.freedesktop.secrets", "--print-reply", "/org/freedesktop/secrets",
		"org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
	if out, err := lock.CombinedOutput(); err != nil {
		return fmt.Errorf("locking: %w: %s", err, out)
	}
	_, err := k.Get(ctx, walletID) // there is no screen to ask on
	return errors.Join(want(err, "keyring.locked"), want(k.Put(ctx, walletID, root), "keyring.locked"))
}

func want(err error, code string) error {
	if fault.Code(err) != code {
		return fmt.Errorf("got %w, want %s", err, code)
	}
	return nil
}
