// The filters of the whole page, the choice of what counts as new, and the link to what is shown.

const CONTROLS = { since: "range", from: "from", to: "to", kind: "kind", theme: "theme", outlet: "outlet" };

function setUpFilters() {
  addOptions(
    "range",
    Object.entries(RANGES).map(([key, label]) => [
      key,
      key === "all" ? "all time" : label.replace(/^your/, "my").replace(/^the /, ""),
    ]),
  );
  addOptions(
    "kind",
    board.actor_types
      .filter(({ key }) => board.actors.some(({ type }) => type === key))
      .map(({ key, label }) => [key, label]),
  );
  addOptions(
    "theme",
    board.themes.map(({ key, label }) => [key, label]),
  );
  addOptions(
    "outlet",
    [...board.publishers].sort((one, other) => one.localeCompare(other)).map((name) => [name, clipped(name, 40)]),
  );
  for (const [key, id] of Object.entries(CONTROLS))
    byId(id).addEventListener("change", () => go({ [key]: byId(id).value }));
  for (const id of ["from", "to"]) {
    byId(id).min = board.span.first ?? "";
    byId(id).max = board.span.last ?? "";
  }
  byId("clear").addEventListener("click", clearFilters);
  byId("copy").addEventListener("click", copyLink);
  byId("seen").addEventListener("click", () => {
    markSeen();
    show();
    byId("new-title").focus();
  });
  const isNarrow = matchMedia("(max-width: 720px)");
  byId("filters").open = !isNarrow.matches;
}

function addOptions(id, pairs) {
  byId(id).append(...pairs.map(([value, words]) => el("option", { value }, words)));
}

function clearFilters() {
  go(Object.fromEntries(FILTERS.map((key) => [key, ""])));
  byId("kind").focus();
}

function showFilters({ state, range, positions, events, stands }) {
  for (const [key, id] of Object.entries(CONTROLS)) byId(id).value = key === "since" ? range.name : state[key];
  const active = FILTERS.filter((key) => state[key]);
  byId("clear").hidden = !active.length;
  byId("filters-name").textContent = active.length ? `Filters (${active.length} set)` : "Filters";
  const matches = `${counted(positions.length, "position")} of ${counted(stands.length, "actor")}, ${counted(events.length, "event")}`;
  byId("matches").textContent = isBackwards(state) ? `${matches}: From is later than To, no day lies between` : matches;
  byId("print-filters").textContent = printedFilters(state, range);
}

/** What a printed page says in place of the controls. */
function printedFilters(state, range) {
  const theme = board.themes.find(({ key }) => key === state.theme);
  const parts = [
    `New: ${range.words}`,
    state.from && `from ${day(state.from)}`,
    state.to && `until ${day(state.to)}`,
    state.kind && board.typeLabel.get(state.kind),
    theme && `theme: ${theme.label}`,
    state.outlet && `outlet: ${state.outlet}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

async function copyLink() {
  const address = addressOf({
    ...stateFrom(location.hash),
    since: rangeOf(stateFrom(location.hash)).name,
    show: sectionInView(),
  });
  const isCopied = await copied(address);
  byId("copied").textContent = isCopied ? "Link copied" : "";
  const box = byId("address");
  box.hidden = isCopied;
  box.value = address;
  if (!isCopied) box.select();
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // where the browser refuses, the reader copies it from a box
  }
}
