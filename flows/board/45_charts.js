// Charts: drawn when they come near the window, and one after the other when the browser has nothing else to do, so
// that print finds all of them. Colours are the page's own variables: dark mode and print recolour a drawn chart.

const CHART_CONFIG = {
  background: null,
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
  view: { stroke: null },
  aria: false,
  axis: {
    labelColor: "var(--soft)",
    labelFontSize: 12,
    titleColor: "var(--soft)",
    gridColor: "var(--grid)",
    domain: false,
    ticks: false,
    labelPadding: 6,
    title: null,
  },
  header: { labelColor: "var(--ink)", labelFontSize: 13, labelFontWeight: 600, title: null },
  text: { color: "var(--ink)", fontSize: 12 },
};
const COLOURS = { local: "var(--local)", balanced: "var(--balanced)", central: "var(--central)", none: "var(--none)" };
const VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json";
const PAPER_WIDTH = 680;
const TIP = { tooltip: { field: "tip" } };
const SIGN = { type: "point", filled: true, cursor: "pointer", stroke: "var(--card)", strokeWidth: 1 };
const ruler = document.createElement("canvas").getContext("2d");
const charts = new Map();

/** A layer of a chart: rows, the mark that shows them, and what of a row decides what of the mark. */
function layer(values, mark, encoding) {
  return { data: { values }, mark, encoding };
}

/** A channel whose values stand in the rows as they are drawn: a colour, a shape. */
function own(field) {
  return { field, type: "nominal", scale: null };
}

/** Likewise for a size or an opacity. */
function measure(field) {
  return { field, type: "quantitative", scale: null };
}

/** How wide words are in a chart, in pixels. */
function widthOf(words, size = 12, weight = 400) {
  ruler.font = `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif`;
  return ruler.measureText(words).width;
}

/** Words cut so that they are no wider than `room`. */
function fitting(words, room, size = 12, weight = 400) {
  let cut = clipped(words, 90);
  while (cut.length > 4 && widthOf(cut, size, weight) > room + 0.01) cut = clipped(words, Array.from(cut).length - 1);
  return cut;
}

/**
 * Sets what a figure shows: `spec(width)` gives a Vega-Lite specification, `onpick` takes the row of a clicked mark,
 * `ondrawn` the view. `label` is the text alternative. Drawing waits until the place is near the window.
 */
function setChart(id, { label, spec, onpick = null, ondrawn = null }) {
  const place = byId(id);
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", label);
  const chart = charts.get(id) ?? { place, view: null, paper: null, drawnWidth: 0, turn: 0 };
  Object.assign(chart, { spec, onpick, ondrawn, isStale: true });
  charts.set(id, chart);
  nearness.unobserve(place);
  nearness.observe(place);
  drawWhenIdle();
}

function dropChart(id, words) {
  const chart = charts.get(id);
  chart?.view?.finalize();
  charts.delete(id);
  const place = byId(id);
  for (const name of ["role", "aria-label"]) place.removeAttribute(name);
  fill(place, el("p", { class: "empty" }, words));
}

const nearness = new IntersectionObserver(
  (entries) =>
    entries.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => draw(charts.get(target.id))),
  { rootMargin: "300px" },
);

async function draw(chart) {
  const width = Math.floor(chart?.place.clientWidth ?? 0);
  if (!chart || !width || (!chart.isStale && Math.abs(width - chart.drawnWidth) < 2)) return;
  Object.assign(chart, { isStale: false, hasPaper: false, drawnWidth: width, turn: chart.turn + 1 });
  const turn = chart.turn;
  const stage = el("div", { class: "screen", "aria-hidden": "true" });
  const view = await embed(stage, chart.spec(width));
  if (turn !== chart.turn || charts.get(chart.place.id) !== chart) return view?.finalize();
  if (!view) return fill(chart.place, el("p", { class: "empty" }, "This chart cannot be drawn here: see its table."));
  chart.view?.finalize();
  chart.view = view;
  fill(chart.place, stage, chart.paper);
  if (chart.onpick)
    view.addEventListener("click", (_event, item) => item?.datum?.pick !== undefined && chart.onpick(item.datum.pick));
  chart.ondrawn?.(view);
  performance.mark("stancewatch-chart");
}

/** The same chart at the width of a sheet: a browser that prints waits for nothing. */
async function drawForPaper(chart) {
  const turn = chart.turn;
  chart.hasPaper = true;
  const stage = el("div", { class: "paper", "aria-hidden": "true" });
  const view = await embed(stage, chart.spec(PAPER_WIDTH));
  view?.finalize();
  if (!view || turn !== chart.turn || charts.get(chart.place.id) !== chart) return;
  chart.paper?.remove();
  chart.paper = stage;
  chart.place.append(stage);
}

/** Draws into an element; nothing where the library fails, which must not stop the other charts. */
async function embed(stage, spec) {
  const options = {
    mode: "vega-lite",
    actions: false,
    ast: true,
    renderer: "svg",
    defaultStyle: false,
    tooltip: showTip,
  };
  try {
    return (await vegaEmbed(stage, { $schema: VEGA_LITE, config: CHART_CONFIG, ...spec }, options)).view;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** Draws one chart after the other when there is nothing else to do: first those of the window, then those for paper. */
let isWaiting = false;
let afterDrawing = null;
function drawWhenIdle() {
  if (isWaiting) return;
  isWaiting = true;
  const idle = window.requestIdleCallback ?? ((call) => setTimeout(call, 50));
  idle(
    async () => {
      isWaiting = false;
      const all = [...charts.values()].filter(({ place }) => place.clientWidth);
      const next = all.find(({ isStale }) => isStale);
      if (!next) finishDrawing();
      const sheet = next ? null : all.find(({ hasPaper }) => !hasPaper);
      if (next) await draw(next);
      else if (sheet) await drawForPaper(sheet);
      else return document.documentElement.setAttribute("data-printable", "");
      drawWhenIdle();
    },
    { timeout: 300 },
  );
}

function finishDrawing() {
  document.documentElement.setAttribute("data-drawn", "");
  afterDrawing?.();
  afterDrawing = null;
}

function redrawForWidth() {
  for (const chart of charts.values())
    if (Math.abs(chart.place.clientWidth - chart.drawnWidth) >= 2) chart.isStale = true;
  for (const chart of charts.values()) {
    nearness.unobserve(chart.place);
    nearness.observe(chart.place);
  }
  drawWhenIdle();
}

/** The words beside the pointer: lines of text, never markup. */
function showTip(_handler, event, _item, value) {
  const tip = byId("tip");
  tip.hidden = !value;
  if (!value) return;
  fill(
    tip,
    String(value)
      .split("\n")
      .map((line, index) => el(index ? "div" : "b", {}, bdi(line))),
  );
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - width - 8);
  const top = event.clientY + height + 24 > window.innerHeight ? event.clientY - height - 12 : event.clientY + 16;
  tip.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
}
