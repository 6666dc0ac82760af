// What is shown is a state, and the state is the address: each view has its link, and Back goes back.

const RANGES = {
  look: "your last look",
  day: "the last 24 hours",
  week: "the last 7 days",
  month: "the last 30 days",
  all: "the beginning",
};
const EMPTY_STATE = { since: "", from: "", to: "", kind: "", theme: "", outlet: "", actor: "", show: "" };
const FILTERS = ["from", "to", "kind", "theme", "outlet"];
const A_DATE = /^\d{4}-\d{2}-\d{2}$/;
const IS_KNOWN = {
  since: (value) => Object.hasOwn(RANGES, value),
  from: (value) => A_DATE.test(value) && moment(value) !== null,
  to: (value) => A_DATE.test(value) && moment(value) !== null,
  kind: (value) => board.typeLabel.has(value),
  theme: (value) => board.themes.some(({ key }) => key === value),
  outlet: (value) => board.publishers.includes(value),
  actor: () => true, // one that is not on this page is told of
  show: (value) => SECTIONS.some(({ id }) => id === value),
};

/** The state that an address names; what it does not know is left out. */
function stateFrom(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const state = { ...EMPTY_STATE };
  for (const key of Object.keys(EMPTY_STATE)) {
    const value = asked.get(key) ?? "";
    if (value && IS_KNOWN[key](value)) state[key] = value;
  }
  return state;
}

function hashOf(state) {
  return new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();
}

function hasFilter(state) {
  return FILTERS.some((key) => state[key]);
}

/** Whether From is later than To, so that no day lies between. */
function isBackwards({ from, to }) {
  return Boolean(from && to) && from > to;
}

/** Says that nothing of a kind is there, and whether that is because of the filters. */
function noneOf(what, state) {
  const why = isBackwards(state) ? ": From is later than To" : "";
  return `No ${what} ${hasFilter(state) ? "fits the filters" : "on record yet"}${why}.`;
}

/** Goes to a changed state: a new entry of the history, from which all is drawn. */
function go(change) {
  const hash = hashOf({ ...stateFrom(location.hash), ...change });
  if (hash === location.hash.replace(/^#/, "")) return;
  location.hash = hash || "show=new";
}

function addressOf(state) {
  return `${location.href.split("#")[0]}#${hashOf(state)}`;
}
