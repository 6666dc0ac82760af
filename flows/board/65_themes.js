// Themes by month: a small chart for each theme, local above its line, central below, balanced across it.

const THEMES_LEFT = 40;
const THEMES_GAP = 24;
const THEME_TITLE = { anchor: "start", frame: "group", color: "var(--ink)", fontSize: 13, fontWeight: 600, offset: 4 };
const MONTHS_AT_FIRST = 24;
const AIR = 1.05; // above the tallest bar

function showThemes(choice) {
  const chosen = board.tallies.filter((row) => choice.within.tally(row));
  const tallies = choice.state.from || choice.state.to ? chosen : lastMonths(chosen);
  const note =
    choice.state.from || choice.state.to
      ? " Whole months are counted."
      : tallies.length < chosen.length
        ? " These are the last 24 months; for earlier ones set From."
        : "";
  const sided = tallies.filter(({ stance }) => hasSide(stance));
  const steps = stepsOf(sided);
  const themes = busiestThemes(sided);
  fill(byId("themes-sentence"), themes.length ? themesWords(sided, themes, steps) + note : "");
  fill(byId("themes-table"), tallies.length ? themesTable(tallies, steps) : null);
  byId("themes-key").hidden = !themes.length;
  if (!themes.length) return dropChart("themes-chart", noneOf("statement with a side and a theme", choice.state));
  setChart("themes-chart", {
    label: `Sides by theme and ${steps.name}. ${themesWords(sided, themes, steps)}`,
    spec: (width) => themesSpec(themeBars(sided, themes, steps), themes, width, steps),
    onpick: (key) => go({ theme: key === choice.state.theme ? "" : key }),
  });
}

/** The last two years: of a long history years would be drawn, where months are asked for. */
function lastMonths(tallies) {
  const last = tallies.reduce((latest, { month }) => (month > latest ? month : latest), "");
  if (!last) return tallies;
  return tallies.filter(({ month }) => monthOf(month) > monthOf(last) - MONTHS_AT_FIRST);
}

function busiestThemes(sided) {
  const counts = new Map();
  for (const { theme, n } of sided) counts.set(theme, (counts.get(theme) ?? 0) + n);
  return [...counts]
    .sort((one, other) => other[1] - one[1])
    .map(([theme, count], place) => ({ theme, count, place, ...board.themes[theme] }));
}

