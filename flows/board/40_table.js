// The table that stands behind each chart, with the same figures, and its download as CSV.

const opened = new Set();
const FORMULA = /^[=+\-@\t\r]/;

/** CSV in which a text that a spreadsheet would take for a formula begins with an apostrophe. */
function csvOf(columns, rows) {
  return [columns, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function csvCell(value) {
  const words = String(value ?? "");
  const safe = typeof value === "string" && FORMULA.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  const anchor = el("a", { href, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** A closed "Table" with a download. `columns` are {name, value, show?, isNumber?, isLong?}: value is plain. */
function tableOf(name, caption, columns, rows) {
  const save = () =>
    download(
      `stancewatch-${name}.csv`,
      csvOf(
        columns.map((column) => column.name),
        rows.map((row) => columns.map((column) => column.value(row))),
      ),
    );
  const box = el(
    "details",
    { class: "data", open: opened.has(name) },
    el("summary", {}, `Table: ${caption}`, el("span", { class: "soft" }, ` (${counted(rows.length, "row")})`)),
  );
  box.addEventListener("toggle", () => {
    keepOpen(name, box.open);
    if (box.open && box.childElementCount === 1) box.append(...tableBody());
  });
  const tableBody = () => [
    el("div", { class: "tools" }, button("Download CSV", save, { class: "download" })),
    scrolling(`Table: ${caption}`, tableMarkup(caption, columns, rows)),
  ];
  return box;
}

/** What the reader opened stays open when the page is drawn anew. */
function keepOpen(name, isOpen) {
  if (isOpen) opened.add(name);
  else opened.delete(name);
}

function scrolling(label, table) {
  return el("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, table);
}

function tableMarkup(caption, columns, rows, most = 50) {
  const body = el("tbody", {});
  const table = el(
    "table",
    {},
    el("caption", { class: "unseen" }, caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        columns.map((column) => el("th", { scope: "col", class: kindOf(column) }, column.name)),
      ),
    ),
    body,
  );
  let shown = 0;
  const more = el("button", { type: "button", class: "more", onclick: () => grow(500) });
  const foot = el("tfoot", {}, el("tr", {}, el("td", { colspan: columns.length }, more)));
  function grow(count) {
    body.append(...rows.slice(shown, shown + count).map((row) => tableRow(columns, row)));
    shown = Math.min(rows.length, shown + count);
    more.textContent = `Show more of ${counted(rows.length - shown, "row")}`;
    foot.hidden = shown >= rows.length;
  }
  grow(most);
  table.append(foot);
  return table;
}

/** Figures stand to the right; a column of sentences has room for them, so that no row becomes a tower. */
function kindOf({ isNumber, isLong }) {
  return isNumber ? "number" : isLong ? "long" : null;
}

function tableRow(columns, row) {
  const cells = columns.map((column, index) => {
    const shown = column.show ? column.show(row) : String(column.value(row) ?? "");
    const kind = kindOf(column);
    return index ? el("td", { class: kind }, shown) : el("th", { scope: "row", class: kind }, shown);
  });
  return el("tr", {}, cells);
}
