// The matrix of agreement: each pair of the busiest organisations once, in figures and in depth of colour; on one
// chosen theme, where there are no degrees, in signs.

const MOST_BODIES = 14;
const CELL_HEIGHT = 36;
const CELL_LEAST = 36; // wide: so that a sheet of paper has room for all
const FEW_SHARED = 3;
const VERDICTS = {
  same: { sign: "=", step: 4, words: "on the same side" },
  opposed: { sign: "≠", step: 1, words: "on opposite sides" },
  apart: { sign: "~", step: 2, words: "apart, as one of them is balanced" },
};

function showAgreement({ positions, state, within }) {
  const { theme } = within;
  const bodies = busiestBodies(positions, MOST_BODIES, theme);
  const pairs = agreementsOf(bodies).filter(({ share }) => share !== null);
  const words = pairs.length ? agreementWords(pairs, theme) : "";
  fill(byId("agreement-sentence"), words);
  fill(byId("agreement-table"), pairs.length ? agreementTable(pairs) : null);
  byId("agreement-key").hidden = !pairs.length;
  byId("agreement-on-all").hidden = theme >= 0;
  byId("agreement-on-one").hidden = theme < 0;
  byId("agreement-undrawn").textContent = "";
  if (!pairs.length) return dropChart("agreement-chart", noneOf("theme of two organisations", state));
  setChart("agreement-chart", {
    label: `Agreement between organisations. ${words}`,
    spec: (width) => agreementSpec(positions, width, theme),
    ondrawn: (view) => tellUndrawn(bodiesWithin(view.width()), bodies.length),
  });
}

/** How many organisations a chart of this width has room for. */
function bodiesWithin(width) {
  return Math.max(2, Math.min(MOST_BODIES, Math.floor(roomForCells(width) / CELL_LEAST) + 1));
}

function roomForCells(width) {
  return width - (width < 640 ? 130 : 210);
}

function tellUndrawn(drawn, all) {
  byId("agreement-undrawn").textContent =
    drawn < all ? `The ${number(drawn)} busiest are drawn; the table has all ${number(all)}.` : "";
}

function agreementWords(pairs, theme) {
  const order = "The busiest organisations, from local to central by their latest side;";
  if (theme >= 0) return `${order} ${verdictWords(pairs, board.themes[theme].label)}`;
  const known = pairs.filter(({ shared }) => shared.length >= FEW_SHARED);
  const most = (name) =>
    known.reduce((best, pair) => {
      const isMore = pair[name] - best?.[name] || pair.shared.length - best?.shared.length;
      return !best || isMore > 0 ? pair : best;
    }, null);
  const [near, far] = [most("share"), most("distance")];
  const tell = ({ one, other, shared }, themes, words) =>
    `${one.name} and ${other.name} (${words} on ${themes.length} of ${counted(shared.length, "shared theme")})`;
  const nearest = near?.share ? ` Nearest: ${tell(near, near.same, "the same side")}.` : "";
  const farthest = far?.distance ? ` Farthest: ${tell(far, far.opposed, "opposite sides")}.` : "";
  return `${order} each pair by the latest side of both on each theme.${nearest}${farthest}`;
}

/** What a pair is to each other on the one theme that is chosen. */
function verdictOf({ same, opposed }) {
  return same.length ? "same" : opposed.length ? "opposed" : "apart";
}

function verdictWords(pairs, label) {
  const counts = countBy(pairs, verdictOf);
  const parts = Object.keys(VERDICTS).filter((key) => counts.has(key));
  const told = parts.map((key) => `${number(counts.get(key))} ${VERDICTS[key].words}`);
  return `each pair by the latest side of both on the chosen theme alone, ${label}. Of ${counted(pairs.length, "pair")}: ${joined(told)}.`;
}

function agreementTable(pairs) {
  const rows = [...pairs].sort((one, other) => other.share - one.share || other.shared.length - one.shared.length);
  const names = (themes) => joined(themeNames(themes));
  return tableOf(
    "agreement",
    "agreement of organisations",
    [
      { name: "Organisation", value: ({ one }) => one.name, show: ({ one }) => bdi(one.name) },
      { name: "With", value: ({ other }) => other.name, show: ({ other }) => bdi(other.name) },
      { name: "Same side", value: ({ same }) => same.length, isNumber: true },
      { name: "Shared themes", value: ({ shared }) => shared.length, isNumber: true },
      {
        name: "Agreement",
        value: ({ share }) => share.toFixed(2),
        show: ({ share }) => percent(share),
        isNumber: true,
      },
      { name: "Opposite sides", value: ({ opposed }) => opposed.length, isNumber: true },
      { name: "They agree on", value: ({ same }) => names(same) },
      { name: "They differ on", value: ({ shared, same }) => names(shared.filter((theme) => !same.includes(theme))) },
    ],
    rows,
  );
}

