package vocab_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/testkit"
)

func TestDump(t *testing.T) {
	root := testkit.Corpus(t)
	filepath.Walk(root, func(p string, i os.FileInfo, err error) error {
		if i.IsDir() {
			return nil
		}
		raw, _ := os.ReadFile(p)
		t0 := time.Now()
		found, err := readAll(raw)
		d := time.Since(t0)
		rel, _ := filepath.Rel(root, p)
		if err != nil {
			fmt.Println(rel, "ERR", err, d.Round(time.Millisecond))
			return nil
		}
		for _, c := range found {
			fmt.Printf("%s %s %s name=%q iss=%q/%q sub=%q/%q %v..%v proofs=%d status=%d parts=%d claims=%d notes=%v", rel, c.Form, c.Kind, c.Name, c.Issuer.ID, c.Issuer.Name, c.Subject.ID, c.Subject.Name, c.From.Format("2006-01-02"), c.Until.Format("2006-01-02"), len(c.Proofs), len(c.Status), len(c.Parts), len(c.Badge.Claims), c.Notes)
			for _, f := range c.Shape {
				g := "~"
				if f.Grave {
					g = "!"
				}
				fmt.Printf(" %s%s(%s)", g, f.Code, f.Member)
			}
			fmt.Println(" ", d.Round(time.Millisecond))
		}
		return nil
	})
}
