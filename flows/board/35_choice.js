// What a state chooses from the data: pure, and quick enough to be done anew at each change.

/** All that the page shows in a state. */
function choose(state) {
  const within = chosenBy(state);
  const range = rangeOf(state);
  const events = board.events.filter((event) => within.said(event));
  const fresh = events.filter((event) => event.detected > range.from);
  const isNew = (position) => (position.found ?? position.time) > range.from;
  const positions = board.positions.filter((position) => within.said(position));
  return { state, range, within, positions, events, fresh, isNew, stands: standsOf(positions, isNew, range) };
}

/** The filters of a state as tests for each kind of row. */
function chosenBy(state) {
  const theme = board.themes.findIndex(({ key }) => key === state.theme);
  const outlet = board.publishers.indexOf(state.outlet);
  const isKind = (actor) => !state.kind || actor.type === state.kind;
  const isDay = (day) => (!state.from || day >= state.from) && (!state.to || day <= state.to);
  const isTheme = (themes) => theme < 0 || themes.includes(theme);
  const isOutlet = (publisher) => outlet < 0 || publisher === outlet;
  const isPrinted = (row) => isOutlet(row.publisher) || row.sources.includes(state.outlet);
  const [first, last] = [state.from || "0000", state.to || "9999"];
  const isMonth = (month) => !isBackwards(state) && month.slice(0, 7) >= first.slice(0, 7) && month <= last;
  return {
    theme,
    said: (row) => isDay(row.day) && isKind(board.actors[row.actor]) && isTheme(row.themes) && isPrinted(row),
    tally: (row) =>
      isMonth(row.month) &&
      (theme < 0 || row.theme === theme) &&
      isOutlet(row.publisher) &&
      (!state.kind || row.type === state.kind),
    echo: (row) =>
      isDay(row.day) &&
      (outlet < 0 || outletOfEcho(row) === state.outlet) &&
      isTheme(board.seeds[row.seed]?.statements[row.statement]?.themes ?? []) &&
      (!state.kind || board.actorByName.get(actorKey(row))?.type === state.kind),
  };
}

function outletOfEcho(echo) {
  return typeof echo.publisher === "number" ? outletOf(echo.publisher) : (echo.publisher ?? "");
}

/**
 * Where each actor stands now, and stood before what is new of it. Before is judged on all positions of the actor: what
 * a filter hides is no news, but it was said. `turns` are the shown new positions that took another side than before.
 */
function standsOf(positions, isNew, range) {
  const kept = new Map();
  for (const position of positions) {
    if (!hasSide(position.stance)) continue;
    const stand = kept.get(position.actor);
    if (stand) stand.shown.add(position);
    else kept.set(position.actor, { now: position, shown: new Set([position]) });
  }
  return [...kept.values()].map(({ now, shown }) => standOf(now, shown, isNew, range.name === "all"));
}

/** Another side than before, by what is known now or as it was told then. */
function isTurn({ prior, stance, kind }) {
  return Boolean(prior) && (prior.stance !== stance || kind === "shift");
}

function standOf(now, shown, isNew, isAll) {
  let first = now; // the oldest that is shown of the new ones
  const turns = [];
  for (let position = now; position && isNew(position); position = position.prior) {
    if (!shown.has(position)) continue;
    first = position;
    if (isTurn(position)) turns.push(position);
  }
  const before = first.prior ?? (first === now ? null : first);
  const isFresh = isNew(now) && !isAll;
  const began = first.kind === "first" || first.kind === "history";
  return {
    now,
    before,
    turns,
    count: shown.size,
    actor: board.actors[now.actor],
    hasMoved: turns.length > 0 && before.stance !== now.stance,
    isFresh,
    isFirst: isFresh && !first.prior && began,
  };
}
