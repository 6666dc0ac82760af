// The field: everybody between central and local control, with arrows from where they stood before.

function showField(choice) {
  const { stands, range } = choice;
  const moved = stands.filter(({ hasMoved }) => hasMoved);
  fill(byId("field-sentence"), fieldSentence(choice, moved));
  fill(byId("field-table"), stands.length ? fieldTable(stands) : null);
  byId("field-key").hidden = !stands.length;
  byId("field-arrows").hidden = moved.length <= MOST_ARROWS;
  byId("field-unnamed").hidden = stands.length <= MOST_NAMED;
  if (!stands.length) return dropChart("field-chart", noneOf("position", choice.state));
  setChart("field-chart", {
    label: `Field of ${counted(stands.length, "actor")} from central to local control. ${fieldWords(stands, moved, range)}`,
    spec: (width) => fieldSpec(layField(stands, width)),
    onpick: (id) => go({ actor: id, show: "timeline" }),
  });
}

function fieldWords(stands, moved, range) {
  const sides = sidesCounted(stands.map(({ now }) => now.stance));
  const moves = moved.length
    ? `${counted(moved.length, "actor")} changed sides ${range.words}: ${joined(firstFew(moved.map(moveWords), 5))}.`
    : `Nobody changed sides ${range.words}.`;
  return `By their latest position: ${sides}. ${moves}`;
}

function firstFew(words, most) {
  return words.length > most ? [...words.slice(0, most - 1), `${number(words.length - most + 1)} others`] : words;
}

function moveWords({ actor, before, now }) {
  return `${nameOf(actor)} from ${sideOf(before.stance).name} to ${sideOf(now.stance).name}`;
}

function fieldSentence({ stands, range }, moved) {
  if (!stands.length) return "";
  const since = board.window.since
    ? ` Single positions are shown from ${day(board.window.since)} on (${number(board.window.positions)} of ${number(board.window.of)}).`
    : "";
  return `${counted(stands.length, "actor")}. ${fieldWords(stands, moved, range)}${since}`;
}

function fieldTable(stands) {
  const rows = [...stands].sort((one, other) => placeOf(other.now) - placeOf(one.now));
  return tableOf("field", "who stands where", [
    { name: "Actor", value: ({ actor }) => nameOf(actor), show: ({ now }) => actorLink(now.actor) },
    { name: "Organisation", value: ({ actor }) => actor.organisation ?? "" },
    { name: "Kind", value: ({ actor }) => typeOf(actor) },
    { name: "Side", value: ({ now }) => sideOf(now.stance).name, show: ({ now }) => side(now.stance) },
    { name: "Score", value: ({ now }) => now.score, isNumber: true },
    { name: "On", value: ({ now }) => now.at.slice(0, 10), show: ({ now }) => day(now.at) },
    { name: "Before", value: ({ before }) => (before ? sideOf(before.stance).name : ""), show: ({ before }) => (before ? side(before.stance) : "none on record") },
    { name: "Positions", value: ({ count }) => count, isNumber: true },
  ], rows);
}

function fieldSpec(field) {
  const x = (name) => ({ field: name, type: "quantitative", scale: { domain: [0, field.width], nice: false, zero: false }, axis: null });
  const y = (name) => ({ field: name, type: "quantitative", scale: { domain: [field.height + 1, -FIELD_HEAD], nice: false, zero: false }, axis: null });
  return {
    width: field.width,
    height: field.height + FIELD_HEAD,
    padding: 0,
    autosize: "none",
    layer: [...fieldGround(field, x, y), ...fieldMarks(field, x, y)],
    resolve: { scale: { x: "shared", y: "shared" } },
  };
}

/** Thirds with their names above, lanes with their names beside. */
function fieldGround(field, x, y) {
  const third = (field.width - field.left) / 3;
  const zones = ["central", "balanced", "local"].map((key, index) => ({
    key, x: field.left + index * third + (index ? 1 : 0), x2: field.left + (index + 1) * third, mid: field.left + (index + 0.5) * third,
    y: 0, y2: field.height, head: -8, words: `${SIDES[key].symbol} ${capital(SIDES[key].name)}`, tint: `var(--${key}-tint)`, ink: COLOURS[key],
  }));
  const lanes = field.lanes.map((lane) => ({ ...lane, x: 0, x2: field.width, labelX: field.isNarrow ? 6 : 0, words: field.isNarrow ? `${lane.label} · ${lane.count}` : clipped(lane.label, 27) }));
  const own = (name) => ({ field: name, type: "nominal", scale: null });
  return [
    { data: { values: zones }, mark: { type: "rect" }, encoding: { x: x("x"), x2: { field: "x2" }, y: y("y"), y2: { field: "y2" }, color: own("tint") } },
    { data: { values: zones }, mark: { type: "text", fontWeight: 700, fontSize: 13, align: "center" }, encoding: { x: x("mid"), y: y("head"), text: { field: "words" }, color: own("ink") } },
    { data: { values: lanes.slice(1) }, mark: { type: "rule", stroke: "var(--rule)" }, encoding: { x: x("x"), x2: { field: "x2" }, y: y("top") } },
    { data: { values: lanes }, mark: { type: "text", fontWeight: 600, align: "left", baseline: "middle", color: "var(--soft)" }, encoding: { x: x("labelX"), y: y("labelY"), text: { field: "words" } } },
  ];
}

