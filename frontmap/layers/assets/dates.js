// Days are counted from 1 January 1970; a week starts on Monday. The names of the months come with
// the page's words: the browser's own take a tenth of a second to load.

import { phrase } from "./dom.js";

const DAY = 86400000;

function partsOf(day, words) {
  const date = new Date(day * DAY);
  const month = words.months.split(" ")[date.getUTCMonth()];
  return { day: date.getUTCDate(), month, year: date.getUTCFullYear() };
}

export function dayText(day, words) {
  return phrase(words.day_full, partsOf(day, words));
}

export function rangeText(first, last, words) {
  if (first === last) return dayText(first, words);
  const [from, until] = [partsOf(first, words), partsOf(last, words)];
  if (from.year !== until.year) return `${dayText(first, words)} – ${dayText(last, words)}`;
  const pattern = from.month === until.month ? words.range_month : words.range_year;
  return phrase(pattern, { ...until, first: from.day, first_month: from.month });
}

export function monday(day) {
  return day - ((((day + 3) % 7) + 7) % 7);
}
