//go:build !unix && !windows

package vault

var fullErrors []error
