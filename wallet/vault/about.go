package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// about is what a vault says of itself in clear. Its text is
//
//	cairn vault FORMAT
//	id HEX
//	check HEX
//	sum HEX
//
// where sum is the start of the SHA-256 of all before it: a changed digit is
// damage, not a newer version. First and last line stay so in every format; what
// stands between may change.
type about struct {
	format int
	id     string
	check  string
}

const aboutFirst = "cairn vault "

func (a about) bytes() []byte {
	text := fmt.Sprintf("%s%d\nid %s\ncheck %s\n", aboutFirst, a.format, a.id, a.check)
	return []byte(text + "sum " + sum(text) + "\n")
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:8])
}

func readAbout(b []byte) (about, error) {
	text, tail, ok := strings.Cut(string(b), "sum ")
	if !ok || tail != sum(text)+"\n" {
		return about{}, errDamaged
	}
	lines := strings.Split(text, "\n")
	digits, ok := strings.CutPrefix(lines[0], aboutFirst)
	format, err := strconv.Atoi(digits)
	if !ok || err != nil || format < 1 {
		return about{}, errDamaged
	}
	if format > Format {
		return about{}, errNewer
	}
	a := about{format: format}
	for _, line := range lines[1:] {
		switch name, value, _ := strings.Cut(line, " "); name {
		case "id":
			a.id = value
		case "check":
			a.check = value
		}
	}
	return a, nil
}