function fieldMarks(field, x, y) {
  const rows = field.marks.map(fieldRow);
  const moves = rows.filter((row) => row.x !== row.from);
  const own = (name) => ({ field: name, type: "nominal", scale: null });
  const size = (name) => ({ field: name, type: "quantitative", scale: null });
  const at = { x: x("x"), y: y("y") };
  const tip = { tooltip: { field: "tip" } };
  const label = (align, fontWeight) => ({
    data: { values: rows.filter((row) => row.words && row.align === align && row.weight === fontWeight) },
    mark: { type: "text", align, baseline: "middle", cursor: "pointer", fontWeight },
    encoding: { x: x("labelX"), y: y("y"), text: { field: "words" }, ...tip },
  });
  const labels = ["left", "right"].flatMap((align) => [400, 700].map((weight) => label(align, weight)));
  const ways = [
    { data: { values: moves }, mark: { type: "rule", strokeWidth: 2 }, encoding: { x: x("from"), x2: { field: "tail" }, y: y("y"), color: own("ink"), ...tip } },
    { data: { values: moves }, mark: { type: "rule", strokeWidth: 2 }, encoding: { x: x("neck"), x2: { field: "head" }, y: y("y"), color: own("ink") } },
    { data: { values: moves }, mark: { type: "point", size: 60, filled: false, strokeWidth: 1.6, fill: "var(--card)" }, encoding: { x: x("from"), y: y("y"), shape: own("oldShape"), stroke: own("oldInk"), ...tip } },
    { data: { values: moves }, mark: { type: "point", filled: true, size: 60, opacity: 1 }, encoding: { x: x("head"), y: y("y"), shape: own("arrow"), color: own("ink") } },
  ];
  return [
    ...(moves.length ? ways : []),
    { data: { values: rows }, mark: { type: "point", filled: true, cursor: "pointer", stroke: "var(--card)", strokeWidth: 1 }, encoding: { ...at, shape: own("shape"), color: own("ink"), size: size("size"), opacity: size("strength"), ...tip } },
    ...labels.filter(({ data }) => data.values.length),
  ];
}

/** A mark as a flat row for the chart, with the words beside the pointer. */
function fieldRow({ stand, x, from, y, words, room, side: place, labelX }) {
  const { actor, now, before, isFresh, hasMoved, isFirst } = stand;
  const isRightward = x > from;
  const said = `${sideOf(now.stance).symbol} ${sideOf(now.stance).name}, ${day(now.at)}, ${outletOf(now.publisher)}`;
  const was = hasMoved ? `\nbefore: ${sideOf(before.stance).symbol} ${sideOf(before.stance).name}, ${day(before.at)}` : "";
  return {
    x, from, y, words, labelX, pick: actor.id,
    align: place === "right" || (place === "way" && !isRightward) ? "left" : "right",
    tail: place === "way" ? labelX + (isRightward ? -room : room) : x + (isRightward ? -DOT : DOT),
    neck: x + (isRightward ? -WAY_HEAD : WAY_HEAD), head: x + (isRightward ? -12 : 12), arrow: isRightward ? "triangle-right" : "triangle-left",
    shape: SHAPES[now.stance], ink: COLOURS[now.stance], size: isFresh || hasMoved ? 150 : 105, strength: isFresh || hasMoved || words ? 1 : 0.75,
    weight: hasMoved || isFirst || isFresh ? 700 : 400,
    oldShape: SHAPES[(before ?? now).stance], oldInk: COLOURS[(before ?? now).stance],
    tip: `${nameOf(actor)}\n${bodyOf(actor) ? `${bodyOf(actor)}\n` : ""}${said}${was}\n“${clipped(now.quote ?? "", 160)}”`,
  };
}
