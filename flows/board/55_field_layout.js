// Where each actor stands in the field: a lane for each kind of actor, in it rows of names that do not touch.

const MOST_NAMED = 60;
const MOST_ARROWS = 40;
const FIELD_ROW = 21;
const FIELD_HEAD = 22;
const LANE_GAP = 10;
const DOT = 8;
const WAY_HEAD = 22;

/** Place of a position between full central control (0) and full local control (1): the side decides the third. */
function placeOf({ stance, score }) {
  const inside = (share) => Math.min(0.94, Math.max(0.06, share));
  if (stance === "central") return inside(1 + score) / 3;
  if (stance === "local") return (2 + inside(score)) / 3;
  return (1 + inside((score + 1) / 2)) / 3;
}

/** The field in pixels: lanes with their height, and a mark for each actor. */
function layField(stands, width) {
  const isNarrow = width < 640;
  const left = isNarrow ? 0 : Math.ceil(Math.max(...board.actor_types.map(({ label }) => widthOf(label, 12, 600)))) + 18;
  const named = namedOf(stands, isNarrow ? MOST_NAMED / 2 : MOST_NAMED);
  const arrows = new Set(stands.filter(({ hasMoved }) => hasMoved).sort(byNews).slice(0, MOST_ARROWS));
  const lanes = [];
  const marks = [];
  let top = 0;
  for (const { key, label } of board.actor_types) {
    const members = stands.filter(({ actor }) => actor.type === key);
    if (!members.length) continue;
    const head = isNarrow ? FIELD_HEAD : 0;
    const rows = packed(members.sort(byNews).map((stand) => markOf(stand, { isNamed: named.has(stand), hasArrow: arrows.has(stand) }, left, width)));
    const height = head + Math.max(rows.length, 1) * FIELD_ROW + LANE_GAP;
    rows.forEach((row, index) => row.forEach((mark) => marks.push({ ...mark, y: top + head + LANE_GAP / 2 + (index + 0.5) * FIELD_ROW })));
    lanes.push({ label, count: members.length, top, bottom: top + height, labelY: isNarrow ? top + 14 : top + LANE_GAP / 2 + FIELD_ROW / 2 });
    top += height;
  }
  return { lanes, marks, left, width, height: top, isNarrow };
}

/** Those whose names are written: who moved or is new, then who was heard of last. */
function namedOf(stands, most) {
  return new Set([...stands].sort(byNews).slice(0, most));
}

function byNews(one, other) {
  const news = ({ hasMoved, isFirst, isFresh }) => (hasMoved ? 3 : isFirst ? 2 : isFresh ? 1 : 0);
  return news(other) - news(one) || other.now.time - one.now.time;
}

/** A stand in pixels with the room that it takes: dot, way from where it came, and name. */
function markOf(stand, { isNamed, hasArrow }, left, width) {
  const at = (position) => left + placeOf(position) * (width - left);
  const x = at(stand.now);
  const from = hasArrow ? at(stand.before) : x;
  const words = isNamed ? clipped(nameOf(stand.actor) + (stand.isFirst ? " (new)" : ""), width < 640 ? 24 : 34) : "";
  const room = words ? widthOf(words, 12, stand.isFresh || stand.hasMoved ? 700 : 400) + 6 : 0;
  const [low, high] = [Math.min(x, from) - DOT, Math.max(x, from) + DOT];
  const mark = { stand, x, from, words, room, side: labelSide({ x, from, low, high, room, left, width }) };
  if (mark.side === "right") return { ...mark, labelX: high + 3, start: low, end: high + room };
  if (mark.side === "left") return { ...mark, labelX: low - 3, start: low - room, end: high };
  return { ...mark, labelX: x + Math.sign(from - x) * (WAY_HEAD + 4), start: low, end: high };
}

/** Beside the mark, where there is room; on the way of a long arrow where there is none on either side. */
function labelSide({ x, from, low, high, room, left, width }) {
  if (high + room <= width) return "right";
  const isLong = Math.abs(x - from) > room + 3 * WAY_HEAD;
  return low - room >= left || !isLong ? "left" : "way";
}

/** Marks in as few rows as they fit without touching, each in the first row that has room. */
function packed(marks) {
  const rows = [];
  for (const mark of marks) {
    const free = rows.find((row) => row.every((other) => mark.end + 4 <= other.start || mark.start >= other.end + 4));
    if (free) free.push(mark);
    else rows.push([mark]);
  }
  return rows;
}
