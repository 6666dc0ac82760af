// The data of the page, read once, with what is looked up often: an actor's positions, times as numbers.

const board = readBoard();
const NOW = moment(board.generated_at) ?? Date.now();

function readBoard() {
  const data = JSON.parse(byId("data").textContent);
  for (const actor of data.actors) actor.positions = [];
  for (const position of data.positions) {
    position.time = moment(position.at);
    position.found = moment(position.found_at); // none for history, which is new when it is young
    const actor = data.actors[position.actor];
    if (actor && position.time !== null) actor.positions.push(position);
  }
  for (const actor of data.actors) actor.positions.sort((one, other) => other.time - one.time);
  data.positions = data.positions.filter((position) => position.time !== null && data.actors[position.actor]);
  for (const event of data.events) {
    event.time = moment(event.at) ?? moment(event.detected_at) ?? 0;
    event.detected = moment(event.detected_at) ?? event.time;
  }
  data.events = data.events.filter((event) => data.actors[event.actor]);
  data.typeLabel = new Map(data.actor_types.map(({ key, label }) => [key, label]));
  data.actorById = new Map(data.actors.map((actor) => [actor.id, actor]));
  data.actorByName = new Map(data.actors.map((actor) => [actorKey(actor), actor]));
  return data;
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
