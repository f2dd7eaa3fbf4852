package main

import "github.com/cairnwallet/cairn/verify"

// readShown opens what somebody shows.
func readShown(in input) (*verify.Presentation, error) {
	if in.err != nil {
		return nil, in.err
	}
	return verify.ReadPresentation(in.raw)
}
