// An axis of time with few round dates of London, on plain numbers: milliseconds in, words in one of three forms out.

const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const TIME_FORMS = {
  day: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "short" }),
  month: MONTH,
  year: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, year: "numeric" }),
  date: DATE,
};
const BEYOND = 12;

/** An `x` channel over a span of time, `width` pixels wide. */
function timeChannel(field, [first, last], width) {
  const { values, form } = timeTicks(first, last, mostLabels(width));
  const words = values.map((value) => TIME_FORMS[form].format(value));
  return spanChannel(field, [first, last], { ...labelled(values, words), grid: true, labelFlush: 30 });
}

/** Likewise for bars, each as wide as its month, quarter or year: the words stand under the middle of the bar. */
function barChannel(field, { first, last, size, end }, width) {
  const months = monthOf(londonDay(last)) - monthOf(londonDay(first));
  const step = MONTH_STEPS.find((one) => one % size === 0 && months / one <= mostLabels(width)) ?? 240;
  const starts = monthTicks(first, last - 1, step);
  const words = starts.map((start) => TIME_FORMS[size === 12 ? "year" : "month"].format(start));
  const middles = starts.map((start) => (start + end(start)) / 2);
  return spanChannel(field, [first, last], { ...labelled(middles, words), grid: false, labelBound: BEYOND });
}

function mostLabels(width) {
  return Math.max(3, Math.floor(width / 96));
}

/** The part of an axis that shows certain words at certain times. */
function labelled(values, words) {
  return { values, labelExpr: `${JSON.stringify(words)}[indexof(${JSON.stringify(values)}, datum.value)]` };
}

function spanChannel(field, domain, axis) {
  const scale = { domain, nice: false, zero: false };
  return { field, type: "quantitative", scale, axis: { orient: "bottom", labelOverlap: true, ...axis } };
}

function timeTicks(first, last, most) {
  const days = (last - first) / DAY;
  const step = DAY_STEPS.find((size) => days / size <= most);
  if (step && days < 75) {
    const isThisYear = [first, last].every((time) => londonDay(time).slice(0, 4) === londonDay(NOW).slice(0, 4));
    return { values: dayTicks(first, last, step), form: isThisYear ? "day" : "date" };
  }
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
