// The field: everybody between central and local control, with arrows from where they stood before.

function showField(choice) {
  const { stands, range } = choice;
  const unnamed = new Map();
  const moved = stands.filter(({ hasMoved }) => hasMoved);
  fill(byId("field-sentence"), fieldSentence(choice, moved));
  fill(byId("field-table"), stands.length ? fieldTable(stands) : null);
  byId("field-key").hidden = !stands.length;
  byId("field-arrows").hidden = moved.length <= MOST_ARROWS;
  byId("field-unnamed").textContent = "";
  byId("field-undrawn").hidden = stands.length <= MOST_DRAWN;
  if (!stands.length) return dropChart("field-chart", noneOf("position", choice.state));
  setChart("field-chart", {
    label: `Field of ${counted(stands.length, "actor")} from central to local control. ${fieldWords(stands, moved, range)}`,
    spec: (width) => {
      const field = layField(stands, width);
      unnamed.set(width, field.marks.filter(({ words }) => !words).length);
      return fieldSpec(field);
    },
    ondrawn: (view) => tellUnnamed(unnamed.get(view.width())),
    onpick: (id) => go({ actor: id, show: "timeline" }),
  });
}

/** How many signs of the drawn field have no name beside them: that depends on the room there is. */
function tellUnnamed(count) {
  byId("field-unnamed").textContent = count
    ? `${counted(count, "sign stands", "signs stand")} without a name, for want of room; the table has all names.`
    : "";
}

function fieldWords(stands, moved, range) {
  const sides = sidesCounted(stands.map(({ now }) => now.stance));
  const back = stands.filter(({ turns, hasMoved }) => turns.length && !hasMoved);
  const silent = [...moved, ...back].filter(({ turns }) => !turns.some(({ kind }) => kind === "shift"));
  const parts = [
    `By their latest position: ${sides}.`,
    moved.length &&
      `${counted(moved.length, "actor")} changed sides ${range.words}: ${joined(firstFew(moved.map(moveWords), 5))}.`,
    back.length &&
      `${joined(firstFew(back.map(({ actor }) => nameOf(actor)), 5))} changed sides and back${moved.length ? "" : ` ${range.words}`}.`,
    !moved.length && !back.length && `Nobody changed sides ${range.words}.`,
    silent.length &&
      `Of these, ${counted(silent.length, "actor")} changed in what came as history or late, of which no event tells.`,
  ];
  return parts.filter(Boolean).join(" ");
}

function firstFew(words, most) {
  return words.length > most ? [...words.slice(0, most - 1), `${number(words.length - most + 1)} others`] : words;
}

function moveWords({ actor, before, now }) {
  return `${nameOf(actor)} from ${sideOf(before.stance).name} to ${sideOf(now.stance).name}`;
}

function fieldSentence({ stands, range }, moved) {
  if (!stands.length) return "";
  return `${counted(stands.length, "actor")}. ${fieldWords(stands, moved, range)}${windowNote()}`;
}

function fieldTable(stands) {
  const rows = [...stands].sort(({ now: one }, { now: other }) => placeOf(other) - placeOf(one) || other.score - one.score);
  return tableOf(
    "field",
    "who stands where",
    [
      { name: "Actor", value: ({ actor }) => nameOf(actor), show: ({ now }) => actorLink(now.actor) },
      { name: "Organisation", value: ({ actor }) => actor.organisation ?? "" },
      { name: "Kind", value: ({ actor }) => typeOf(actor) },
      { name: "Side", value: ({ now }) => sideOf(now.stance).name, show: ({ now }) => side(now.stance) },
      { name: "Score", value: ({ now }) => now.score, isNumber: true },
      { name: "On", value: ({ now }) => now.said_in ?? now.day, show: ({ now }) => dayOf(now) },
      {
        name: "Before",
        value: ({ before }) => (before ? sideOf(before.stance).name : ""),
        show: ({ before }) => (before ? side(before.stance) : "none on record"),
      },
      { name: "Positions", value: ({ count }) => count, isNumber: true },
    ],
    rows,
  );
}

