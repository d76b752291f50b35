package sheet

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Other ways to read a spreadsheet, each as the process that a user would
// start: a Go program on excelize, a Python and a Node script, LibreOffice.

// saw is what a reader says of a file.
type saw struct {
	failed bool
	cells  int // that hold something
	sum    float64
	summed bool // the reader tells the sum of the numbers
}

// total is the sum as the peers tell it.
func (s saw) total() string {
	if !s.summed {
		return "-"
	}
	return strconv.FormatFloat(math.Round(s.sum), 'f', 0, 64)
}

// peer is one reader as a process.
type peer struct {
	name    string
	formats []string
	// command returns the process that reads the files; outputs of its own go
	// into the folder.
	command func(ctx context.Context, dir string, files []string) (*exec.Cmd, error)
	// read takes what it said; nil: from its standard output.
	read func(dir string, file string) saw
}

// peers lists jindu first and then the others. One that is not installed fails
// in command.
func peers() []peer {
	return []peer{
		{name: "jindu", formats: []string{"xlsx", "xls"}, command: self},
		{name: "excelize", formats: []string{"xlsx"}, command: self},
		{name: "excelize-rows", formats: []string{"xlsx"}, command: self},
		{name: "python", formats: []string{"xlsx", "xls"}, command: script("JINDU_PYTHON", "python3", "script.py")},
		{name: "node", formats: []string{"xlsx", "xls"}, command: script("JINDU_NODE", "node", "script.js")},
		{name: "libreoffice", formats: []string{"xlsx", "xls"}, command: office, read: converted},
	}
}

// peerName is the variable by which the test program reads files instead of testing.
const peerName = "JINDU_PEER"

func TestMain(m *testing.M) {
	switch os.Getenv(peerName) {
	case "":
		os.Exit(m.Run())
	case "excelize":
		tell(func(data []byte) saw { return withExcelize(data, true) })
	case "excelize-rows":
		tell(func(data []byte) saw { return withExcelize(data, false) })
	default:
		tell(withJindu)
	}
}

// tell reads the files named in the arguments and says what it saw.
func tell(read func(data []byte) saw) {
	for _, name := range os.Args[1:] {
		data, err := os.ReadFile(name)
		s := saw{failed: true}
		if err == nil {
			s = read(data)
		}
		if s.failed {
			_, err = os.Stdout.WriteString(name + "\terror\n")
		} else {
			_, err = fmt.Fprintf(os.Stdout, "%s\tok\t%d\t%s\n", name, s.cells, s.total())
		}
		if err != nil {
			os.Exit(1)
		}
	}
}

func withJindu(data []byte) saw {
	book, err := Read(context.Background(), data, DefaultLimits())
	if err != nil {
		return saw{failed: true}
	}
	s := saw{summed: true}
	for _, sheet := range book.Sheets {
		s.cells += len(sheet.Cells)
		for _, c := range sheet.Cells {
			if c.Kind == Number {
				s.sum += c.Num
			}
		}
	}
	return s
}

// withExcelize reads rows of raw values, as most of its users do, and where typed
// tells text from numbers by the cells' types.
func withExcelize(data []byte, typed bool) saw {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return saw{failed: true}
	}
	s := saw{summed: typed}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			return saw{failed: true}
		}
		for i, row := range rows {
			for j, v := range row {
				if v == "" {
					continue
				}
				s.cells++
				if !typed {
					continue
				}
				kind, err := f.GetCellType(name, Ref(i, j))
				if err != nil {
					return saw{failed: true}
				}
				if kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
					if n, err := strconv.ParseFloat(v, 64); err == nil {
						s.sum += n
					}
				}
			}
		}
	}
	return s
}

// self reads with this very program, whose name the environment gives.
func self(ctx context.Context, _ string, files []string) (*exec.Cmd, error) {
	program, err := os.Executable()
	return exec.CommandContext(ctx, program, files...), err
}

// script reads with an interpreter; a variable may name another one than the path's.
func script(variable, program, name string) func(context.Context, string, []string) (*exec.Cmd, error) {
	return func(ctx context.Context, _ string, files []string) (*exec.Cmd, error) {
		if named := os.Getenv(variable); named != "" {
			program = named
		}
		path, err := exec.LookPath(program)
		if err != nil {
			return nil, err
		}
		return exec.CommandContext(ctx, path, append([]string{filepath.Join("testdata", "peers", name)}, files...)...), nil
	}
}

// office has LibreOffice write each file as csv.
func office(ctx context.Context, dir string, files []string) (*exec.Cmd, error) {
	path, err := exec.LookPath("soffice")
	if err != nil {
		return nil, err
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "csv", "--outdir", dir}
	return exec.CommandContext(ctx, path, append(args, files...)...), nil
}

// converted counts the cells of the csv that LibreOffice wrote, if it wrote one.
// It shows numbers as formatted, so there is no sum.
func converted(dir, file string) saw {
	base := filepath.Base(file)
	data, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(base, filepath.Ext(base))+".csv"))
	if err != nil {
		return saw{failed: true}
	}
	s := withJindu(data)
	s.summed = false
	return s
}

// run has the peer read the files and returns what it saw of each, and the
// peak of its memory in megabytes. It skips where the peer is not installed.
func (p peer) run(tb testing.TB, files []string) (map[string]saw, float64) {
	tb.Helper()
	dir := tb.TempDir()
	cmd, err := p.command(tb.Context(), dir, files)
	if err != nil {
		tb.Skipf("%s is not installed: %v", p.name, err)
	}
	cmd.Env = append(os.Environ(), peerName+"="+p.name)
	out, err := measured(cmd, dir)
	if err != nil && len(out) == 0 && p.read == nil {
		tb.Skipf("%s does not run here: %v", p.name, err)
	}
	all := map[string]saw{}
	if p.read != nil {
		for _, f := range files {
			all[f] = p.read(dir, f)
		}
		return all, peak(dir)
	}
	for line := range strings.Lines(string(out)) {
		field := strings.Split(strings.TrimSpace(line), "\t")
		if len(field) < 4 {
			all[field[0]] = saw{failed: true}
			continue
		}
		s := saw{summed: field[3] != "-"}
		if s.cells, err = strconv.Atoi(field[2]); err == nil && s.summed {
			s.sum, err = strconv.ParseFloat(field[3], 64)
		}
		if err != nil {
			tb.Fatalf("%s said %q", p.name, line)
		}
		all[field[0]] = s
	}
	return all, peak(dir)
}

// measured runs the command under time(1) where there is one: the peak that the
// system notes for a child itself is never below that of its large parent.
func measured(cmd *exec.Cmd, dir string) ([]byte, error) {
	if path, err := exec.LookPath("time"); err == nil {
		cmd.Args = append([]string{path, "-f", "%M", "-o", filepath.Join(dir, "peak")}, cmd.Args...)
		cmd.Path = path
	}
	return cmd.Output()
}

// peak returns the most memory that the command held, in megabytes; 0: not known.
func peak(dir string) float64 {
	text, err := os.ReadFile(filepath.Join(dir, "peak"))
	if err != nil {
		return 0
	}
	lines := strings.Fields(string(text)) // a failed command's status stands before it
	kb, err := strconv.ParseFloat(lines[len(lines)-1], 64)
	if err != nil {
		return 0
	}
	return kb / 1024
}
