// How far organisations agree: on each theme that both spoke about, is their latest side the same?

/** The `most` busiest organisations, ordered from local to central, each with its latest side by theme. */
function busiestBodies(positions, most) {
  const bodies = new Map();
  for (const position of positions) {
    const name = board.actors[position.actor].organisation;
    if (!name || !hasSide(position.stance)) continue;
    const body = bodies.get(name) ?? { name, count: 0, lean: 0, sides: new Map() };
    body.count += 1;
    body.lean += position.stance === "local" ? 1 : position.stance === "central" ? -1 : 0;
    for (const theme of position.themes) if (!body.sides.has(theme)) body.sides.set(theme, position);
    bodies.set(name, body);
  }
  const busiest = [...bodies.values()]
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
    .slice(0, most);
  return busiest.sort(
    (one, other) => other.lean / other.count - one.lean / one.count || one.name.localeCompare(other.name),
  );
}

/** Two organisations: the themes that both spoke about, and those on which they stand on one side. */
function agreementOf(one, other) {
  const shared = [...one.sides.keys()].filter((theme) => other.sides.has(theme));
  const same = shared.filter((theme) => one.sides.get(theme).stance === other.sides.get(theme).stance);
  return { one, other, shared, same, share: shared.length ? same.length / shared.length : null };
}

function agreementsOf(bodies) {
  return bodies.flatMap((one, index) => bodies.slice(0, index).map((other) => agreementOf(one, other)));
}
