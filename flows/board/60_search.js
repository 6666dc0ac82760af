// The search box for actors: type, go through the answers with the arrow keys, choose with Enter.

const MOST_ANSWERS = 12;

function actorsLike(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const rated = board.actors
    .map((actor, index) => ({
      index,
      text: folded(`${actor.person ?? ""} ${actor.organisation ?? ""}`),
      heard: actor.positions.length,
    }))
    .filter(({ text }) => words.every((word) => text.includes(word)));
  const begins = ({ text }) => Number(words.length > 0 && text.startsWith(words[0]));
  return rated.sort((one, other) => begins(other) - begins(one) || other.heard - one.heard).map(({ index }) => index);
}

function folded(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function setUpSearch() {
  const box = byId("actor-search");
  const list = byId("actor-answers");
  const search = { box, list, answers: [], active: -1 };
  box.addEventListener("input", () => openAnswers(search));
  box.addEventListener("focus", () => box.select());
  box.addEventListener("keydown", (event) => steer(search, event));
  box.addEventListener("blur", () => {
    closeAnswers(search);
    box.value = timeline.name;
  });
}

function openAnswers(search) {
  const found = actorsLike(search.box.value);
  search.answers = found.slice(0, MOST_ANSWERS);
  const options = search.answers.map((index, place) => answer(search, index, place));
  fill(search.list, options);
  search.list.hidden = !options.length;
  search.box.setAttribute("aria-expanded", String(options.length > 0));
  sayFound(found.length ? `${counted(found.length, "actor")} found` : "Nobody of that name is on this page.", !found.length);
  activate(search, -1);
}

/** Told to a screen reader; shown under the box where there is no list to see instead. */
function sayFound(words, isShown) {
  const line = byId("actor-found");
  line.textContent = words;
  line.className = isShown ? "nobody" : "unseen";
}

function answer(search, index, place) {
  const actor = board.actors[index];
  const attributes = {
    role: "option",
    id: `answer-${place}`,
    "aria-selected": "false",
    onmousedown: (event) => event.preventDefault(),
    onclick: () => take(search, place),
  };
  return el(
    "li",
    attributes,
    side(actor.stance, ""),
    bdi(nameOf(actor)),
    el(
      "span",
      { class: "soft" },
      bodyOf(actor) ? [", ", bdi(bodyOf(actor))] : null,
      ` · ${counted(actor.positions.length, "position")}`,
    ),
  );
}

function steer(search, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (steps[event.key]) {
    event.preventDefault();
    if (search.list.hidden) openAnswers(search);
    const count = search.answers.length;
    if (count)
      activate(
        search,
        (search.active + steps[event.key] + count + (search.active < 0 && steps[event.key] < 0 ? 1 : 0)) % count,
      );
  } else if (event.key === "Enter" && !search.list.hidden) {
    event.preventDefault();
    take(search, Math.max(search.active, 0));
  } else if (event.key === "Escape") closeAnswers(search);
}

function activate(search, place) {
  search.active = place;
  [...search.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
  if (place >= 0) search.box.setAttribute("aria-activedescendant", `answer-${place}`);
  else search.box.removeAttribute("aria-activedescendant");
  search.list.children[place]?.scrollIntoView({ block: "nearest" });
}

function take(search, place) {
  const index = search.answers[place];
  closeAnswers(search);
  if (index === undefined) return;
  search.box.value = nameOf(board.actors[index]);
  search.box.select(); // the next name that is typed takes its place
  go({ actor: board.actors[index].id });
}

function closeAnswers(search) {
  sayFound("", false);
  search.list.hidden = true;
  search.box.setAttribute("aria-expanded", "false");
  activate(search, -1);
}
