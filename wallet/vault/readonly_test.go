//go:build unix

package vault

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

// readOnlyChild names the vault that a copy of this test program tries to open
// without being allowed to write.
const readOnlyChild = "CAIRN_TEST_READ_ONLY"

// TestReallyReadOnly: a file, and a folder, of somebody else. Root may write
// everywhere, so it becomes nobody first, in a copy that nobody may run.
func TestReallyReadOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "v")
	_ = mustOpen(t, path).Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, mustRead(t, self), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{path: 0o444, program: 0o555, dir: 0o555, filepath.Dir(dir): 0o755} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir, 0o755) // so that it can be removed
	for _, name := range []string{path, path + "-new"} {
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), readOnlyChild+"="+name)
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		if out, err := cmd.CombinedOutput(); string(out) != "vault.read-only" {
			t.Errorf("%s: got %s, %v", name, out, err)
		}
	}
}

func tryToOpen(path string) int {
	_, err := Open(path, options())
	fmt.Print(fault.Code(err))
	return 0
}
