// An axis of time with few round dates of London, on plain numbers: milliseconds in, words in one of three forms out.

const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const TIME_FORMS = {
  day: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "short" }),
  month: MONTH,
  year: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, year: "numeric" }),
};

/** An `x` channel over a span of time, `width` pixels wide. */
function timeChannel(field, [first, last], width) {
  const { values, form } = timeTicks(first, last, Math.max(3, Math.floor(width / 96)));
  const words = values.map((value) => TIME_FORMS[form].format(value));
  const axis = {
    values,
    labelExpr: `${JSON.stringify(words)}[indexof(${JSON.stringify(values)}, datum.value)]`,
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
  let date = londonDay(first);
  if (dayStart(date) < first) date = dayAfter(date, 1);
  for (; dayStart(date) <= last; date = dayAfter(date, step)) ticks.push(dayStart(date));
  return ticks;
}

function monthTicks(first, last, step) {
  const ticks = [];
  let month = Math.floor(monthOf(londonDay(first)) / step) * step;
  for (; monthStart(month) <= last; month += step) if (monthStart(month) >= first) ticks.push(monthStart(month));
  return ticks;
}
