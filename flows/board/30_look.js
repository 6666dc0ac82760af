// When the reader last looked: the moment up to which the newest page told that they saw before this one.
// Reading this page again changes nothing, so that what is new does not vanish with a reload.

const LOOK_KEY = board.sample ? "stancewatch.sample-look" : "stancewatch.look";
const look = readLook();

function readLook() {
  try {
    const kept = JSON.parse(localStorage.getItem(LOOK_KEY) ?? "{}");
    const seen = moment(kept.seen);
    const look =
      seen !== null && seen < NOW ? { before: seen, seen: NOW } : { before: moment(kept.before), seen: seen ?? NOW };
    keepLook(look);
    return look;
  } catch {
    return { before: null, seen: NOW }; // a mail program or a private window keeps nothing
  }
}

function keepLook({ before, seen }) {
  const kept = { seen: new Date(seen).toISOString(), before: before === null ? null : new Date(before).toISOString() };
  localStorage.setItem(LOOK_KEY, JSON.stringify(kept));
}

/** From here on all of this page counts as seen. */
function markSeen() {
  look.before = look.seen = NOW;
  try {
    keepLook(look);
  } catch {
    // kept for this visit only
  }
}

/** What counts as new, as the reader chose it, with its words. */
function rangeOf(state) {
  const name = state.since || (look.before === null ? "week" : "look");
  const spans = { day: DAY, week: 7 * DAY, month: 30 * DAY };
  if (name === "all") return { name, from: -Infinity, words: "in all that is on record" };
  if (name === "look" && look.before !== null) {
    return { name, from: look.before, words: `since your last look (${weekday(look.before)})` };
  }
  const span = name === "look" ? "week" : name;
  const note = name === "look" ? " (no earlier look is known)" : "";
  return { name, from: NOW - spans[span], words: `in ${RANGES[span]}${note}` };
}
