// Whether the board can be trusted today: feeds that fail or fell silent, and the last runs.

const WELL = new Set(["new", "ok", "not_modified"]);
const RUN_WENT_WRONG = new Set(["failed", "dead"]);

function showHealth() {
  const ill = board.feeds.filter((feed) => !isWell(feed));
  const failed = board.runs.filter((run) => !isDone(run));
  const lastRun = board.runs[0];
  const feeds = board.feeds.length
    ? `${number(board.feeds.length - ill.length)} of ${counted(board.feeds.length, "feed")} are well. `
    : "No feed has been polled yet. ";
  const runs = lastRun
    ? `The last run: ${lastRun.flow}, ${dayAndTime(lastRun.started_at)}, ${runWords(lastRun)}. ${failed.length ? `${number(failed.length)} of the last ${number(board.runs.length)} runs did not end well.` : `All of the last ${counted(board.runs.length, "run")} ended well.`}`
    : "No run on record.";
  fill(byId("health-sentence"), feeds, runs);
  fill(byId("ill-feeds"), ill.length ? el("ul", { class: "ill", role: "list" }, ill.map(illFeed)) : null);
  fill(byId("feeds-table"), board.feeds.length ? feedsTable([...ill, ...board.feeds.filter(isWell)]) : null);
  fill(byId("runs-table"), board.runs.length ? runsTable() : null);
}

function isWell({ status, notice }) {
  return WELL.has(status) && !notice;
}

function feedStatus(feed) {
  const words = isWell(feed) ? `✓ ${feed.status}` : WELL.has(feed.status) ? "! look" : `✗ ${feed.status}`;
  return el("b", { class: isWell(feed) ? "good" : "bad" }, words.replace("_", " "));
}

function isDone({ status }) {
  return !RUN_WENT_WRONG.has(status);
}

function runWords({ status, detail }) {
  return `${isDone({ status }) ? "✓" : "✗"} ${status}${detail ? ` (${detail})` : ""}`;
}

function illFeed(feed) {
  const words = feed.notice || feed.reason;
  const seen = feed.last_ok_at ? `last read ${dayAndTime(feed.last_ok_at)}` : "never read";
  return el(
    "li",
    {},
    feedStatus(feed),
    " ",
    el("b", {}, bdi(feed.publisher)),
    words ? [": ", bdi(words)] : null,
    el("span", { class: "soft" }, ` (${seen})`),
  );
}

function feedsTable(feeds) {
  return tableOf(
    "feeds",
    "all feeds",
    [
      { name: "Publisher", value: ({ publisher }) => publisher ?? "", show: (feed) => link(feed.url, feed.publisher) },
      { name: "Status", value: ({ status }) => status, show: feedStatus },
      {
        name: "Last read",
        value: ({ last_ok_at: at }) => londonMoment(at),
        show: ({ last_ok_at: at }) => (at ? dayAndTime(at) : "never"),
      },
      { name: "Failures in a row", value: ({ failures }) => failures, isNumber: true },
      { name: "Entries in 7 days", value: ({ entries_7d: entries }) => entries, isNumber: true },
      { name: "Expected", value: ({ expected_7d: expected }) => expected, isNumber: true },
      {
        name: "Next",
        value: ({ next_fetch_at: at }) => londonMoment(at),
        show: ({ next_fetch_at: at }) => (at ? dayAndTime(at) : ""),
      },
      { name: "Reason", value: ({ reason, notice }) => notice || reason || "", isLong: true },
      { name: "Address", value: ({ url }) => safeUrl(url) },
    ],
    feeds,
  );
}

function runsTable() {
  return tableOf(
    "runs",
    "the last runs",
    [
      {
        name: "Started",
        value: ({ started_at: at }) => londonMoment(at),
        show: ({ started_at: at }) => dayAndTime(at),
      },
      { name: "Flow", value: ({ flow }) => flow },
      {
        name: "Ended",
        value: ({ finished_at: at }) => londonMoment(at),
        show: ({ finished_at: at }) => (at ? dayAndTime(at) : "still running"),
      },
      {
        name: "Status",
        value: ({ status }) => status,
        show: (run) => el("span", { class: isDone(run) ? "good" : "bad" }, `${isDone(run) ? "✓" : "✗"} ${run.status}`),
      },
      { name: "Done", value: ({ done }) => done ?? "", isLong: true },
      { name: "Detail", value: ({ detail }) => detail ?? "", isLong: true },
    ],
    board.runs,
  );
}
