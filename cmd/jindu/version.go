package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build.
var version = ""

// versionCommand says what runs here, for a report of a fault.
func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.lang.Pick("显示版本", "show the version"),
		Args:  a.args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			a.line("jindu " + versionOf() + " " + runtime.GOOS + "/" + runtime.GOARCH + " " + runtime.Version())
			return nil
		},
	}
}

// versionOf returns the version of a release, else the commit that was built.
func versionOf() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "dev-" + s.Value[:12]
		}
	}
	return "dev"
}
