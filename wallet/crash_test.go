//go:build unix

package wallet

import (
	"bufio"
	"context"
	"fmt"
	mrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

// crashChild names the folder in which a copy of this test program adds badges
// until it is killed.
const crashChild = "CAIRN_TEST_CRASH"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashChild); dir != "" {
		if err := addUntilKilled(dir); err != nil {
			fmt.Println("FAILED", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func crashOptions(dir string, seed byte) Options {
	c := newClock()
	return Options{
		Home: dir, Now: c.Now, Rand: newSource(seed), Secrets: keyring.UnprotectedFile{Dir: filepath.Dir(dir)},
		Verifier: &verify.Verifier{Now: c.Now},
	}
}

// addUntilKilled acts on a wallet for ever: it adds badges one by one and in
// small lots, tags and removes some. Each act is acknowledged, one line each,
// after it returned.
func addUntilKilled(dir string) error {
	seed, err := strconv.Atoi(os.Getenv(crashChild + "_SEED"))
	if err != nil {
		return err
	}
	w, err := Open(context.Background(), crashOptions(dir, byte(seed)))
	if err != nil {
		return err
	}
	for n := seed * 1_000_000; ; n++ {
		var lot []Draft
		for i := range n%3 + 1 {
			d, err := w.Review(context.Background(), badge(n*10+i), "", nil)
			if err != nil {
				return err
			}
			lot = append(lot, d...)
		}
		ids, err := w.Keep(context.Background(), lot)
		if err != nil {
			return err
		}
		fmt.Println("added", strings.Join(ids, " "))
		switch n % 4 {
		case 0:
			if err := w.Remove(ids[0]); err != nil {
				return err
			}
			fmt.Println("removed", ids[0])
		case 1:
			if err := w.Tag(ids[0], []string{"kept"}); err != nil {
				return err
			}
			fmt.Println("tagged", ids[0])
		}
	}
}

// said is what the killed programs acknowledged.
type said struct{ added, removed, tagged []string }

// TestKilled kills the program at many random moments, from its very start on, in
// the same wallet. After each: the wallet opens, everything acknowledged is there,
// nothing is there by halves, and index, items and documents agree.
func TestKilled(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	dir := filepath.Join(t.TempDir(), "wallet")
	r := mrand.New(mrand.NewPCG(5, 6))
	var all said
	acts := 0
	for round := range rounds {
		if round%10 == 4 { // now and then from nothing, to be killed while a wallet is made
			dir, all = filepath.Join(t.TempDir(), "wallet"), said{}
		}
		life := time.Duration(r.IntN(int(120 * time.Millisecond)))
		early := round%10 == 4 || round%3 == 0
		lines := killed(t, dir, round+1, life, early)
		all.hear(t, lines)
		acts += len(lines)
		if Exists(dir) {
			look(t, dir, all)
		}
	}
	t.Logf("%d acts were acknowledged in %d lives", acts, rounds)
	if acts < rounds/2 {
		t.Error("too little was ever done: the test proves nothing")
	}
}

// killed runs a child, kills it after a while, and gives what it had said. The
// moment is random, counted from the child's start when early, else from its first
// word, so that a slow machine kills at work too. Nothing waits for it but the
// child's own end.
func killed(t *testing.T, dir string, seed int, life time.Duration, early bool) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashChild+"="+dir, fmt.Sprintf("%s_SEED=%d", crashChild, seed))
	out := must(cmd.StdoutPipe())
	ok(t, cmd.Start())
	first := life
	if !early {
		first = 10 * time.Minute // for a child that never says a word
	}
	timer := time.AfterFunc(first, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	var lines []string
	s := bufio.NewScanner(out)
	for s.Scan() {
		if lines = append(lines, s.Text()); len(lines) == 1 && !early {
			timer.Reset(life)
		}
	}
	_ = cmd.Wait()
	return lines
}

func (s *said) hear(t *testing.T, lines []string) {
	t.Helper()
	for _, line := range lines {
		what, rest, _ := strings.Cut(line, " ")
		ids := strings.Fields(rest)
		switch what {
		case "added":
			s.added = append(s.added, ids...)
		case "removed":
			s.removed = append(s.removed, ids...)
		case "tagged":
			s.tagged = append(s.tagged, ids...)
		default:
			t.Fatal(line)
		}
	}
}

func look(t *testing.T, dir string, all said) {
	t.Helper()
	w, err := Open(context.Background(), crashOptions(dir, 255))
	ok(t, err)
	defer w.Close()
	rows := map[string]Row{}
	for _, r := range rowsOf(t, w) {
		rows[r.ID] = r
	}
	inBin := map[string]bool{}
	for _, b := range must(w.Bin()) {
		inBin[b.ID] = true
	}
	for _, id := range all.added {
		if _, listed := rows[id]; !listed && !inBin[id] {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	for _, id := range all.removed {
		if !inBin[id] {
			t.Errorf("%s was removed and is back", id)
		}
	}
	for _, id := range all.tagged {
		if !slices.Equal(rows[id].Tags, []string{"kept"}) {
			t.Errorf("%s lost its tag", id)
		}
	}
	wholeLots(t, w)
	sound(t, w)
}

// wholeLots: of a lot that was kept in one act, either all or nothing is there,
// and its line in the activity with it.
func wholeLots(t *testing.T, w *Wallet) {
	t.Helper()
	named := 0
	for _, e := range must(w.Activity()) {
		if e.What == Added {
			named += len(e.Items)
		}
	}
	if there := len(rowsOf(t, w)) + len(must(w.Bin())); named != there {
		t.Errorf("%d badges in the activity, %d in the wallet", named, there)
	}
}
