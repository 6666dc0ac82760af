// One actor's positions over time, with the words under the points; a point and its words are chosen together.

const TIMELINE_LEFT = 96;
const MOST_LINKED = 60;
const MOST_DISTINCT = 150;
const WAY = { type: "line", interpolate: "step-after", stroke: "var(--soft)", strokeWidth: 1.2, opacity: 0.6 };
const RING = { type: "point", shape: "circle", size: 700, stroke: "var(--ink)", strokeWidth: 2.5, fill: "var(--card)" };
const RINGED = { filter: "datum.isRinged" };
const timeline = { name: "", rows: [], view: null, list: null, chosen: "" };

function showTimeline(choice) {
  const actor = timelineActor(choice);
  timeline.name = byId("actor-search").value = actor ? nameOf(actor) : "";
  const rows = actor ? choice.positions.filter((position) => board.actors[position.actor] === actor) : [];
  Object.assign(timeline, { rows, view: null, chosen: "" });
  fill(byId("timeline-actor"), missingNote(choice, actor), actor ? actorHead(actor, choice) : null);
  fill(byId("timeline-table"), rows.length ? timelineTable(rows, actor) : null);
  fill(byId("timeline-quotes"), rows.length ? quoteList(rows, choice) : null);
  if (!rows.length)
    return dropChart("timeline-chart", noneOf(actor ? "position of this actor" : "actor", choice.state));
  setChart("timeline-chart", {
    label: `Positions of ${nameOf(actor)} over time. ${timelineWords(rows, choice)}`,
    spec: (width) => timelineSpec(rows, width, choice),
    onpick: choosePosition,
    ondrawn: (view) => {
      timeline.view = view;
      if (timeline.chosen) ringPosition(timeline.chosen);
    },
  });
}

/** The chosen actor, else the one of the latest change among what is shown. */
function timelineActor({ state, fresh, events, positions }) {
  if (board.actorById.has(state.actor)) return board.actorById.get(state.actor);
  const index = (fresh.find(({ kind }) => kind === "shift") ?? fresh[0] ?? events[0] ?? positions[0])?.actor;
  return index === undefined ? null : board.actors[index];
}

/** That a link leads to somebody who is not on this page. */
function missingNote({ state }, actor) {
  if (!state.actor || board.actorById.has(state.actor)) return null;
  const instead = actor ? ` Shown instead: ${nameOf(actor)}.` : "";
  return el("p", { class: "note" }, `This link is to an actor who is not on this page.${instead}`);
}

function actorHead(actor, { state }) {
  const was = hasSide(actor.previous_stance) ? [", before that ", side(actor.previous_stance)] : null;
  return el(
    "div",
    { class: "actor-head" },
    el("h3", {}, bdi(nameOf(actor))),
    el(
      "p",
      { class: "soft" },
      bodyOf(actor) ? [bdi(bodyOf(actor)), " · "] : null,
      typeOf(actor),
      " · ",
      counted(actor.statements, "statement"),
      board.actorById.has(state.actor) ? null : " · shown because of the latest event",
    ),
    el(
      "p",
      {},
      badge(actor.stance),
      " since ",
      asKnown(actor.since, actor.since_in),
      was,
      hasFilter(state) ? el("span", { class: "soft" }, ", whatever the filters hide") : null,
    ),
  );
}

/** From when to when positions are, the newest first; "on" a day or "in" a month or year where that is one. */
function daysOf(rows) {
  const [first, last] = [dayOf(rows.at(-1)), dayOf(rows[0])];
  if (first === last) return `${rows[0].said_in ? "in" : "on"} ${last}`;
  return `from ${first} to ${last}`;
}

/** Each position is held against the one before it, also where a filter hides that one. */
function timelineWords(rows, { state }) {
  const turns = rows.filter(({ prior, stance }) => prior && prior.stance !== stance).length;
  const times = turns === 1 ? "once" : turns === 2 ? "twice" : `${number(turns)} times`;
  const isPart = hasFilter(state) || board.window.since;
  const none = isPart ? "None of these was a change of side" : "The side never changed";
  return (
    `${counted(rows.length, "position")}${hasFilter(state) ? " that the filters let through" : ""}, ${daysOf(rows)}: ` +
    `${sidesCounted(rows.map(({ stance }) => stance))}. ` +
    `${turns ? `The side changed ${times}` : none}; the latest${hasFilter(state) ? " of these" : ""} is ${sideOf(rows[0].stance).name}.`
  );
}

function timelineTable(rows, actor) {
  return tableOf(
    "timeline",
    `positions of ${nameOf(actor)}`,
    [
      { name: "Date", value: (row) => row.said_in ?? row.day, show: dayOf },
      { name: "Side", value: (row) => sideOf(row.stance).name, show: (row) => side(row.stance) },
      { name: "Score", value: (row) => row.score, isNumber: true },
      { name: "Confidence in the side", value: (row) => row.confidence, isNumber: true },
      {
        name: "Words",
        value: (row) => row.quote ?? "",
        show: (row) => bdi(clipped(row.quote ?? "", 200)),
        isLong: true,
      },
      {
        name: "Outlet",
        value: (row) => outletOf(row.publisher),
        show: (row) => link(row.url, outletOf(row.publisher)),
      },
      { name: "Link", value: (row) => safeUrl(row.url), show: (row) => link(row.url, row.title || "article") },
    ],
    rows,
  );
}

