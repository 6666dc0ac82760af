// How far organisations agree: on each theme that both spoke about, is their latest side the same?

/**
 * The `most` busiest organisations, by their latest side from local to central, each with its latest side by theme:
 * that of whoever spoke for it then, as in the warehouse's views organisations and agreements. Where one `theme` is
 * chosen (none: -1) it alone counts, though the positions touch others, too.
 */
function busiestBodies(positions, most, theme) {
  const bodies = new Map();
  for (const position of positions) {
    const name = position.body;
    if (!name || !hasSide(position.stance)) continue;
    const body = bodies.get(name) ?? { name, latest: position, count: 0, lean: 0, sides: new Map() };
    body.count += 1;
    body.lean += position.stance === "local" ? 1 : position.stance === "central" ? -1 : 0;
    const counted = theme < 0 ? position.themes : [theme];
    for (const each of counted) if (!body.sides.has(each)) body.sides.set(each, position);
    bodies.set(name, body);
  }
  const busiest = [...bodies.values()]
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
    .slice(0, most);
  const rank = ({ latest }) => SIDES_FROM_LEFT.indexOf(latest.stance);
  const lean = (body) => body.lean / body.count;
  return busiest.sort(
    (one, other) => rank(other) - rank(one) || lean(other) - lean(one) || one.name.localeCompare(other.name),
  );
}

/** Two organisations: the themes that both spoke about; on which of them they stand on one side, on which on opposite. */
function agreementOf(one, other) {
  const sides = [one.sides, other.sides];
  const shared = [...one.sides.keys()].filter((theme) => other.sides.has(theme));
  const same = shared.filter((theme) => one.sides.get(theme).stance === other.sides.get(theme).stance);
  const isOpposed = (theme) => sides.every((body) => body.get(theme).stance !== "balanced") && !same.includes(theme);
  const opposed = shared.filter(isOpposed);
  const shareOf = (themes) => (shared.length ? themes.length / shared.length : null);
  return { one, other, shared, same, opposed, share: shareOf(same), distance: shareOf(opposed) };
}

function agreementsOf(bodies) {
  return bodies.flatMap((one, index) => bodies.slice(0, index).map((other) => agreementOf(one, other)));
}
