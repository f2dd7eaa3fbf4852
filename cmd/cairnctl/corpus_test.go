package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// kinds are those that every case of the corpus must agree on.
const kinds = "ob3-di,ob3-jwt,ob3-baked,ob3-unsigned,sd-jwt,sd-jwt-vc,vc-jwt,vc-di,status-list"

// TestCorpus runs the program over the corpus of real files, by the corpus's own
// score, where both are beside the repository.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("short: the corpus is scored without the race detector")
	}
	set := testkit.Corpus(t)
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("the corpus's score needs python3, which is not here")
	}
	program := filepath.Join(t.TempDir(), "cairnctl")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	out, err := exec.Command(testkit.Corpus(t, "score"), "--set", set, "--expect", filepath.Join(set, "EXPECT.json"), "--binary", program, "--kinds", kinds).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error("the program and the corpus disagree")
	}
}