function fieldSpec(field) {
  const x = (name) => ({
    field: name,
    type: "quantitative",
    scale: { domain: [0, field.width], nice: false, zero: false },
    axis: null,
  });
  const y = (name) => ({
    field: name,
    type: "quantitative",
    scale: { domain: [field.height + 1, -FIELD_HEAD], nice: false, zero: false },
    axis: null,
  });
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
  const zones = fieldZones(field);
  const lanes = field.lanes.map((lane) => ({
    ...lane,
    x: 0,
    x2: field.width,
    labelX: field.isNarrow ? 6 : 0,
    words: field.isNarrow ? `${lane.label} · ${lane.count}` : clipped(lane.label, 27),
  }));
  const words = { text: { field: "words" } };
  const zone = { x: x("x"), x2: { field: "x2" }, y: y("y"), y2: { field: "y2" }, color: own("tint") };
  const head = { type: "text", fontWeight: 700, fontSize: 13, align: "center" };
  const name = { type: "text", fontWeight: 600, align: "left", baseline: "middle", color: "var(--soft)" };
  const between = { x: x("x"), x2: { field: "x2" }, y: y("top") };
  return [
    layer(zones, { type: "rect" }, zone),
    layer(zones, head, { x: x("mid"), y: y("head"), color: own("ink"), ...words }),
    layer(lanes.slice(1), { type: "rule", stroke: "var(--rule)" }, between),
    layer(lanes, name, { x: x("labelX"), y: y("labelY"), ...words }),
  ];
}

function fieldZones({ left, width, height }) {
  const third = (width - left) / 3;
  return SIDES_FROM_LEFT.map((key, index) => ({
    x: left + index * third + (index ? 1 : 0),
    x2: left + (index + 1) * third,
    mid: left + (index + 0.5) * third,
    y: 0,
    y2: height,
    head: -8,
    words: `${SIDES[key].symbol} ${capital(SIDES[key].name)}`,
    tint: `var(--${key}-tint)`,
    ink: COLOURS[key],
  }));
}

function fieldMarks(field, x, y) {
  const rows = field.marks.map(fieldRow);
  const looks = { shape: own("shape"), color: own("ink"), size: measure("size"), opacity: measure("strength") };
  const label = (align, fontWeight) =>
    layer(
      rows.filter((row) => row.words && row.align === align && row.weight === fontWeight),
      { type: "text", align, baseline: "middle", cursor: "pointer", fontWeight },
      { x: x("labelX"), y: y("y"), text: { field: "words" }, ...TIP },
    );
  const labels = ["left", "right"].flatMap((align) => [400, 700].map((weight) => label(align, weight)));
  return [
    ...fieldWays(
      rows.filter((row) => row.x !== row.from),
      x,
      y,
    ),
    layer(rows, SIGN, { x: x("x"), y: y("y"), ...looks, ...TIP }),
    ...labels.filter(({ data }) => data.values.length),
  ];
}

/** Arrows from the hollow sign of the earlier side to the sign of the side now; some have the name on their way. */
function fieldWays(moves, x, y) {
  if (!moves.length) return [];
  const line = { type: "rule", strokeWidth: 2 };
  const old = { type: "point", size: 60, filled: false, strokeWidth: 1.6, fill: "var(--card)" };
  const tip = { type: "point", filled: true, size: 60, opacity: 1 };
  const [height, color] = [y("y"), own("ink")];
  return [
    layer(moves, line, { x: x("from"), x2: { field: "tail" }, y: height, color, ...TIP }),
    layer(moves, line, { x: x("neck"), x2: { field: "head" }, y: height, color }),
    layer(moves, old, { x: x("from"), y: height, shape: own("oldShape"), stroke: own("oldInk"), ...TIP }),
    layer(moves, tip, { x: x("head"), y: height, shape: own("arrow"), color }),
  ];
}

/** A mark as a flat row for the chart, with the words beside the pointer. */
function fieldRow({ stand, x, from, y, words, room, side: place, labelX }) {
  const { actor, now, before, isFresh, hasMoved, isFirst } = stand;
  const isRightward = x > from;
  const said = `${sideOf(now.stance).symbol} ${sideOf(now.stance).name}, ${dayOf(now)}, ${outletOf(now.publisher)}`;
  const was = hasMoved
    ? `\nbefore: ${sideOf(before.stance).symbol} ${sideOf(before.stance).name}, ${dayOf(before)}`
    : "";
  return {
    x,
    from,
    y,
    words,
    labelX,
    pick: actor.id,
    align: place === "right" || (place === "way" && !isRightward) ? "left" : "right",
    tail: place === "way" ? labelX + (isRightward ? -room : room) : x + (isRightward ? -DOT : DOT),
    neck: x + (isRightward ? -WAY_HEAD : WAY_HEAD),
    head: x + (isRightward ? -12 : 12),
    arrow: isRightward ? "triangle-right" : "triangle-left",
    shape: SHAPES[now.stance],
    ink: COLOURS[now.stance],
    size: isFresh || hasMoved ? 150 : 105,
    strength: isFresh || hasMoved || words ? 1 : 0.75,
    weight: hasMoved || isFirst || isFresh ? 700 : 400,
    oldShape: SHAPES[(before ?? now).stance],
    oldInk: COLOURS[(before ?? now).stance],
    tip: `${nameOf(actor)}\n${bodyOf(actor) ? `${bodyOf(actor)}\n` : ""}${said}${was}\n${clipped(now.quote ?? "", 160)}`,
  };
}
