// The matrix of agreement: each pair of the busiest organisations once, in figures and in depth of colour.

const MOST_BODIES = 14;
const CELL_HEIGHT = 36;
const FEW_SHARED = 3;

function showAgreement(choice) {
  const bodies = busiestBodies(choice.positions, MOST_BODIES);
  const pairs = agreementsOf(bodies).filter(({ share }) => share !== null);
  fill(byId("agreement-sentence"), pairs.length ? agreementWords(pairs) : "");
  fill(byId("agreement-table"), pairs.length ? agreementTable(pairs) : null);
  byId("agreement-key").hidden = !pairs.length;
  if (!pairs.length) return dropChart("agreement-chart", noneOf("theme of two organisations", choice.state));
  setChart("agreement-chart", {
    label: `Agreement between organisations. ${agreementWords(pairs)}`,
    spec: (width) => agreementSpec(choice.positions, width),
  });
}

function agreementWords(pairs) {
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
  return `The busiest organisations, from local to central by their latest side; each pair by the latest side of both on each theme.${nearest}${farthest}`;
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
function agreementSpec(positions, width) {
  const room = width - (width < 640 ? 130 : 210);
  const bodies = busiestBodies(positions, Math.max(2, Math.min(MOST_BODIES, Math.floor(room / 37) + 1)));
  const size = Math.min(54, Math.floor(room / Math.max(bodies.length - 1, 1)));
  const names = bodies.map((body, index) => bodyLabel(body, index, width - index * size - 8));
  const cells = bodies.flatMap((one, row) =>
    bodies.slice(0, row).map((other, column) => agreementCell(agreementOf(one, other), row, column)),
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
  const { stance, at } = body.latest;
  return {
    index,
    midY: index + 0.5,
    ink: COLOURS[stance],
    words: fitting(`${SIDES[stance].symbol} ${body.name}`, room, 13, 600),
    tip: `${body.name}\nlatest side: ${SIDES[stance].name}, ${day(at)}\n${counted(body.count, "position")}`,
  };
}

function agreementCell({ one, other, shared, same, opposed, share }, row, column) {
  const step = shared.length < FEW_SHARED ? "no" : Math.min(4, Math.floor(share * 5));
  const differ = shared.filter((theme) => !same.includes(theme));
  const lines = [
    `${one.name} and ${other.name}`,
    shared.length ? `same side on ${same.length} of ${counted(shared.length, "shared theme")}` : "no theme in common",
  ];
  if (same.length) lines.push(`agree: ${joined(themeNames(same))}`);
  if (differ.length) lines.push(`differ: ${joined(themeNames(differ))}`);
  if (opposed.length) lines.push(`on opposite sides of ${number(opposed.length)} of these`);
  return {
    row,
    column,
    right: column + 1,
    bottom: row + 1,
    midX: column + 0.5,
    midY: row + 0.5,
    words: shared.length ? `${same.length}/${shared.length}` : "·",
    tint: `var(--agree-${step})`,
    ink: `var(--agree-ink-${step})`,
    tip: lines.join("\n"),
  };
}
