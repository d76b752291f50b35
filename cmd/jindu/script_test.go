package main

import (
	"flag"
	"log"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// together is how many tests run beside each other on a machine of two cores: most of
// them wait, for a terminal, a server or the program's own clock.
const together = "8"

// TestMain lets scripts run the program as a process of its own, and more tests run
// beside each other than there are cores. -parallel says otherwise.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", together); err != nil {
		log.Fatal(err)
	}
	testscript.Main(tests{m}, map[string]func(){"jindu": main})
}

// TestScripts runs every session under testdata/script.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir+"/none")
			e.Setenv("XDG_CACHE_HOME", e.WorkDir+"/cache")
			return nil
		},
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}
