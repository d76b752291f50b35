package main

import (
	_ "embed" // the configuration that init writes
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"jindu/store"
)

//go:embed jindu.zh.toml
var configZH []byte

//go:embed jindu.en.toml
var configEN []byte

// initCommand starts a district off.
func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: a.lang.Pick("写一份带说明的 jindu.toml", "write a commented jindu.toml"),
		Args:  a.args(0, 0),
		RunE:  func(*cobra.Command, []string) error { return a.init() },
	}
}

// init writes the configuration to start from; what is there is never overwritten.
func (a *app) init() error {
	name := a.config
	if name == "" {
		name = configName
	}
	text := configZH
	if a.lang == store.English {
		text = configEN
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return store.NewError("config_exists", nil, name)
	case err != nil:
		return store.NewError("cannot_write", err, name)
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return store.NewError("cannot_write", err, name)
	}
	a.line(a.lang.Pick("写好了 "+name+"，改成本区的单位和来源后运行 jindu pull。", "wrote "+name+": enter your units and sources, then run jindu pull"))
	return nil
}
