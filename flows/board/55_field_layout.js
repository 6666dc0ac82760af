// Where each actor stands in the field: a lane for each kind of actor, in it rows of names that do not touch. The side
// decides the third; scores crowd at the ends, so in a third those with the stronger score stand further out, and
// whoever finds no room there stands further in.

const MOST_DRAWN = 300;
const MOST_NAMED = 60;
const MOST_NAMED_NARROW = 40;
const MOST_ARROWS = 40;
const FIELD_ROW = 21;
const FIELD_HEAD = 22;
const LANE_GAP = 10;
const DOT = 8;
const WAY_HEAD = 22;
const SPARE = 5;
const NAME_AIR = 6; // in the room of a name: half of it between sign and name

/** Place of a position between full central control (0) and full local control (1). */
function placeOf({ stance, score }) {
  const inside = (share) => Math.min(0.96, Math.max(0.06, share));
  if (stance === "central") return inside(1 + score) / 3;
  if (stance === "local") return (2 + inside(score)) / 3;
  return (1 + inside((score + 1) / 2)) / 3;
}

/** The field in pixels: lanes with their height, and a mark for each actor. */
function layField(stands, width) {
  const isNarrow = width < 640;
  const left = isNarrow
    ? 0
    : Math.ceil(Math.max(...board.actor_types.map(({ label }) => widthOf(label, 12, 600)))) + 18;
  const field = { left, width, isNarrow, lanes: [], marks: [], height: 0 };
  const drawn = [...stands].sort(byNews).slice(0, MOST_DRAWN);
  const named = new Set(drawn.slice(0, isNarrow ? MOST_NAMED_NARROW : MOST_NAMED));
  const arrows = new Set(drawn.filter(({ hasMoved }) => hasMoved).slice(0, MOST_ARROWS));
  const toMark = (stand) => markOf(stand, { isNamed: named.has(stand), hasArrow: arrows.has(stand) }, field);
  for (const { key, label } of board.actor_types) {
    const marks = drawn.filter(({ actor }) => actor.type === key).map(toMark);
    if (marks.length) addLane(field, label, marks);
  }
  return field;
}

function addLane(field, label, marks) {
  const head = field.isNarrow ? FIELD_HEAD : 0;
  const top = field.height;
  const first = top + head + LANE_GAP / 2;
  const rows = packed(
    marks.sort((one, other) => byOrder(one) - byOrder(other)),
    field,
  );
  for (const row of rows) {
    nameWhereRoom(row, field);
    cutByRoom(row, field);
  }
  rows.forEach((row, index) =>
    row.forEach((mark) => field.marks.push({ ...mark, y: first + (index + 0.5) * FIELD_ROW })),
  );
  field.height = first + rows.length * FIELD_ROW + LANE_GAP / 2;
  const labelY = field.isNarrow ? top + 14 : first + FIELD_ROW / 2;
  field.lanes.push({ label, count: marks.length, top, labelY });
}

/** Who moved or is new comes first, then who was heard of last. */
function byNews(one, other) {
  const news = ({ hasMoved, isFirst, isFresh }) => (hasMoved ? 3 : isFirst ? 2 : isFresh ? 1 : 0);
  return news(other) - news(one) || other.now.time - one.now.time;
}

/** Arrows above names above bare signs; each of them the stronger, the earlier. */
function byOrder({ stand, from, x, words }) {
  return (from !== x ? 0 : words ? 10 : 20) + (stand.isFresh ? 0 : 2) - Math.abs(stand.now.score);
}

/** A stand in pixels with the room that it takes: sign, way from where it came, and name. */
function markOf(stand, { isNamed, hasArrow }, { left, width }) {
  const at = (position) => left + placeOf(position) * (width - left);
  const x = at(stand.now);
  const from = hasArrow ? at(stand.before) : x;
  const { words, room } = isNamed ? nameOfMark(stand, shortName(stand, width)) : { words: "", room: 0 };
  const [low, high] = [Math.min(x, from) - DOT, Math.max(x, from) + DOT];
  return besides({ stand, x, from, words, room }, labelSide({ x, from, low, high, room, left, width }));
}

