// What a state chooses from the data: pure, and quick enough to be done anew at each change.

/** All that the page shows in a state. */
function choose(state) {
  const within = chosenBy(state);
  const range = rangeOf(state);
  const events = board.events.filter((event) => within.event(event));
  const fresh = events.filter((event) => event.detected > range.from);
  const isNew = (position) => (position.found ?? position.time) > range.from;
  const positions = board.positions.filter((position) => within.position(position));
  return { state, range, within, positions, events, fresh, isNew, stands: standsOf(positions, isNew, range) };
}

/** The filters of a state as tests for each kind of row. */
function chosenBy(state) {
  const from = moment(state.from) ?? -Infinity;
  const to = state.to ? moment(state.to) + DAY : Infinity;
  const theme = board.themes.findIndex(({ key }) => key === state.theme);
  const outlet = board.publishers.indexOf(state.outlet);
  const isKind = (actor) => !state.kind || actor.type === state.kind;
  const isTime = (time) => time >= from && time < to;
  const isTheme = (themes) => theme < 0 || themes.includes(theme);
  const isOutlet = (publisher) => outlet < 0 || publisher === outlet;
  const isMonth = (month) => endOfMonth(moment(month)) > from && moment(month) < to;
  return {
    isTheme,
    position: (row) =>
      isTime(row.time) && isKind(board.actors[row.actor]) && isTheme(row.themes) && isOutlet(row.publisher),
    event: (row) =>
      isTime(row.time) &&
      isKind(board.actors[row.actor]) &&
      isTheme(row.themes) &&
      (isOutlet(row.publisher) || row.sources.includes(state.outlet)),
    tally: (row) =>
      isMonth(row.month) &&
      (theme < 0 || row.theme === theme) &&
      isOutlet(row.publisher) &&
      (!state.kind || row.type === state.kind),
    echo: (row) =>
      isTime(moment(row.at) ?? 0) &&
      (outlet < 0 || outletOfEcho(row) === state.outlet) &&
      isTheme(board.seeds[row.seed]?.statements[row.statement]?.themes ?? []) &&
      (!state.kind || board.actorByName.get(actorKey(row))?.type === state.kind),
  };
}

function outletOfEcho(echo) {
  return typeof echo.publisher === "number" ? outletOf(echo.publisher) : (echo.publisher ?? "");
}

function endOfMonth(time) {
  const first = new Date(time);
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
}

/** Where each actor stands now and stood before what is new; of all time, where they began. */
function standsOf(positions, isNew, range) {
  const stands = new Map();
  const isAll = range.name === "all";
  for (const position of positions) {
    if (!hasSide(position.stance)) continue;
    const stand = stands.get(position.actor);
    if (!stand) stands.set(position.actor, { now: position, before: null, count: 1 });
    else {
      stand.count += 1;
      if (isAll || (!stand.before && !isNew(position))) stand.before = position;
    }
  }
  return [...stands.values()].map((stand) => {
    const isFresh = isNew(stand.now);
    const hasMoved = isFresh && stand.before !== null && stand.before.stance !== stand.now.stance;
    const actor = board.actors[stand.now.actor];
    return { ...stand, actor, hasMoved, isFresh: isFresh && !isAll, isFirst: isFresh && !isAll && !stand.before };
  });
}
