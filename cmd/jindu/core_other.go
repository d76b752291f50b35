//go:build !unix

package main

// withoutCore does nothing where no cores are written.
func withoutCore() {}