/** The lower half of a square; each name ends its row and heads its column. */
function agreementSpec(positions, width, theme) {
  const room = roomForCells(width);
  const bodies = busiestBodies(positions, bodiesWithin(width), theme);
  const size = Math.min(54, Math.floor(room / Math.max(bodies.length - 1, 1)));
  const names = bodies.map((body, index) => bodyLabel(body, index, width - index * size - 8));
  const cells = bodies.flatMap((one, row) =>
    bodies.slice(0, row).map((other, column) => cellAt({ row, column }, agreementOf(one, other), theme)),
  );
  const place = (pitch) => (field) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, bodies.length], range: [0, bodies.length * pitch], nice: false },
  });
  return {
    width,
    height: bodies.length * CELL_HEIGHT,
    padding: 0,
    autosize: "none",
    layer: agreementLayers(cells, names, place(size), place(CELL_HEIGHT), size < 46 ? 11 : 13),
  };
}

function agreementLayers(cells, names, x, y, fontSize) {
  const box = { x: x("column"), x2: { field: "right" }, y: y("row"), y2: { field: "bottom" }, color: own("tint") };
  const words = { text: { field: "words" }, color: own("ink"), ...TIP };
  const middle = { type: "text", baseline: "middle" };
  return [
    layer(cells, { type: "rect", stroke: "var(--card)", strokeWidth: 2 }, { ...box, ...TIP }),
    layer(cells, { ...middle, fontSize }, { x: x("midX"), y: y("midY"), ...words }),
    layer(
      names,
      { ...middle, align: "left", fontSize: 13, fontWeight: 600, dx: 8 },
      { x: x("index"), y: y("midY"), ...words },
    ),
  ];
}

function bodyLabel(body, index, room) {
  const { stance, actor } = body.latest;
  const { person } = board.actors[actor];
  return {
    index,
    midY: index + 0.5,
    ink: COLOURS[stance],
    words: fitting(`${SIDES[stance].symbol} ${body.name}`, room, 13, 600),
    tip: `${body.name}\nlatest side: ${SIDES[stance].name}, ${dayOf(body.latest)}${person ? `, by ${person}` : ""}\n${counted(body.count, "position")}`,
  };
}

function cellAt({ row, column }, pair, theme) {
  const { step, words, lines } = theme < 0 ? agreementCell(pair) : verdictCell(pair, board.themes[theme].label);
  return {
    row,
    column,
    right: column + 1,
    bottom: row + 1,
    midX: column + 0.5,
    midY: row + 0.5,
    words,
    tint: `var(--agree-${step})`,
    ink: `var(--agree-ink-${step})`,
    tip: [`${pair.one.name} and ${pair.other.name}`, ...lines].join("\n"),
  };
}

function agreementCell({ shared, same, opposed, share }) {
  if (!shared.length) return { step: "no", words: "·", lines: ["no theme in common"] };
  const step = shared.length < FEW_SHARED ? "no" : Math.min(4, Math.floor(share * 5));
  const differ = shared.filter((theme) => !same.includes(theme));
  const lines = [
    `same side on ${same.length} of ${counted(shared.length, "shared theme")}`,
    same.length && `agree: ${joined(themeNames(same))}`,
    differ.length && `differ: ${joined(themeNames(differ))}`,
    opposed.length && `on opposite sides of ${number(opposed.length)} of these`,
  ];
  return { step, words: `${same.length}/${shared.length}`, lines: lines.filter(Boolean) };
}

/** On one theme all the organisations of the matrix have a side: the positions are those that touch it. */
function verdictCell(pair, label) {
  const { sign: words, step, words: told } = VERDICTS[verdictOf(pair)];
  const [theme] = pair.shared;
  const tell = ({ name, sides }) => `${name}: ${sideOf(sides.get(theme).stance).name}, ${dayOf(sides.get(theme))}`;
  return { step, words, lines: [`on ${label}: ${told}`, tell(pair.one), tell(pair.other)] };
}
