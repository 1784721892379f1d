// The time slider: which days the map shows, played or stepped, by day or by week.

import { dayText, monday, rangeText } from "./dates.js";
import { element } from "./dom.js";
import { SIDES } from "./store.js";

const STAYS = [1, 3, 7, 14, 30, 0]; // days a claim stays; 0: for good
const PACE = 900; // milliseconds a step

function option(value, text, chosen) {
  return element("option", { value: String(value), selected: value === chosen }, text);
}

function countsByDay(store, first, last) {
  const counts = new Uint32Array(3 * (last - first + 1));
  for (let claim = 0; claim < store.size; claim += 1) {
    const day = store.columns.day[claim];
    if (day >= first) counts[3 * (day - first) + store.columns.actor[claim]] += 1;
  }
  return counts;
}

function drawCounts(canvas, store, counts) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const days = counts.length / 3;
  let most = 1;
  for (let day = 0; day < days; day += 1) {
    most = Math.max(most, counts[3 * day] + counts[3 * day + 1] + counts[3 * day + 2]);
  }
  const inset = 8; // the slider's thumb is 16 pixels wide
  const step = days > 1 ? (width - 2 * inset) / (days - 1) : 0;
  const wide = Math.max(1, Math.min(14, step * 0.7));
  for (let day = 0; day < days; day += 1) {
    let bottom = height;
    for (const actor of [2, 1, 0]) {
      const high = (counts[3 * day + actor] / most) * (height - 2);
      context.fillStyle = store.data.sides[SIDES[actor]].fill;
      context.fillRect(inset + day * step - wide / 2, bottom - high, wide, high);
      bottom -= high;
    }
  }
}

/** Fills `host` with the slider, if the claims are of more than one day. */
export function makeTime(store, host) {
  const { words, data } = store;
  const days = store.columns.day.filter((day) => day >= 0);
  if (!days.length) return;
  const first = days.reduce((one, other) => Math.min(one, other));
  const last = days.reduce((one, other) => Math.max(one, other));
  if (first === last) return;
  host.hidden = false;

  const slider = element("input", {
    type: "range",
    min: first,
    max: last,
    step: 1,
    "aria-label": words.day,
  });
  const shown = element("output", { class: "fm-date" });
  const bars = element("canvas", { class: "fm-bars", "aria-hidden": "true" });
  const play = element(
    "button",
    { type: "button", class: "fm-play", "aria-label": words.play },
    "▶",
  );
  const unit = element(
    "select",
    { "aria-label": words.unit },
    option(1, words.by_day, 1),
    option(7, words.by_week, 1),
  );
  const stays = STAYS.map((stay) => option(stay, words[`stay_${stay}`], 7));
  const stay = element("select", { "aria-label": words.stay }, stays);
  const all = element(
    "button",
    { type: "button", class: "fm-all", "aria-pressed": "true" },
    words.all_days,
  );
  let timer = null;
  slider.value = String(last);

  function show() {
    const whole = all.getAttribute("aria-pressed") === "true";
    const day = Number(slider.value);
    const span = Number(unit.value);
    const start = span === 7 ? monday(day) : day;
    const end = start + span - 1;
    shown.textContent = whole
      ? rangeText(first, last, data.language)
      : span === 7
        ? rangeText(start, end, data.language)
        : dayText(day, data.language);
    slider.setAttribute("aria-valuetext", shown.textContent);
    host.classList.toggle("fm-whole", whole);
    const kept = Number(stay.value);
    store.setDays(whole ? null : [kept ? Math.min(start, end - kept + 1) : -Infinity, end]);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", words.play);
  }

  function go(steps) {
    all.setAttribute("aria-pressed", "false");
    const day = Number(slider.value) + steps * Number(unit.value);
    slider.value = String(Math.max(first, Math.min(last, day)));
    show();
    return day < last;
  }

  play.addEventListener("click", () => {
    if (timer) {
      stop();
      return;
    }
    const whole = all.getAttribute("aria-pressed") === "true";
    if (whole || Number(slider.value) >= last) slider.value = String(first);
    go(0);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", words.pause);
    timer = setInterval(() => go(1) || stop(), PACE);
  });
  slider.addEventListener("input", () => {
    all.setAttribute("aria-pressed", "false");
    show();
  });
  all.addEventListener("click", () => {
    stop();
    all.setAttribute("aria-pressed", String(all.getAttribute("aria-pressed") !== "true"));
    show();
  });
  for (const choice of [unit, stay]) choice.addEventListener("change", () => go(0));
  const step = (steps, sign, label) =>
    element("button", { type: "button", "aria-label": label, onclick: () => go(steps) }, sign);
  host.append(
    element(
      "div",
      { class: "fm-time-row" },
      step(-1, "◀", words.back),
      play,
      step(1, "▶▏", words.forward),
      shown,
      all,
      element("span", { class: "fm-choices" }, unit, element("label", {}, words.stay, " ", stay)),
    ),
    element("div", { class: "fm-track" }, bars, slider),
  );
  const counts = countsByDay(store, first, last);
  new ResizeObserver(() => drawCounts(bars, store, counts)).observe(bars);
  show();
}