function quoteList(rows, choice) {
  const box = longList(rows, quoteItem, 12, { name: "positions", className: "quotes" });
  timeline.list = box;
  return [el("p", { class: "summary" }, timelineWords(rows, choice), windowNote()), box];
}

function quoteItem(row) {
  const head = button(
    [side(row.stance, capital(sideOf(row.stance).name)), ` · ${dayOf(row)}`],
    () => choosePosition(row.statement_id),
    { class: "pick", "aria-pressed": "false" },
  );
  const source = [
    link(row.url, row.title || outletOf(row.publisher)),
    el("br"),
    bdi(outletOf(row.publisher)),
    row.role ? [" · as ", bdi(row.role)] : null,
    ` · confidence ${percent(row.confidence)}, by all they said there`,
  ];
  return el(
    "li",
    { "data-id": row.statement_id },
    head,
    quotation(row.stance, row.quote),
    el("p", { class: "soft source" }, source),
  );
}

/** Marks a position in the chart and in the list. */
function choosePosition(id) {
  timeline.chosen = timeline.chosen === id ? "" : id;
  timeline.list?.showUntil(timeline.rows.findIndex((row) => row.statement_id === id));
  for (const item of byId("timeline-quotes").querySelectorAll("li[data-id]")) {
    const isChosen = item.dataset.id === timeline.chosen;
    item.classList.toggle("chosen", isChosen);
    item.querySelector("button").setAttribute("aria-pressed", String(isChosen));
    if (isChosen) item.scrollIntoView({ block: "nearest" });
  }
  ringPosition(timeline.chosen);
}

function ringPosition(id) {
  const rows = timeline.rows
    .filter((row) => row.statement_id === id)
    .map((row) => ({ ...timelineRow(row), isRinged: true }));
  timeline.view?.data("ring", rows).runAsync();
}

/** Local on top, where the field has it to the right; away from the edges of the band. */
function heightOf({ stance, score }) {
  const share = stance === "central" ? 1 + score : stance === "local" ? score : (score + 1) / 2;
  const band = Math.max(0, SIDES_FROM_LEFT.indexOf(stance));
  return (band + 0.2 + 0.6 * Math.min(1, Math.max(0, share))) / 3;
}

function timelineRow(row) {
  const tip = `${sideOf(row.stance).symbol} ${capital(sideOf(row.stance).name)}, ${dayOf(row)}\n${outletOf(row.publisher)}\n${clipped(row.quote ?? "", 160)}`;
  const place = hasSide(row.stance) ? heightOf(row) : 0.5;
  return {
    time: row.time,
    place,
    shape: SHAPES[row.stance] ?? "circle",
    ink: COLOURS[sideOf(row.stance).key],
    pick: row.statement_id,
    tip,
  };
}

function timelineSpec(rows, width, { isNew }) {
  const inner = width - TIMELINE_LEFT - 12;
  const look = (row) => ({ size: isNew(row) ? 210 : 130, strength: rows.length > MOST_DISTINCT ? 0.7 : 1 });
  const points = rows.map((row) => ({ ...timelineRow(row), ...look(row) }));
  const y = { field: "place", type: "quantitative", scale: { domain: [0, 1], nice: false }, axis: null };
  const at = { x: timeChannel("time", timeSpan(rows), inner), y };
  const hasWay = rows.length > 1 && rows.length <= MOST_LINKED;
  const looks = { shape: own("shape"), color: own("ink"), size: measure("size"), opacity: measure("strength") };
  return {
    width: inner,
    height: width < 640 ? 210 : 240,
    padding: { left: TIMELINE_LEFT, right: 12, top: 4, bottom: 26 },
    autosize: "none",
    layer: [
      ...timelineBands(y, inner),
      ...(hasWay ? [layer(points, WAY, at)] : []),
      { ...layer([], RING, at), name: "ring", data: { name: "ring", values: points.slice(0, 1) }, transform: [RINGED] },
      { ...layer(points, SIGN, { ...at, ...looks, ...TIP }), name: "points" },
    ],
  };
}

/** The span of the positions with some air; a single day gets a fortnight, a month or a year as much as hides its days. */
function timeSpan(rows) {
  const [first, last] = [rows.at(-1).time, rows[0].time];
  const about = { 4: 1800 * DAY, 7: 200 * DAY }[rows[0].said_in?.length] ?? 7 * DAY;
  const air = Math.max((last - first) * 0.03, last - first < DAY ? about : DAY / 2);
  return [first - air, last + air];
}

function timelineBands(y, width) {
  const bands = SIDES_FROM_LEFT.map((key, index) => ({
    place: index / 3,
    top: (index + 1) / 3,
    mid: (index + 0.5) / 3,
    tint: `var(--${key}-tint)`,
    ink: COLOURS[key],
    words: `${SIDES[key].symbol} ${capital(SIDES[key].name)}`,
  }));
  const box = { y, y2: { field: "top" }, x: { value: 0 }, x2: { value: width }, color: own("tint") };
  const name = { type: "text", align: "left", baseline: "middle", fontWeight: 700, fontSize: 13 };
  const beside = {
    y: { ...y, field: "mid" },
    x: { value: -TIMELINE_LEFT },
    text: { field: "words" },
    color: own("ink"),
  };
  return [layer(bands, { type: "rect", stroke: "var(--card)", strokeWidth: 2 }, box), layer(bands, name, beside)];
}
