// The words of the board: sides, kinds of events, dates by London's clock, numbers with their nouns.

const SIDES = {
  local: { key: "local", symbol: "▲", name: "local", badge: "LOCAL control" },
  balanced: { key: "balanced", symbol: "◆", name: "balanced", badge: "BALANCED" },
  central: { key: "central", symbol: "▼", name: "central", badge: "CENTRAL control" },
};
const NO_SIDE = { key: "none", symbol: "○", name: "no side", badge: "NO SIDE" };
const SIDES_FROM_LEFT = ["central", "balanced", "local"];
const SHAPES = { local: "triangle-up", balanced: "diamond", central: "triangle-down" };
const EVENT_KINDS = {
  shift: { name: "Change of side", one: "change of side", many: "changes of side" },
  first: { name: "New stance", one: "new stance", many: "new stances" },
  theme: { name: "New theme", one: "new theme", many: "new themes" },
};
const RELATIONS = {
  agrees: { sign: "=", name: "agrees" },
  opposes: { sign: "≠", name: "opposes" },
  unclear: { sign: "~", name: "unclear" },
};
const DATE = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  day: "numeric",
  month: "short",
  year: "numeric",
});
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const WEEKDAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const LONG_MONTH = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "long", year: "numeric" });
const MONTH = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "short", year: "numeric" });

function sideOf(stance) {
  return Object.hasOwn(SIDES, stance) ? SIDES[stance] : NO_SIDE;
}

function hasSide(stance) {
  return Object.hasOwn(SIDES, stance);
}

function moment(at) {
  const time = Date.parse(at ?? "");
  return Number.isNaN(time) ? null : time;
}

function day(at) {
  const time = moment(at);
  return time === null ? "no date" : DATE.format(time);
}

/** A date as far as it is known: "2015", "February 2015", "24 May 2018". */
function asKnown(at, period) {
  if (/^\d{4}$/.test(period ?? "")) return period;
  return moment(period) === null ? day(at) : LONG_MONTH.format(moment(period));
}

/** The day of a position or an echo; of a seed's perhaps the year or the month alone. */
function dayOf({ at, said_in: period }) {
  return asKnown(at, period);
}

function dayAndTime(at) {
  const time = moment(at);
  return time === null ? "no date" : `${DATE.format(time)}, ${TIME.format(time)}`;
}

/** A moment of the page itself, with its year. */
function weekdayAndYear(time) {
  return `${WEEKDAY.format(time)} ${londonDay(time).slice(0, 4)}, ${TIME.format(time)}`;
}

function weekday(time) {
  return `${WEEKDAY.format(time)}, ${TIME.format(time)}`;
}

function number(value) {
  return Number(value ?? 0).toLocaleString("en-GB");
}

/** "1 feed", "12,000 feeds". */
function counted(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
function joined(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function percent(share) {
  return `${Math.round(share * 100)}%`;
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function clipped(words, most) {
  const signs = Array.from(words);
  if (signs.length <= most) return words;
  const kept = signs.slice(0, most - 1).join("");
  return `${kept.trimEnd()}…`;
}

/** Words cut after a whole word. */
function shortened(words, most) {
  const signs = Array.from(words);
  if (signs.length <= most) return words;
  const kept = signs.slice(0, most).join("");
  return `${kept.replace(/\s+\S*$/u, "")} […]`;
}

/** How often each side was taken: "3 local, 1 central". */
function sidesCounted(stances) {
  const counts = countBy(stances, (stance) => sideOf(stance).name);
  const parts = [...Object.values(SIDES), NO_SIDE].filter(({ name }) => counts.has(name));
  return joined(parts.map(({ name }) => `${number(counts.get(name))} ${name}`));
}

function countBy(values, key) {
  const counts = new Map();
  for (const value of values) counts.set(key(value), (counts.get(key(value)) ?? 0) + 1);
  return counts;
}
