// Days are counted from 1 January 1970; a week starts on Monday.

const DAY = 86400000;

export function dayText(
  day,
  language,
  options = { day: "numeric", month: "long", year: "numeric" },
) {
  return new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(day * DAY);
}

export function rangeText(first, last, language) {
  if (first === last) return dayText(first, language);
  const format = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.formatRange(first * DAY, last * DAY);
}

export function monday(day) {
  return day - ((((day + 3) % 7) + 7) % 7);
}
