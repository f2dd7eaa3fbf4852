package main

import (
	"io"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// TestMetadataIsThatOfFyneApp compares what main sets with FyneApp.toml, which
// packagers read.
func TestMetadataIsThatOfFyneApp(t *testing.T) {
	b, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	stated := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(\w+) = "?([^"\n]*)"?$`).FindAllStringSubmatch(string(b), -1) {
		stated[m[1]] = m[2]
	}
	m := metadata()
	for name, got := range map[string]string{
		"ID": m.ID, "Name": m.Name, "Version": m.Version, "Build": strconv.Itoa(m.Build), "fyneDo": strconv.FormatBool(m.Migrations["fyneDo"]),
	} {
		if stated[name] != got {
			t.Errorf("%s is %q in main and %q in FyneApp.toml", name, got, stated[name])
		}
	}
	icon, err := os.ReadFile("../../" + stated["Icon"])
	if err != nil || string(icon) != string(m.Icon.Content()) {
		t.Errorf("the icon is another one (%v)", err)
	}
}

func TestOptions(t *testing.T) {
	o, err := options([]string{"--home", "w", "--now", "2026-06-01T12:00:00Z", "--web", "a", "--web", "b", "badge.json"}, io.Discard)
	if err != nil || !o.Now().Equal(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)) || len(o.Files) != 1 || o.Files[0] != "badge.json" {
		t.Errorf("%+v, %v", o, err)
	}
	for _, bad := range [][]string{{"--now", "today"}, {"--colour"}} {
		if _, err := options(bad, io.Discard); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
