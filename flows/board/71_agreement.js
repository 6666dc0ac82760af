// The matrix of agreement: each pair of the busiest organisations once, in figures and in depth of colour.

const FEW_SHARED = 3;

function showAgreement(choice) {
  const bodies = busiestBodies(choice.positions, 14);
  const pairs = agreementsOf(bodies).filter(({ share }) => share !== null);
  fill(byId("agreement-sentence"), pairs.length ? agreementWords(bodies, pairs) : "");
  fill(byId("agreement-table"), pairs.length ? agreementTable(pairs) : null);
  byId("agreement-key").hidden = !pairs.length;
  if (!pairs.length) return dropChart("agreement-chart", "No two organisations spoke about the same theme under these filters.");
  setChart("agreement-chart", {
    label: `Agreement between organisations. ${agreementWords(bodies, pairs)}`,
    spec: (width) => agreementSpec(width < 640 ? busiestBodies(choice.positions, 8) : bodies, width),
  });
}

function agreementWords(bodies, pairs) {
  const known = pairs.filter(({ shared }) => shared.length >= FEW_SHARED);
  const ranked = [...known].sort((one, other) => other.share - one.share || other.shared.length - one.shared.length);
  const [near, far] = [ranked[0], ranked.at(-1)];
  const tell = ({ one, other, shared, same }) => `${one.name} and ${other.name} (${same.length} of ${shared.length} shared themes)`;
  const extremes = ranked.length > 1 ? ` Nearest: ${tell(near)}. Farthest: ${tell(far)}.` : "";
  return `The ${bodies.length} busiest organisations, from the most local to the most central, by their latest side on each theme.${extremes}`;
}

function agreementTable(pairs) {
  const rows = [...pairs].sort((one, other) => other.share - one.share || other.shared.length - one.shared.length);
  const names = (themes) => joined(themeNames(themes));
  return tableOf("agreement", "agreement of organisations", [
    { name: "Organisation", value: ({ one }) => one.name, show: ({ one }) => bdi(one.name) },
    { name: "With", value: ({ other }) => other.name, show: ({ other }) => bdi(other.name) },
    { name: "Same side", value: ({ same }) => same.length, isNumber: true },
    { name: "Shared themes", value: ({ shared }) => shared.length, isNumber: true },
    { name: "Agreement", value: ({ share }) => share.toFixed(2), show: ({ share }) => percent(share), isNumber: true },
    { name: "They agree on", value: ({ same }) => names(same) },
    { name: "They differ on", value: ({ shared, same }) => names(shared.filter((theme) => !same.includes(theme))) },
  ], rows);
}

function agreementSpec(bodies, width) {
  const isNarrow = width < 640;
  const left = isNarrow ? 150 : 270;
  const size = Math.max(24, Math.min(52, Math.floor((width - left) / bodies.length)));
  const height = Math.min(size, 38);
  const names = bodies.map((body, index) => bodyLabel(body, index, isNarrow ? 19 : 34));
  const cells = bodies.flatMap((one, row) => bodies.slice(0, row).map((other, column) => agreementCell(agreementOf(one, other), row, column, size)));
  const place = (name, pitch, offset) => ({ field: name, type: "quantitative", axis: null, scale: { domain: [0, bodies.length], range: [offset, offset + bodies.length * pitch], nice: false } });
  const [x, y] = [place("column", size, left), place("row", height, 22)];
  const own = (name) => ({ field: name, type: "nominal", scale: null });
  const middle = { ...x, field: "midX" };
  return {
    width: left + bodies.length * size,
    height: 22 + bodies.length * height,
    padding: 0,
    autosize: "none",
    layer: [
      { data: { values: cells }, mark: { type: "rect", stroke: "var(--card)", strokeWidth: 2 }, encoding: { x, x2: { field: "right" }, y, y2: { field: "bottom" }, color: own("tint"), tooltip: { field: "tip" } } },
      { data: { values: cells }, mark: { type: "text", baseline: "middle", fontSize: size < 34 ? 11 : 13 }, encoding: { x: middle, y: { ...y, field: "midY" }, text: { field: "words" }, color: own("ink"), tooltip: { field: "tip" } } },
      { data: { values: names }, mark: { type: "text", align: "left", baseline: "middle", fontSize: 13 }, encoding: { x: { value: 0 }, y: { ...y, field: "midY" }, text: { field: "words" }, color: own("ink"), tooltip: { field: "tip" } } },
      { data: { values: names.slice(0, -1) }, mark: { type: "text", baseline: "bottom", fontWeight: 600, color: "var(--soft)" }, encoding: { x: middle, y: { ...y, field: "index" }, text: { field: "number" } } },
    ],
  };
}

function bodyLabel(body, index, most) {
  const lean = body.lean / body.count;
  const stance = lean > 0.2 ? "local" : lean < -0.2 ? "central" : "balanced";
  return {
    index, midX: index + 0.5, midY: index + 0.5, number: String(index + 1), ink: "var(--ink)",
    words: `${index + 1}  ${SIDES[stance].symbol} ${clipped(body.name, most)}`,
    tip: `${body.name}\n${counted(body.count, "position")}, on the whole ${SIDES[stance].name}`,
  };
}

function agreementCell({ one, other, shared, same, share }, row, column) {
  const step = share === null ? "no" : Math.min(4, Math.floor(share * 5));
  const differ = shared.filter((theme) => !same.includes(theme));
  const lines = [`${one.name} and ${other.name}`, shared.length ? `same side on ${same.length} of ${counted(shared.length, "shared theme")}` : "no theme in common"];
  if (same.length) lines.push(`agree: ${joined(themeNames(same))}`);
  if (differ.length) lines.push(`differ: ${joined(themeNames(differ))}`);
  return {
    row, column, right: column + 1, bottom: row + 1, midX: column + 0.5, midY: row + 0.5,
    words: shared.length ? `${same.length}/${shared.length}` : "·", tint: `var(--agree-${step})`, ink: `var(--agree-ink-${step})`, tip: lines.join("\n"),
  };
}
