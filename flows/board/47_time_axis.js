// An axis of time with few round dates, on plain numbers: milliseconds in, words by one of three fixed formats out.

const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const TIME_WORDS = {
  day: "utcFormat(datum.value, '%-d %b')",
  month: "utcFormat(datum.value, '%b %Y')",
  year: "utcFormat(datum.value, '%Y')",
};

/** An `x` channel over a span of time, `width` pixels wide. */
function timeChannel(field, [first, last], width) {
  const { values, form } = timeTicks(first, last, Math.max(3, Math.floor(width / 96)));
  const axis = {
    values,
    labelExpr: TIME_WORDS[form],
    grid: true,
    orient: "bottom",
    labelOverlap: true,
    labelFlush: 30,
  };
  return { field, type: "quantitative", scale: { domain: [first, last], nice: false, zero: false }, axis };
}

function timeTicks(first, last, most) {
  const days = (last - first) / DAY;
  const step = DAY_STEPS.find((size) => days / size <= most);
  if (step && days < 75) return { values: dayTicks(first, last, step), form: "day" };
  const months = MONTH_STEPS.find((size) => days / 30.4 / size <= most) ?? 240;
  return { values: monthTicks(first, last, months), form: months < 12 ? "month" : "year" };
}

function dayTicks(first, last, step) {
  const ticks = [];
  for (let tick = Math.ceil(first / DAY) * DAY; tick <= last; tick += step * DAY) ticks.push(tick);
  return ticks;
}

function monthTicks(first, last, step) {
  const start = new Date(first);
  const ticks = [];
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  for (; monthStart(month) <= last; month += step) if (monthStart(month) >= first) ticks.push(monthStart(month));
  return ticks;
}

function monthStart(month) {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}
