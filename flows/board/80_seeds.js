// The seed documents as a yardstick: what they said, and which other statements agree with it or oppose it.

opened.add("seed 0");

function showSeeds(choice) {
  const printed = board.echoes.filter(
    (echo) => board.seeds[echo.seed]?.statements[echo.statement] && choice.within.echo(echo),
  );
  const echoes = told(printed);
  fill(
    byId("seeds-sentence"),
    board.seeds.length ? `${counted(board.seeds.length, "seed document")}; ${echoesCounted(echoes)}.` : "",
  );
  fill(
    byId("seeds-list"),
    board.seeds.length
      ? board.seeds.map((seed, index) =>
          seedBox(
            seed,
            echoes.filter((echo) => echo.seed === index),
            index,
          ),
        )
      : el("p", { class: "empty" }, "No seed documents are loaded: stancewatch seeds load."),
  );
  fill(byId("seeds-table"), printed.length ? seedsTable(printed) : null);
}

function echoesCounted(echoes) {
  if (!echoes.length) return "no statement echoes them under these filters";
  const counts = countBy(echoes, ({ relation }) => relation);
  const parts = [
    ["agrees", "agree", "agrees"],
    ["opposes", "oppose", "opposes"],
    ["unclear", "are near without a clear side", "is near without a clear side"],
  ]
    .filter(([key]) => counts.has(key))
    .map(([key, many, one]) => `${number(counts.get(key))} ${counts.get(key) === 1 ? one : many}`);
  const statements = new Set(echoes.map(({ original, statement_id: id }) => original ?? id)).size;
  const pairs = echoes.length === statements ? "" : `, in ${counted(echoes.length, "pair")}`;
  return `${counted(statements, "statement")} near to what they say${pairs}: ${joined(parts)}`;
}

function seedBox(seed, echoes, index) {
  const spoken = seed.statements.map((statement, place) => ({
    statement,
    echoes: echoes.filter((echo) => echo.statement === place),
  }));
  const clear = ({ echoes: own }) => own.filter(({ relation }) => relation !== "unclear").length;
  const ranked = spoken.sort((one, other) => clear(other) - clear(one) || other.echoes.length - one.echoes.length);
  const summary = el(
    "summary",
    {},
    el("h3", {}, bdi(seed.title)),
    el(
      "span",
      { class: "soft" },
      bdi(seed.publisher),
      ` · ${asKnown(seed.published, seed.published_in)} · ${counted(seed.statements.length, "statement")}, ${counted(echoes.length, "echo", "echoes")}`,
    ),
  );
  const box = el(
    "details",
    { class: "seed", open: opened.has(`seed ${index}`), ontoggle: () => keepOpen(`seed ${index}`, box.open) },
    summary,
    safeUrl(seed.url) ? el("p", { class: "soft source" }, link(seed.url, "The document")) : null,
    longList(ranked, seedStatement, 6, { name: "statements", className: "spoken" }),
  );
  return box;
}

/** Beside each statement of a seed the same words once, with all their outlets; a clear side first, the nearest first. */
function told(echoes) {
  const once = new Map();
  for (const echo of echoes) {
    const key = `${echo.seed} ${echo.statement} ${echo.original ?? echo.text}`;
    const known = once.get(key);
    if (known) known.others.push(outletOfEcho(echo));
    else once.set(key, { ...echo, others: [] });
  }
  const isUnclear = ({ relation }) => Number(relation === "unclear");
  return [...once.values()].sort((one, other) => isUnclear(one) - isUnclear(other) || other.nearness - one.nearness);
}

function seedStatement({ statement, echoes }) {
  const who = [statement.person, statement.organisation].filter(Boolean).join(", ") || "Somebody without a name";
  return el(
    "li",
    {},
    el(
      "div",
      { class: "said" },
      el("h4", {}, bdi(who)),
      el("p", {}, side(statement.stance, capital(sideOf(statement.stance).name))),
      quotation(statement.stance, statement.text),
    ),
    echoes.length
      ? longList(echoes, echoItem, 3, { name: "echoes", className: "echoes" })
      : el("p", { class: "soft" }, "No echo."),
  );
}

function echoItem(echo) {
  const relation = RELATIONS[echo.relation] ?? RELATIONS.unclear;
  const who = [echo.person, echo.organisation].filter(Boolean).join(", ");
  const also = [...new Set(echo.others)].filter((outlet) => outlet && outlet !== outletOfEcho(echo));
  return el(
    "li",
    {},
    el(
      "p",
      { class: "relation" },
      el(
        "b",
        { class: `tie ${echo.relation}` },
        el("span", { "aria-hidden": "true" }, relation.sign),
        " ",
        relation.name,
      ),
      el("span", { class: "soft" }, ` · nearness ${Number(echo.nearness).toFixed(2)}`),
    ),
    quotation(echo.stance, echo.text),
    el(
      "p",
      { class: "soft source" },
      side(echo.stance),
      " · ",
      bdi(who),
      " · ",
      link(echo.url, outletOfEcho(echo) || "article"),
      `, ${dayOf(echo)}`,
      also.length ? [" · also in ", bdi(joined(also))] : null,
    ),
  );
}

/** Whether these words were printed before, by another statement. */
function isCopy({ original, statement_id: id }) {
  return Boolean(original) && original !== id;
}

function seedsTable(echoes) {
  const seedOf = (echo) => board.seeds[echo.seed].statements[echo.statement];
  return tableOf(
    "seed-echoes",
    "echoes of the seeds",
    [
      { name: "Date", value: (echo) => echo.said_in ?? echo.day, show: dayOf },
      { name: "Who", value: (echo) => [echo.person, echo.organisation].filter(Boolean).join(", ") },
      { name: "Copy", value: (echo) => (isCopy(echo) ? "yes" : "") },
      { name: "Relation", value: ({ relation }) => relation },
      { name: "Nearness", value: ({ nearness }) => nearness, isNumber: true },
      { name: "Words", value: ({ text }) => text ?? "", isLong: true },
      { name: "Seed", value: (echo) => board.seeds[echo.seed].title },
      { name: "Seed’s words", value: (echo) => seedOf(echo).text ?? "", isLong: true },
      {
        name: "Link",
        value: ({ url }) => safeUrl(url),
        show: (echo) => link(echo.url, outletOfEcho(echo) || "article"),
      },
    ],
    echoes,
  );
}
