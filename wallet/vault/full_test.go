//go:build unix

package vault

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fullChild names the vault that a copy of this test program fills until the
// system refuses to let the file grow.
const fullChild = "CAIRN_TEST_FULL"

func TestMain(m *testing.M) {
	if path := os.Getenv(fullChild); path != "" {
		os.Exit(fill(path))
	}
	if path := os.Getenv(readOnlyChild); path != "" {
		os.Exit(tryToOpen(path))
	}
	os.Exit(m.Run())
}

// TestDiskFull: the system itself stops the writing (a limit on the size of
// files, which hits a process as a full disk does). The act that did not fit
// fails with words, everything acknowledged stays, and when there is room again
// the same vault writes on.
func TestDiskFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fullChild+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	kept := strings.Fields(string(out))
	got, err := all(mustOpen(t, path), "things")
	if err != nil || len(got) != len(kept) || len(kept) < 3 {
		t.Fatalf("%d records, want %d, %v", len(got), len(kept), err)
	}
	for _, id := range kept {
		if got[id] != bulk {
			t.Errorf("%s is not whole", id)
		}
	}
}

var bulk = strings.Repeat("x", 9000)

func fill(path string) int {
	signal.Ignore(syscall.SIGXFSZ)
	v, err := Open(path, options())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	add := func(id string) error {
		err := v.Update(func(tx *Tx) error { return tx.Put("things", id, []byte(bulk)) })
		if err == nil {
			fmt.Println(id)
		}
		return err
	}
	if err := add("before"); err != nil {
		fmt.Println(err)
		return 1
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Println(err)
		return 1
	}
	room := limit
	room.Cur = 200_000
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &room)
	for n := 0; err == nil && n < 1000; n++ {
		err = add(fmt.Sprintf("item-%d", n))
	}
	t := &reporter{}
	wantFault(t, err, "vault.disk-full")
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
	if err := add("after"); err != nil || t.failed {
		fmt.Println(err)
		return 1
	}
	return 0
}

// reporter lets the child use the tests' own helpers.
type reporter struct {
	testing.TB
	failed bool
}

func (r *reporter) Helper() {}
func (r *reporter) Errorf(format string, args ...any) {
	r.failed = true
	fmt.Printf(format+"\n", args...)
}
func (r *reporter) Fatalf(format string, args ...any) { r.Errorf(format, args...) }
