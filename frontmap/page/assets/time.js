// The time slider: which days the map shows, played or stepped, by day or by week.

import { dayText, monday, rangeText } from "../../layers/assets/dates.js";
import { element } from "../../layers/assets/dom.js";
import { SIDES } from "../../layers/assets/store.js";
import { icon } from "../../layers/assets/swatches.js";

const STAYS = [1, 3, 7, 14, 30, 0]; // days a claim stays; 0: for good
const FIRST_STAY = 7;
const PACE = 900; // milliseconds a step

function options(texts, chosen) {
  return texts.map(([value, text]) =>
    element("option", { value: String(value), selected: value === chosen }, text),
  );
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

class TimeSlider {
  constructor(store, host, first, last) {
    Object.assign(this, { store, host, first, last, timer: null });
    const { words } = store;
    this.whole = true;
    this.slider = element("input", {
      type: "range",
      min: first,
      max: last,
      step: 1,
      "aria-label": words.day,
    });
    this.slider.value = String(last);
    this.shown = element("output", { class: "fm-date" });
    this.bars = element("canvas", { class: "fm-bars", "aria-hidden": "true" });
    this.play = this.button(icon("play"), words.play, () => this.turn(), "fm-play");
    this.all = this.button(words.all_days, null, () => this.setWhole(!this.whole), "fm-all");
    const steps = [
      [1, words.by_day],
      [7, words.by_week],
    ];
    const stays = STAYS.map((days) => [days, words[`stay_${days}`]]);
    this.unit = element("select", { "aria-label": words.unit }, options(steps, 1));
    this.stay = element("select", { "aria-label": words.stay }, options(stays, FIRST_STAY));
    this.listen();
    this.fill();
    this.show();
  }

  button(sign, label, act, name) {
    return element(
      "button",
      { type: "button", "aria-label": label, class: name, onclick: act },
      sign,
    );
  }

  listen() {
    this.slider.addEventListener("input", () => this.go(0));
    for (const choice of [this.unit, this.stay]) {
      choice.addEventListener("change", () => this.go(0));
    }
    const counts = countsByDay(this.store, this.first, this.last);
    new ResizeObserver(() => drawCounts(this.bars, this.store, counts)).observe(this.bars);
  }

  fill() {
    const { words } = this.store;
    this.host.append(
      element(
        "div",
        { class: "fm-time-row" },
        this.button(icon("back"), words.back, () => this.go(-1)),
        this.play,
        this.button(icon("forward"), words.forward, () => this.go(1)),
        this.shown,
        this.all,
        element(
          "span",
          { class: "fm-choices" },
          this.unit,
          element("label", {}, words.stay, " ", this.stay),
        ),
      ),
      element("div", { class: "fm-track" }, this.bars, this.slider),
      element(
        "div",
        { class: "fm-ends", "aria-hidden": "true" },
        element("span", {}, dayText(this.first, words)),
        element("span", {}, dayText(this.last, words)),
      ),
    );
  }

  /** Shows the days that the slider stands on. */
  show() {
    const { words } = this.store;
    const day = Number(this.slider.value);
    const span = Number(this.unit.value);
    const start = span === 7 ? monday(day) : day;
    const end = start + span - 1;
    if (this.whole) this.shown.textContent = rangeText(this.first, this.last, words);
    else if (span === 7) this.shown.textContent = rangeText(start, end, words);
    else this.shown.textContent = dayText(day, words);
    this.slider.setAttribute("aria-valuetext", this.shown.textContent);
    this.all.setAttribute("aria-pressed", String(this.whole));
    this.host.classList.toggle("fm-whole", this.whole);
    const kept = Number(this.stay.value);
    const since = kept ? Math.min(start, end - kept + 1) : -Infinity;
    this.store.setDays(this.whole ? null : [since, end]);
  }

  setWhole(whole) {
    this.stop();
    this.whole = whole;
    this.show();
  }

  /** Goes on by steps; returns whether there is more to come. */
  go(steps) {
    this.whole = false;
    const day = Number(this.slider.value) + steps * Number(this.unit.value);
    this.slider.value = String(Math.max(this.first, Math.min(this.last, day)));
    this.show();
    return day < this.last;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.replaceChildren(icon("play"));
    this.play.setAttribute("aria-label", this.store.words.play);
  }

  /** Starts playing, or stops. */
  turn() {
    if (this.timer) {
      this.stop();
      return;
    }
    if (this.whole || Number(this.slider.value) >= this.last)
      this.slider.value = String(this.first);
    this.go(0);
    this.play.replaceChildren(icon("pause"));
    this.play.setAttribute("aria-label", this.store.words.pause);
    this.timer = setInterval(() => this.go(1) || this.stop(), PACE);
  }
}

/** Fills `host` with the slider, if the claims are of more than one day. */
export function makeTime(store, host) {
  const days = store.columns.day.filter((day) => day >= 0);
  if (!days.length) return;
  const first = days.reduce((one, other) => Math.min(one, other));
  const last = days.reduce((one, other) => Math.max(one, other));
  if (first === last) return;
  host.hidden = false;
  new TimeSlider(store, host, first, last);
}
