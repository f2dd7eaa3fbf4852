// Package e2e drives the real program in a real window, with a real keychain, the
// way a person would: by what can be read on the screen. Its tests need the build
// tag e2e and the desktop that .ci/e2e sets up.
package e2e
