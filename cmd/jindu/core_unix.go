//go:build unix

package main

import "syscall"

// withoutCore keeps the system from writing the program's memory to disk when it
// dies: a workbook that was being read lies in it. What cannot be had is left.
func withoutCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
