// The latest events: who, which side, the exact words, what they said before, where it was printed.

function showEvents(choice) {
  const { events, fresh } = choice;
  const isFresh = new Set(fresh);
  fill(
    byId("events-sentence"),
    events.length
      ? `${counted(events.length, "event")}, ${number(fresh.length)} of them new ${choice.range.words}. The latest come first: by when they were found, then by when they were said.`
      : "",
  );
  fill(
    byId("events-list"),
    events.length
      ? longList(events, (event) => eventItem(event, isFresh.has(event)), 10, { name: "events", className: "events" })
      : el(
          "p",
          { class: "empty" },
          board.events.length
            ? noneOf("event", choice.state)
            : "No event yet: an event is an actor’s first stance, a change of side, or a stance on a new theme.",
        ),
  );
  fill(byId("events-table"), events.length ? eventsTable(events) : null);
}

function eventItem(event, isFresh) {
  const found = `found ${dayAndTime(event.detected_at)} · confidence ${percent(event.confidence)}, by all they said there`;
  const foot = el("p", { class: "soft id" }, `Statement ${event.statement_id} · ${found}`);
  const columns = el("div", { class: "sides" }, saidNow(event), saidBefore(event));
  const article = el("article", {}, eventHead(event, isFresh), columns, foot);
  return el("li", { class: `event ${sideOf(event.stance).key}` }, article);
}

function eventHead(event, isFresh) {
  const actor = board.actors[event.actor];
  const place = [event.role, bodyOf(actor) || (actor.person ? event.organisation : "")].filter(Boolean);
  const hasMoved = event.kind === "shift" && hasSide(event.previous_stance);
  const facts = [EVENT_KINDS[event.kind]?.name ?? "News", typeOf(actor), day(event.at)].join(" · ");
  return el(
    "header",
    {},
    el("p", { class: "kicker" }, isFresh ? el("strong", { class: "new" }, "New") : null, facts),
    el(
      "h3",
      {},
      actorLink(event.actor),
      place.length ? el("span", { class: "soft" }, ", ", bdi(place.join(", "))) : null,
    ),
    el(
      "p",
      { class: "move" },
      hasMoved ? [badge(event.previous_stance), el("span", { class: "soft" }, " became ")] : null,
      badge(event.stance),
    ),
  );
}

function saidNow(event) {
  const main = outletOf(event.publisher);
  const others = [...new Set(event.sources)].filter((name) => name && name !== main);
  return el(
    "section",
    {},
    el("h4", {}, "What they said"),
    quotation(event.stance, event.quote),
    el(
      "p",
      { class: "soft source" },
      link(event.url, event.title || main),
      el("br"),
      bdi(main),
      `, ${day(event.at)}`,
      others.length ? el("span", {}, " · also in ", bdi(joined(others))) : null,
    ),
    eventThemes(event),
  );
}

function saidBefore(event) {
  if (!hasSide(event.previous_stance))
    return el(
      "section",
      {},
      el("h4", {}, "What they said before"),
      el("p", { class: "soft" }, "No earlier position on record."),
    );
  return el(
    "section",
    { class: "before" },
    el("h4", {}, "What they said before"),
    el("p", { class: "was" }, side(event.previous_stance, capital(sideOf(event.previous_stance).name))),
    event.previous_quote ? quotation(event.previous_stance, event.previous_quote) : null,
    el(
      "p",
      { class: "soft source" },
      link(event.previous_url, event.previous_publisher || "the article"),
      event.previous_at ? `, ${asKnown(event.previous_at, event.previous_in)}` : null,
    ),
  );
}

function eventThemes({ themes, new_themes: fresh }) {
  const known = themes.filter((theme) => board.themes[theme]);
  if (!known.length) return null;
  const chip = (theme) =>
    el("li", {}, fresh.includes(theme) ? el("b", {}, "new: ") : null, bdi(board.themes[theme].label));
  return el("ul", { class: "chips", "aria-label": "Themes", role: "list" }, known.map(chip));
}

function eventsTable(events) {
  return tableOf(
    "events",
    "all events",
    [
      { name: "Found", value: (event) => londonMoment(event.detected_at), show: (event) => dayAndTime(event.detected_at) },
      { name: "Said", value: (event) => event.day, show: (event) => day(event.at) },
      { name: "Kind", value: (event) => EVENT_KINDS[event.kind]?.name ?? event.kind },
      { name: "Actor", value: (event) => nameOf(board.actors[event.actor]), show: (event) => actorLink(event.actor) },
      { name: "Organisation", value: (event) => event.organisation ?? "" },
      { name: "Side", value: (event) => sideOf(event.stance).name, show: (event) => side(event.stance) },
      { name: "Before", value: (event) => (event.previous_stance ? sideOf(event.previous_stance).name : "") },
      {
        name: "Words",
        value: (event) => event.quote ?? "",
        show: (event) => bdi(clipped(event.quote ?? "", 160)),
        isLong: true,
      },
      {
        name: "Words before",
        value: (event) => event.previous_quote ?? "",
        show: (event) => bdi(clipped(event.previous_quote ?? "", 160)),
        isLong: true,
      },
      { name: "Outlets", value: (event) => event.sources.join("; ") },
      {
        name: "Link",
        value: (event) => safeUrl(event.url),
        show: (event) => link(event.url, event.title || "article"),
      },
      { name: "Statement", value: (event) => event.statement_id },
    ],
    events,
  );
}
