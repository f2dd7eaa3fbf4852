// Package fault holds errors that a person can be told about: a stable code, to
// which assets has the words (what happened, why it matters, what to do), and
// arguments for those words. It imports nothing of ours.
package fault

import (
	"errors"
	"fmt"
)

// Fault is an error with a stable code. The chain below it is for logs only.
type Fault struct {
	Code string            // such as "input.empty"; words: fault.<code>.{title,why,do}
	Args map[string]string // fill the slots of the words
	Err  error             // what lies below, nil where nothing does
}

// New makes a fault; args are pairs of slot and value.
func New(code string, args ...string) *Fault { return Wrap(nil, code, args...) }

// Wrap makes a fault around err; args are pairs of slot and value.
func Wrap(err error, code string, args ...string) *Fault {
	f := &Fault{Code: code, Err: err}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[args[i]] = args[i+1]
	}
	return f
}

func (f *Fault) Error() string {
	if f.Err != nil {
		return fmt.Sprintf("%s: %v", f.Code, f.Err)
	}
	return f.Code
}

func (f *Fault) Unwrap() error { return f.Err }

// Is reports whether target is a fault with the same code, so that
// errors.Is(err, fault.New("input.empty")) works.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Code == f.Code
}

// Code gives the code of the first fault in err's chain, or "".
func Code(err error) string {
	var f *Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}
