// Command jindu is the board of a district drug-control command centre: it
// pulls units' spreadsheets into a local mirror and shows live figures in the
// terminal, each with its age, its source cell and its completeness.
//
// One file holds one command. Run is the program without its process, so that
// tests can start it; wire.go is the only place where screen, pull and mirror meet.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones are known on machines that have no table of them, too
)

func main() {
	withoutCore()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := Run(ctx, Process{
		Args:   os.Args[1:],
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Getenv: os.Getenv,
		Now:    time.Now,
	})
	stop()
	os.Exit(status)
}