/** Months, or quarters and years where there are too many months to tell bars apart. */
function stepsOf(rows) {
  const times = rows.map(({ month }) => monthOf(month));
  const [first, last] = [
    times.reduce((a, b) => Math.min(a, b), Infinity),
    times.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const months = rows.length ? last - first : 0;
  const [name, size] = months <= 40 ? ["month", 1] : months <= 120 ? ["quarter", 3] : ["year", 12];
  const begin = (month) => monthStart(Math.floor(month / size) * size);
  const end = (start) => monthStart(monthOf(londonDay(start)) + size);
  const span = rows.length ? { first: begin(first), last: end(begin(last)) } : {};
  return { name, size, begin, end, ...span };
}

function themesWords(sided, themes, steps) {
  const total = sided.reduce((sum, { n }) => sum + n, 0);
  const sum = (stance) => sided.reduce((all, row) => all + (row.stance === stance ? row.n : 0), 0);
  const what = themes.length > 1 ? "a theme" : themes[0].label;
  const sides = `${number(sum("local"))} local, ${number(sum("balanced"))} balanced, ${number(sum("central"))} central`;
  const top = themes.slice(0, 3).map(({ label, count }) => `${label} (${number(count)})`);
  const busiest = themes.length > 1 ? ` Most spoken about: ${joined(top)}.` : "";
  return `${counted(total, "mention")} of ${what} in statements with a side, by ${steps.name}: ${sides}.${busiest}`;
}

function themesTable(tallies, steps) {
  const cells = new Map();
  for (const row of tallies) {
    const start = steps.begin(monthOf(row.month));
    const key = `${start} ${row.theme}`;
    const cell = cells.get(key) ?? { start, theme: row.theme, local: 0, balanced: 0, central: 0, none: 0 };
    cell[sideOf(row.stance).key] += row.n;
    cells.set(key, cell);
  }
  const rows = [...cells.values()].sort((one, other) => other.start - one.start || one.theme - other.theme);
  const count = (key) => ({
    name: capital(key === "none" ? "no side" : key),
    value: (row) => row[key],
    isNumber: true,
  });
  return tableOf(
    "themes",
    `themes by ${steps.name}`,
    [
      {
        name: capital(steps.name),
        value: ({ start }) => londonDay(start).slice(0, 7),
        show: ({ start }) => MONTH.format(start),
      },
      { name: "Theme", value: ({ theme }) => board.themes[theme]?.label ?? "" },
      ...["local", "balanced", "central", "none"].map(count),
    ],
    rows,
  );
}

/** Bars from lowest to highest: central down from balanced's lower half, local up from its upper half. */
function themeBars(sided, themes, steps) {
  const sums = new Map();
  for (const { month, theme, stance, n } of sided) {
    const key = `${theme} ${steps.begin(monthOf(month))}`;
    const sum = sums.get(key) ?? { theme, start: steps.begin(monthOf(month)), local: 0, balanced: 0, central: 0 };
    sum[stance] += n;
    sums.set(key, sum);
  }
  const places = new Map(themes.map(({ theme, place }) => [theme, place]));
  return [...sums.values()].flatMap((sum) => barsOf(sum, places.get(sum.theme), steps));
}

function barsOf(sum, index, steps) {
  const half = sum.balanced / 2;
  const spans = { central: [-half - sum.central, -half], balanced: [-half, half], local: [half, half + sum.local] };
  const tip = `${board.themes[sum.theme].label}, ${MONTH.format(sum.start)}\n▲ ${number(sum.local)} local\n◆ ${number(sum.balanced)} balanced\n▼ ${number(sum.central)} central`;
  const gap = (steps.end(sum.start) - sum.start) * 0.08;
  return SIDES_FROM_LEFT.filter((key) => sum[key]).map((key) => ({
    index,
    start: sum.start + gap,
    end: steps.end(sum.start) - gap,
    low: spans[key][0],
    high: spans[key][1],
    ink: COLOURS[key],
    tip,
    pick: board.themes[sum.theme].key,
  }));
}

/** The busiest theme wide on a scale of its own, the others as small charts on one scale. */
function themesSpec(bars, themes, width, steps) {
  const columns = Math.max(1, Math.min(themes.length - 1, Math.floor((width + THEMES_GAP) / 330)));
  const inner = Math.floor((width - THEMES_LEFT - BEYOND - (columns - 1) * THEMES_GAP) / columns);
  const cell = (size) => (theme, index) => themeCell(theme, { ...size, hasAxis: index % columns === 0 });
  const small = {
    width: inner,
    height: width < 640 ? 64 : 84,
    steps,
    highest: highestOf(bars.filter(({ index }) => index > 0)),
    bars,
  };
  const wide = {
    ...small,
    width: width - THEMES_LEFT - BEYOND,
    height: width < 640 ? 120 : 170,
    highest: highestOf(bars.filter(({ index }) => index === 0)),
  };
  const rest = {
    columns,
    spacing: { row: 60, column: THEMES_GAP },
    align: "none",
    bounds: "flush",
    concat: themes.slice(1).map(cell(small)),
  };
  return {
    padding: { left: 0, right: 0, top: 0, bottom: 6 },
    autosize: "pad",
    bounds: "flush",
    spacing: 60,
    vconcat: [cell(wide)(themes[0], 0), ...(themes.length > 1 ? [rest] : [])],
  };
}

function highestOf(bars) {
  return bars.reduce((most, { low, high }) => Math.max(most, high, -low), 1);
}

/** Zero and a few round numbers on both sides of it. */
function roundValues(highest) {
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = power * [5, 2, 1].find((size) => size * power <= highest);
  const steps = Array.from({ length: Math.floor(highest / step) }, (_, index) => (index + 1) * step);
  return [0, ...steps, ...steps.map((value) => -value)];
}

function themeCell({ label, count, place }, { bars, width, height, steps, highest, hasAxis }) {
  const extent = THEMES_LEFT - 8;
  const labelExpr = "format(abs(datum.value), ',')";
  const axis = { values: roundValues(highest), minExtent: extent, maxExtent: extent, labelExpr, labels: hasAxis };
  const y = (field) => ({ field, type: "quantitative", scale: { domain: [-highest * AIR, highest * AIR], nice: false }, axis });
  const x = barChannel("start", steps, width);
  const box = { x, x2: { field: "end" }, y: y("low"), y2: { field: "high" }, color: own("ink") };
  const total = ` · ${number(count)}`;
  const mine = bars.filter(({ index }) => index === place);
  return {
    title: { ...THEME_TITLE, text: fitting(label, width - widthOf(total, 13, 600) - 4, 13, 600) + total },
    width,
    height,
    layer: [
      layer(mine, { type: "rect", cursor: "pointer" }, { ...box, ...TIP }),
      layer([{ zero: 0 }], { type: "rule", stroke: "var(--soft)" }, { y: y("zero") }),
    ],
  };
}