/** The name of a mark, cut to a room in pixels, and the room that it takes. */
function nameOfMark({ actor, isFirst, isFresh, hasMoved }, most) {
  const weight = isFresh || hasMoved ? 700 : 400;
  const suffix = isFirst ? " (new)" : "";
  const words = fitting(nameOf(actor), most - NAME_AIR - widthOf(suffix, 12, weight), 12, weight) + suffix;
  return { words, room: widthOf(words, 12, weight) + NAME_AIR };
}

/** The room for a name while rows are packed. */
function shortName({ isFirst }, width) {
  return (width < 640 ? 165 : 240) + (isFirst ? widthOf(" (new)", 12, 700) : 0);
}

/** A mark with its name to the right or the left of it, or on its way. */
function besides(mark, side) {
  const { x, from, room } = mark;
  const [low, high] = [Math.min(x, from) - DOT, Math.max(x, from) + DOT];
  if (side === "right") return { ...mark, side, labelX: high + NAME_AIR / 2, start: low, end: high + room };
  if (side === "left") return { ...mark, side, labelX: low - NAME_AIR / 2, start: low - room, end: high };
  return { ...mark, side, labelX: x + Math.sign(from - x) * (WAY_HEAD + 4), start: low, end: high };
}

/** Beside the mark, where there is room; on the way of a long arrow where there is none on either side. */
function labelSide({ x, from, low, high, room, left, width }) {
  if (high + room <= width) return "right";
  const isLong = Math.abs(x - from) > room + 3 * WAY_HEAD;
  return low - room >= left || !isLong ? "left" : "way";
}

/** Marks in as few rows as they fit without touching: each in the first row that has room, at its place or further in. */
function packed(marks, field) {
  const rows = [];
  for (const mark of marks) {
    const places = mark.from === mark.x ? placesInside(mark, field) : [mark];
    const found = rows.some((row) => {
      const place = places.find((one) =>
        row.every((other) => one.end + SPARE <= other.start || one.start >= other.end + SPARE),
      );
      return Boolean(place && row.push(place));
    });
    if (!found) rows.push([mark]);
  }
  return rows;
}

/** Names beside the signs that have none yet, where a row has room for them on either side. */
function nameWhereRoom(row, { left, width }) {
  for (const [place, mark] of row.entries()) {
    if (mark.words) continue;
    const named = { ...mark, ...nameOfMark(mark.stand, shortName(mark.stand, width)) };
    const isFree = ({ start, end }) =>
      start >= left &&
      end <= width &&
      row.every((other) => other === mark || end + SPARE <= other.start || start >= other.end + SPARE);
    const sides = ["right", "left"].map((side) => besides(named, side));
    row[place] = sides.find(isFree) ?? mark;
  }
}

/** Names as whole as their rows have room for: rows are packed with short ones, and most have room left. */
function cutByRoom(row, field) {
  for (const [place, mark] of row.entries()) {
    if (!mark.words) continue;
    const others = row.filter((other) => other !== mark);
    row[place] = besides({ ...mark, ...nameOfMark(mark.stand, roomBeside(mark, others, field)) }, mark.side);
  }
}

function roomBeside({ x, from, side, start, end }, others, { left, width }) {
  if (side === "way") return Math.abs(x - from) - 3 * WAY_HEAD;
  const [low, high] = [Math.min(x, from) - DOT, Math.max(x, from) + DOT];
  const starts = others.map((other) => other.start - SPARE).filter((one) => one >= end);
  const ends = others.map((other) => other.end + SPARE).filter((one) => one <= start);
  return side === "right" ? Math.min(width, ...starts) - high : low - Math.max(left, ...ends);
}

/** A mark at its place and, step by step, further in as far as its third goes. */
function placesInside(mark, { left, width }) {
  const third = (width - left) / 3;
  const begin = left + SIDES_FROM_LEFT.indexOf(mark.stand.now.stance) * third;
  const step = mark.words ? 12 : 2 * DOT + SPARE;
  const shifts = [];
  for (let shift = step; shift < third; shift += step) shifts.push(shift, -shift);
  const moved = (shift) => ({
    ...mark,
    x: mark.x + shift,
    from: mark.x + shift,
    labelX: mark.labelX + shift,
    start: mark.start + shift,
    end: mark.end + shift,
  });
  return [mark, ...shifts.map(moved).filter(({ start, end }) => start >= begin + 2 && end <= begin + third - 2)];
}
