// The page: its sections, drawn anew from the address whenever that changes.

const SECTIONS = [
  { id: "new", show: showNew },
  { id: "field", show: showField },
  { id: "timeline", show: showTimeline },
  { id: "themes", show: showThemes },
  { id: "agreement", show: showAgreement },
  { id: "events", show: showEvents },
  { id: "seeds", show: showSeeds },
  { id: "health", show: showHealth },
];
let drawn = null;

function show() {
  const choice = choose(stateFrom(location.hash));
  for (const name of ["data-drawn", "data-printable"]) document.documentElement.removeAttribute(name);
  showFilters(choice);
  for (const section of SECTIONS) section.show(choice);
  drawn = choice;
}

/** A change of the address: what it touches is drawn anew; another actor changes the timeline alone. */
function follow() {
  const state = stateFrom(location.hash);
  const rest = (of) => hashOf({ ...of, show: "", actor: "" });
  if (rest(drawn.state) !== rest(state)) return showAndReveal(state.show);
  if (drawn.state.actor !== state.actor) showTimeline({ ...drawn, state });
  drawn.state = state;
  if (state.show) reveal(state.show);
}

/** Draws all and goes to a section; once more when the charts above it have their heights, unless the reader has moved. */
function showAndReveal(id) {
  show();
  if (!id) return;
  reveal(id, "instant");
  afterDrawing = () => reveal(id, "instant");
}

function stayHere() {
  afterDrawing = null;
}

function goToSection(id) {
  if (stateFrom(location.hash).show === id) reveal(id);
  else go({ show: id });
}

function reveal(id, behavior = "auto") {
  const heading = byId(id).querySelector("h2");
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  byId(id).scrollIntoView({ block: "start", behavior });
}

/** The section that the reader looks at: the last one whose beginning is above the middle of the window. */
function sectionInView() {
  if (window.innerHeight + scrollY >= document.documentElement.scrollHeight - 2) return SECTIONS.at(-1).id;
  const above = SECTIONS.filter(({ id }) => byId(id).getBoundingClientRect().top < window.innerHeight / 2);
  return (above.at(-1) ?? SECTIONS[0]).id;
}

function markSection() {
  const current = sectionInView();
  for (const anchor of document.querySelectorAll("nav a[data-section]")) {
    if (anchor.dataset.section !== current) anchor.removeAttribute("aria-current");
    else if (!anchor.hasAttribute("aria-current")) {
      anchor.setAttribute("aria-current", "true");
      anchor.closest("ul").scrollLeft = anchor.offsetLeft - 48; // a phone shows only some of the names
    }
  }
}

function setUpSections() {
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    reveal("new");
  });
  for (const anchor of document.querySelectorAll("nav a[data-section]")) {
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      goToSection(anchor.dataset.section);
    });
  }
  let isAsked = false;
  addEventListener(
    "scroll",
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        markSection();
      });
    },
    { passive: true },
  );
}

function showAge() {
  const hours = (Date.now() - NOW) / HOUR;
  const age = hours > 36 ? ` · ${counted(Math.round(hours / 24), "day")} old` : "";
  byId("as-of").textContent = `As of ${weekdayAndYear(NOW)} (London)${age}`;
  byId("counts").textContent =
    `${counted(board.counts.articles, "article")}, ${counted(board.counts.statements, "statement")}, ${counted(board.counts.sided, "with a side", "with a side")}, ${counted(board.counts.publishers, "outlet")}`;
  byId("sample").hidden = !board.sample;
  byId("version").textContent = `Stancewatch ${board.version}.`;
}

/** Paper shows all of every list, and afterwards the page is as it was; tables are downloaded, not printed. */
function setUpPrint() {
  let kept = [];
  addEventListener("beforeprint", () => {
    kept = [...opened];
    for (const list of document.querySelectorAll("[data-long]")) list.showAll();
    for (const seed of document.querySelectorAll("details.seed")) seed.open = true;
  });
  addEventListener("afterprint", () => {
    opened.clear();
    for (const name of kept) opened.add(name);
    show();
  });
}

function begin() {
  setUpFilters();
  setUpSearch();
  setUpSections();
  setUpPrint();
  showAge();
  setInterval(showAge, HOUR / 2);
  showAndReveal(stateFrom(location.hash).show);
  performance.mark("stancewatch-text");
  markSection();
  addEventListener("hashchange", follow);
  new ResizeObserver(redrawForWidth).observe(byId("main"));
  for (const sort of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(sort, stayHere, { passive: true });
}

begin();
