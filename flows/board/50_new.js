// "What is new": one sentence, the balance of sides, and the changes that matter most.

const MOST_HEADLINES = 6;

function showNew(choice) {
  const { fresh, range } = choice;
  fill(byId("new-sentence"), newSentence(choice));
  fill(byId("new-note"), newNote(choice));
  const ranked = latestOfEach(fresh).sort((one, other) => rankOf(one) - rankOf(other) || other.detected - one.detected);
  const shown = ranked.slice(0, MOST_HEADLINES);
  fill(
    byId("new-list"),
    shown.length ? el("ol", { class: "headlines", role: "list" }, shown.map(headline)) : null,
    fresh.length > shown.length
      ? el(
          "p",
          {},
          el(
            "a",
            { href: "#show=events", onclick: toEvents },
            `All ${counted(fresh.length, "new event")}, with their words`,
          ),
        )
      : null,
  );
  const button = byId("seen");
  button.hidden = range.name !== "look" || look.before === null || look.before >= NOW;
}

function toEvents(event) {
  event.preventDefault();
  goToSection("events");
}

/** The newest event of each actor; a change of side before others. */
function latestOfEach(events) {
  const latest = new Map();
  for (const event of events) {
    const known = latest.get(event.actor);
    if (!known || (known.kind !== "shift" && event.kind === "shift")) latest.set(event.actor, event);
  }
  return [...latest.values()];
}

const KIND_ORDER = ["shift", "first", "theme"];

function rankOf({ kind }) {
  return KIND_ORDER.includes(kind) ? KIND_ORDER.indexOf(kind) : KIND_ORDER.length;
}

function newSentence({ fresh, range, events }) {
  if (!board.actors.length) return "Nobody has taken a side yet.";
  if (!fresh.length) {
    const last = events[0];
    const words = `Nothing new ${range.words}.`;
    if (!last) return words;
    return [
      words,
      " The latest event: ",
      bdi(nameOf(board.actors[last.actor])),
      `, found ${dayAndTime(last.detected_at)}.`,
    ];
  }
  const counts = countBy(fresh, (event) => event.kind);
  const parts = KIND_ORDER.filter((kind) => counts.has(kind)).map((kind) => {
    const { one, many } = EVENT_KINDS[kind];
    return counted(counts.get(kind), one, many);
  });
  return [el("strong", {}, joined(parts)), " ", range.words, "."];
}

function newNote({ fresh, state }) {
  const notes = [];
  if (fresh.length) notes.push(`Sides taken: ${sidesCounted(fresh.map((event) => event.stance))}.`);
  if (isBackwards(state)) notes.push("From is later than To: no day lies between.");
  else if (hasFilter(state)) notes.push("Only what the filters let through is counted.");
  return notes.join(" ");
}

function headline(event) {
  const actor = board.actors[event.actor];
  const moved = event.kind === "shift" && hasSide(event.previous_stance);
  return el(
    "li",
    { class: `headline ${sideOf(event.stance).key}` },
    el("div", { class: "kicker" }, EVENT_KINDS[event.kind]?.name ?? "News", " · ", day(event.at)),
    el(
      "h3",
      {},
      actorLink(event.actor),
      bodyOf(actor) ? el("span", { class: "soft" }, ", ", bdi(bodyOf(actor))) : null,
    ),
    el(
      "p",
      { class: "move" },
      moved
        ? [
            side(event.previous_stance),
            el("span", { class: "unseen" }, " became "),
            el("span", { "aria-hidden": "true" }, " → "),
          ]
        : null,
      side(event.stance),
      event.kind === "theme" && event.new_themes.length
        ? el("span", { class: "soft" }, ", now on ", joined(themeNames(event.new_themes)).toLowerCase())
        : null,
    ),
    quotation(event.stance, shortened(event.quote ?? "", 220)),
    el("p", { class: "soft source" }, link(event.url, outletOf(event.publisher))),
  );
}

/** A name that chooses the actor for the timeline. */
function actorLink(index) {
  const actor = board.actors[index];
  const href = `#${hashOf({ ...stateFrom(location.hash), actor: actor.id, show: "timeline" })}`;
  return el("a", { href, class: "actor" }, bdi(nameOf(actor)));
}
