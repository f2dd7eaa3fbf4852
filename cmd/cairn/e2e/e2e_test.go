//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is the running desktop program.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	stderr *bytes.Buffer
}

func start(t *testing.T, home string, args ...string) *program {
	t.Helper()
	p := &program{t: t, stderr: &bytes.Buffer{}}
	p.cmd = exec.Command(os.Getenv("CAIRN_PROGRAM"), append([]string{"--home", home, "--offline"}, args...)...)
	p.cmd.Stderr = p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// quit closes the window as a person does, and waits until the program is gone.
// What it complained of on the way is a failure: Fyne's thread warnings above all.
func (p *program) quit(d desk) {
	p.t.Helper()
	d.key("ctrl+q")
	gone := make(chan error, 1)
	go func() { gone <- p.cmd.Wait() }()
	select {
	case err := <-gone:
		if err != nil {
			p.t.Errorf("the program ended with %v\n%s", err, p.stderr)
		}
	case <-time.After(patience):
		p.t.Fatalf("the program does not end (picture: %s)", d.keep("not-gone"))
	}
	for _, bad := range []string{"Error in Fyne call thread", "Fyne error", "panic:", "DATA RACE"} {
		if strings.Contains(p.stderr.String(), bad) {
			p.t.Errorf("the program said %q:\n%s", bad, p.stderr)
		}
	}
}

// ctl runs the command-line twin and gives its output and exit status.
func ctl(t *testing.T, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(os.Getenv("CAIRN_CTL"), args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if stderr.Len() > 0 {
		t.Logf("cairnctl %s: %s", strings.Join(args, " "), stderr.String())
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestMainJob is the story of the wallet: drop a badge, paste another, see both
// verified, see the stack grow, share one with two lines kept back, let somebody
// else check the code, and find all as it was after a restart.
func TestMainJob(t *testing.T) {
	d := desk{t}
	dir := t.TempDir()
	home := filepath.Join(dir, "wallet")
	college := newSchool(t)

	out, status := ctl(t, "--home", home, "--json", "keys", "new", "--note", "Food Safety")
	if status != 0 {
		t.Fatalf("no key from the real keychain: %s", out)
	}
	var holder struct{ JWK object }
	if err := json.Unmarshal([]byte(out), &holder); err != nil {
		t.Fatal(err)
	}
	badge := write(t, dir, "first-aid.json", college.badge("First Aid"))
	path := write(t, dir, "helper.json", college.pathway())
	award := college.award("Food Safety Level 2", holder.JWK)

	p := start(t, home)
	window := d.window()
	d.see("No badges yet", "Add badge")

	// a pathway to grow on
	if err := drop(path, window, 640, 400); err != nil {
		t.Fatal(err)
	}
	d.click("Save to my wallet")
	d.see("steps done")
	// a badge by drag and drop
	if err := drop(badge, window, 640, 400); err != nil {
		t.Fatal(err)
	}
	d.see("First Aid")
	d.click("Save to my wallet")
	d.see("Trust this issuer")
	// another by paste
	d.copy(award)
	d.key("ctrl+v")
	d.see("Food Safety Level 2")
	d.click("Save to my wallet")
	d.see("Trust this issuer")

	// nobody vouches for the college yet; the learner does
	d.key("ctrl+2")
	d.see("Food Safety Level 2")
	d.click("First Aid")
	d.click("Trust this issuer")
	d.seeTimes("Verified", 2)
	d.keep("verified")

	// the stack has grown
	d.key("ctrl+3")
	d.see("Kitchen Helper")
	d.see("2 of 2 steps done")
	d.keep("grown")

	share(t, d, dir, college)
	p.quit(d)

	// all as it was
	p = start(t, home)
	d.window()
	d.key("ctrl+2")
	d.see("Food Safety Level 2")
	d.seeTimes("Verified", 2)
	d.key("ctrl+5")
	d.see("Hotel Bellevue")
	p.quit(d)

	out, _ = ctl(t, "--home", home, "--offline", "--json", "list")
	if n := strings.Count(out, `"verdict":"verified"`); n != 2 {
		t.Errorf("%d verified badges after the restart:\n%s", n, out)
	}
}

// share shows the award with two of its four lines, and checks the code on the
// screen as an employer would, with a reader that is not ours.
func share(t *testing.T, d desk, dir string, college school) {
	t.Helper()
	d.key("ctrl+2")
	d.click("Food Safety Level 2")
	d.key("ctrl+shift+s")
	d.see("Who will get it")
	d.write("Hotel Bellevue")
	d.click("Continue")
	d.see("Choose what to show")
	d.click("First name")
	d.click("Family name")
	d.keep("choose")
	d.click("Continue")
	d.see("Ready")
	picture := d.keep("code")
	proof := strings.TrimSpace(string(d.run("zbarimg", "--quiet", "--raw", picture)))
	file := write(t, dir, "proof.txt", []byte(proof))

	out, status := ctl(t, "--offline", "--json", "--issuer-key", college.keyFile(dir), "check", "--for", "Hotel Bellevue", file)
	if status != 0 {
		t.Errorf("exit %d: %s", status, out)
	}
	for _, want := range []string{`"verdict":"verified"`, `"reason":"binding.holder"`, `"reason":"audience.you"`, `"reason":"fresh.until"`} {
		if !strings.Contains(out, want) {
			t.Errorf("the employer does not see %s: %s", want, out)
		}
	}
	out, _ = ctl(t, "--offline", "--issuer-key", college.keyFile(dir), "check", file)
	for _, want := range []string{"Maya", "Keller"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s was ticked and is not shown:\n%s", want, out)
		}
	}
	for _, hidden := range []string{"2003", "AC-20-1183"} {
		if strings.Contains(out, hidden) {
			t.Errorf("%s was kept back and is shown:\n%s", hidden, out)
		}
	}
	d.click("Done")
}

// TestFirstRun is the first minute of a newcomer, and takes the pictures of the
// README on the way.
func TestFirstRun(t *testing.T) {
	d := desk{t}
	p := start(t, filepath.Join(t.TempDir(), "wallet"))
	d.window()
	d.see("One stack")
	d.portrait("welcome-light")
	d.click("Explore with sample badges")
	d.see("Sample")
	d.key("Escape") // no hints
	portraits(d, "light")
	d.key("ctrl+comma")
	d.click("Dark")
	portraits(d, "dark")
	p.quit(d)
}

// portraits takes the pictures of the main screens in one look.
func portraits(d desk, look string) {
	d.key("ctrl+2")
	d.see("Food Safety Level 2")
	d.click("Kitchen Foundations")
	d.see("What we checked")
	d.portrait("badges-" + look)
	d.key("ctrl+3")
	d.click("Professional Cook Certificate")
	d.see("Kitchen operations")
	d.portrait("pathway-" + look)
	d.key("ctrl+2")
	d.click("Food Safety Level 2")
	d.key("ctrl+shift+s")
	d.see("Who will get it")
	d.write("Hotel Bellevue")
	d.key("Return")
	d.see("Choose what to show")
	d.click("Full name")
	d.click("Grade")
	d.see("Hidden lines are removed")
	d.portrait("share-" + look)
}
