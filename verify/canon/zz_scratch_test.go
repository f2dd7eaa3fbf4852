package canon

import (
	"context"
	"crypto"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

func TestScratch(t *testing.T) {
	root := "../../../shared/corpus"
	var ex []map[string]any
	b, _ := os.ReadFile(root + "/EXPECT.json")
	json.Unmarshal(b, &ex)
	exp := map[string]string{}
	for _, e := range ex {
		rows, _ := e["rows"].(map[string]any)
		exp[e["file"].(string)] = fmt.Sprint(e["verb"], e["verdict"], " terms=", rows["terms"], " sig=", rows["signature"])
	}
	for _, kind := range []string{"ob3-di", "ob3-unsigned", "vc-di", "status-list", "vc-unsigned", "di-vectors", "vp-ldp","clr2","vcdm2","vcdm11"} {
		files, _ := filepath.Glob(root + "/" + kind + "/*.json*")
		for _, f := range files {
			b, _ := os.ReadFile(f)
			doc, err := strict.Object(b)
			if err != nil {
				continue
			}
			if doc["@context"] == nil { continue }
			delete(doc, "proof")
			nq, unc, err := Canonical(context.Background(), doc, crypto.SHA256)
			rel := kind + "/" + filepath.Base(f)
			if err != nil || len(unc) > 0 || strings.Contains(exp[rel], "fail]") {
				fmt.Println(rel, "|", exp[rel], "| unc:", unc, "err:", err, len(nq))
			}
		}
	}
}
