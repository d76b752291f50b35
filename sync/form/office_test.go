package form_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
	"jindu/sync/form"
	"jindu/sync/sheet"
)

// office is one worked example: workbooks and what a correct reading gives.
type office struct {
	About   string            `json:"about"`
	Check   map[string]string `json:"check"`
	Figures []struct {
		Unit, Indicator, Period string
		Value                   float64
	} `json:"figures"`
	Absent  []struct{ Unit, Indicator, Period string } `json:"absent"`
	Secrets []string                                   `json:"secrets"`
}

// shared finds the worked examples beside the project.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("JINDU_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "office")); err != nil {
		t.Skip("no worked examples beside the project")
	}
	return dir
}

// officeOptions reads the units of an example's configuration.
func officeOptions(t *testing.T, path string) form.Options {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		District struct {
			Name       string
			Population int
		}
		BureauNames []string `toml:"bureau_names"`
		Unit        []store.Unit
	}
	if err := toml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return form.Options{
		Units:       store.NewUnits(c.Unit),
		District:    store.District{Name: c.District.Name, Population: c.District.Population, Bureaus: c.BureauNames},
		Catalogue:   catalogue,
		Today:       store.Date{Year: 2026, Month: 6, Day: 26},
		MonthStarts: 1,
		Secret:      []byte("a secret of the tests"),
	}
}

func TestOffice(t *testing.T) {
	dir := filepath.Join(shared(t), "office")
	cases, err := filepath.Glob(filepath.Join(dir, "*", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range cases {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want office
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			opt := officeOptions(t, filepath.Join(filepath.Dir(path), "jindu.toml"))
			got := map[store.Key]float64{}
			for name, verdict := range want.Check {
				data, err := os.ReadFile(filepath.Join(filepath.Dir(path), "reports", name))
				if err != nil {
					t.Fatal(err)
				}
				book, err := sheet.Read(t.Context(), data, sheet.DefaultLimits())
				if err != nil {
					t.Fatal(err)
				}
				reading := form.Read(book, name, opt)
				if string(reading.Workbook.Verdict) != verdict {
					t.Errorf("%s is %s, want %s: %v", name, reading.Workbook.Verdict, verdict, messages(reading))
				}
				for _, s := range reading.Statements {
					got[s.Key] = s.Value
				}
				whole := fmt.Sprintf("%+v", reading)
				for _, secret := range want.Secrets {
					if strings.Contains(whole, secret) {
						t.Errorf("the reading holds the secret %q", secret)
					}
				}
			}
			for _, f := range want.Figures {
				p, err := store.ParsePeriod(f.Period)
				if err != nil {
					t.Fatal(err)
				}
				v, ok := got[store.Key{Unit: f.Unit, Indicator: f.Indicator, Period: p}]
				if !ok || math.Abs(v-f.Value) > 1e-9 {
					t.Errorf("%s %s %s is %v (%v), want %v", f.Unit, f.Indicator, f.Period, v, ok, f.Value)
				}
			}
			for _, a := range want.Absent {
				for k := range got {
					if (a.Unit == "*" || a.Unit == k.Unit) && (a.Indicator == "*" || a.Indicator == k.Indicator) &&
						(a.Period == "*" || a.Period == k.Period.String()) {
						t.Errorf("%v must not be stated", k)
					}
				}
			}
		})
	}
}

// messages writes the findings of a reading for a failing test.
func messages(r *store.Reading) []string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, f.Sheet+"!"+f.Cell+" "+f.Rule+" "+f.Message(store.English))
	}
	return all
}
