// Reads each file named with SheetJS and says what it saw: file, "ok", cells
// that hold something, sum of the numbers; or file and "error".
const XLSX = require("xlsx");
for (const name of process.argv.slice(2)) {
  try {
    let cells = 0, total = 0;
    const book = XLSX.readFile(name);
    for (const sheet of Object.values(book.Sheets)) {
      for (const at in sheet) {
        if (at[0] === "!" || sheet[at].v === undefined || sheet[at].v === "") continue;
        cells++;
        if (sheet[at].t === "n") total += sheet[at].v;
      }
    }
    console.log([name, "ok", cells, Math.round(total)].join("\t"));
  } catch {
    console.log([name, "error"].join("\t"));
  }
}
