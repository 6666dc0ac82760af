// The data of the page, read once, with what is looked up often: an actor's positions, each with the one before, times
// as numbers and as London's days.

const board = readBoard();
const NOW = moment(board.generated_at) ?? Date.now();

function readBoard() {
  const data = JSON.parse(byId("data").textContent);
  data.events = readEvents(data);
  data.positions = readPositions(data);
  for (const echo of data.echoes) echo.day = echo.at ? londonDay(moment(echo.at)) : "";
  data.typeLabel = new Map(data.actor_types.map(({ key, label }) => [key, label]));
  data.actorById = new Map(data.actors.map((actor) => [actor.id, actor]));
  data.actorByName = new Map(data.actors.map((actor) => [actorKey(actor), actor]));
  return data;
}

function readEvents({ events, actors }) {
  for (const event of events) {
    event.time = moment(event.at) ?? moment(event.detected_at) ?? 0;
    event.day = londonDay(event.time);
    event.detected = moment(event.detected_at) ?? event.time;
  }
  return events.filter((event) => actors[event.actor]);
}

function readPositions({ positions, actors, events }) {
  const eventOf = new Map(events.map((event) => [event.statement_id, event]));
  for (const actor of actors) actor.positions = [];
  for (const position of positions) {
    position.time = moment(position.at);
    position.found = moment(position.found_at); // none for history, which is new when it is young
    const actor = actors[position.actor];
    if (!actor || position.time === null) continue;
    position.day = londonDay(position.time);
    position.body = position.organisation ?? actor.organisation;
    position.sources = eventOf.get(position.statement_id)?.sources ?? [];
    actor.positions.push(position);
  }
  for (const actor of actors) linkPositions(actor.positions, eventOf);
  return positions.filter(({ day }) => day);
}

/** Each position knows the one before it, whatever a filter shows; of the oldest on the page, its event may tell. */
function linkPositions(positions, eventOf) {
  positions.sort((one, other) => other.time - one.time);
  const sided = positions.filter(({ stance }) => hasSide(stance));
  for (const [index, position] of sided.entries()) {
    position.prior = sided[index + 1] ?? positionBefore(eventOf.get(position.statement_id));
  }
}

function positionBefore(event) {
  const time = moment(event?.previous_at);
  if (time === null || !hasSide(event.previous_stance)) return null;
  const score = { local: 0.6, central: -0.6 }[event.previous_stance] ?? 0;
  return { stance: event.previous_stance, score, at: event.previous_at, said_in: event.previous_in, time, prior: null };
}

function actorKey({ person, organisation }) {
  return `${person ?? ""}\n${organisation ?? ""}`;
}

/** From when on single positions are in the page, where not all are. */
function windowNote() {
  const { since, positions, of } = board.window;
  const share = positions < of ? `, ${number(positions)} of ${number(of)}` : "";
  return since ? ` Single positions are shown from ${day(since)} on${share}.` : "";
}

/** Who it is: the person, else the organisation. */
function nameOf(actor) {
  return actor.person || actor.organisation || "Somebody without a name";
}

/** The organisation of a person; nothing where the organisation itself speaks. */
function bodyOf(actor) {
  return actor.person ? actor.organisation || "" : "";
}

function typeOf(actor) {
  return board.typeLabel.get(actor.type) ?? "Other";
}

function outletOf(index) {
  return board.publishers[index] ?? "an outlet without a name";
}

function themeNames(themes) {
  return themes.filter((theme) => board.themes[theme]).map((theme) => board.themes[theme].label);
}
