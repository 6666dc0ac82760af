// London's calendar: the one place that knows the zone of the page's days and months. A day is text, "2026-06-03", and
// days are compared as text; a month is a number, counted from the year 0.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = "Europe/London";
const CALENDAR = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const monthStarts = new Map();

/** The day on which a moment (milliseconds) falls in London. */
function londonDay(time) {
  return CALENDAR.format(time).split("/").reverse().join("-");
}

/** When a day begins in London: at midnight, or in summer an hour before Greenwich's. */
function dayStart(day) {
  const greenwich = Date.parse(day);
  return londonDay(greenwich - HOUR) === day ? greenwich - HOUR : greenwich;
}

/** The day so many days after another. */
function dayAfter(day, count) {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

function monthOf(day) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** When a month begins in London; asked for each row that is drawn, and so remembered. */
function monthStart(month) {
  if (!monthStarts.has(month)) {
    const year = String(Math.floor(month / 12)).padStart(4, "0");
    monthStarts.set(month, dayStart(`${year}-${String((month % 12) + 1).padStart(2, "0")}-01`));
  }
  return monthStarts.get(month);
}

/** A moment for a table that is downloaded: London's day and time, and how far that is from Greenwich's. */
function londonMoment(at) {
  const time = moment(at);
  if (time === null) return "";
  const shown = `${londonDay(time)}T${CLOCK.format(time)}`;
  const isSummer = Date.parse(`${shown}Z`) - time > HOUR / 2;
  return `${shown}${isSummer ? "+01:00" : "+00:00"}`;
}
