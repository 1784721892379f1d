// The list beside the map: the claims shown, newest first, a stretch at a time.

import { shortCard } from "../../layers/assets/cards.js";
import { dayText } from "../../layers/assets/dates.js";
import { element, phrase } from "../../layers/assets/dom.js";

const FIRST = 14; // claims listed at once: as many as are seen
const STEP = 40; // claims added at a time
const MOST_PRINTED = 1000;

/** Sorted as single numbers of day and claim, which is many times as fast as by comparing both. */
function newestFirst({ size, columns: { day } }) {
  const keys = Float64Array.from(day, (number, claim) => claim - number * size).sort();
  return Int32Array.from(keys, (key) => ((key % size) + size) % size);
}

class ClaimList {
  constructor(store, host, count) {
    Object.assign(this, { store, host, count, query: "", shown: [], until: 0, items: new Map() });
    this.list = element("ol", { class: "fm-list" });
    this.sentinel = element("div", { class: "fm-sentinel" });
    host.append(this.list, this.sentinel);
    this.order = newestFirst(store);
    this.listen();
    this.refresh();
  }

  listen() {
    this.store.addEventListener("shown", () => this.refresh());
    this.store.addEventListener("pointed", () => this.mark());
    this.store.addEventListener("chosen", ({ detail }) => {
      if (detail.claim >= 0 && detail.origin !== "list") this.reveal(detail.claim);
      this.mark();
    });
    const phone = matchMedia("(width <= 760px)");
    phone.addEventListener("change", () => this.watch(phone.matches));
    this.watch(phone.matches);
    window.addEventListener("beforeprint", () => this.grow(MOST_PRINTED));
  }

  /** Adds claims when the end of the list comes near; on a phone the whole page scrolls. */
  watch(phone) {
    this.watcher?.disconnect();
    const grow = (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.grow(STEP);
      // Its place may be in sight still: ask anew.
      this.watcher.unobserve(this.sentinel);
      this.watcher.observe(this.sentinel);
    };
    const options = { root: phone ? null : this.host, rootMargin: "400px" };
    this.watcher = new IntersectionObserver(grow, options);
    this.watcher.observe(this.sentinel);
  }

  fits(claim) {
    if (!this.query) return true;
    return ["where", "quote", "claimant"].some((column) =>
      this.store.text(column, claim).toLocaleLowerCase().includes(this.query),
    );
  }

  item(claim) {
    const { store } = this;
    const button = element(
      "button",
      { type: "button", class: "fm-item", "data-claim": String(claim) },
      shortCard(store, claim),
    );
    // A click without a pointer comes from the keyboard.
    button.addEventListener("click", ({ detail }) => store.choose(claim, "list", detail === 0));
    for (const name of ["mouseenter", "focus"]) {
      button.addEventListener(name, () => store.point(claim));
    }
    for (const name of ["mouseleave", "blur"]) button.addEventListener(name, () => store.point(-1));
    this.items.set(claim, button);
    return button;
  }

  heading(day) {
    const { words } = this.store;
    const text = day < 0 ? words.no_date : dayText(day, words);
    return element("li", { class: "fm-day" }, element("h3", {}, text));
  }

  /** Adds the next claims to the list. */
  grow(count) {
    const { day } = this.store.columns;
    const end = Math.min(this.shown.length, this.until + count);
    const made = document.createDocumentFragment();
    for (; this.until < end; this.until += 1) {
      const claim = this.shown[this.until];
      if (!this.until || day[claim] !== day[this.shown[this.until - 1]]) {
        made.append(this.heading(day[claim]));
      }
      made.append(element("li", {}, this.item(claim)));
    }
    this.list.append(made);
    this.sentinel.hidden = this.until >= this.shown.length;
    this.mark();
  }

  /** Lists the claims that are shown and fit what is searched for. */
  refresh() {
    const { store } = this;
    this.shown = [];
    for (const claim of this.order) {
      if (store.visible[claim] && this.fits(claim)) this.shown.push(claim);
    }
    this.items = new Map();
    this.until = 0;
    this.list.replaceChildren();
    const { count_all, count_one, count_some } = store.words;
    const whole = store.size === 1 ? count_one : count_all;
    const words = this.shown.length === store.size ? whole : count_some;
    this.count.textContent = phrase(words, { shown: this.shown.length, all: store.size });
    this.grow(FIRST);
    if (!this.shown.length) this.list.append(...this.reasonsForNone());
  }

  /** What stands in place of claims: nothing was found at all, or nothing fits. */
  reasonsForNone() {
    const { size, words } = this.store;
    const lines = size ? [words.nothing] : [words.empty, words.empty_hint];
    return lines.map((line) => element("li", { class: "fm-empty" }, line));
  }

  reveal(claim) {
    const at = this.shown.indexOf(claim);
    if (at - this.until > MOST_PRINTED) this.jump(at);
    else if (at >= this.until) this.grow(at - this.until + STEP);
    this.items.get(claim)?.scrollIntoView({ block: "nearest" });
  }

  /** Lists from shortly before a claim far down, and offers the way back. */
  jump(at) {
    this.items = new Map();
    this.until = Math.max(0, at - 10);
    const back = element("button", { type: "button", class: "fm-back" }, this.store.words.list_top);
    back.addEventListener("click", () => this.refresh());
    this.list.replaceChildren(element("li", {}, back));
    this.grow(STEP);
  }

  mark() {
    for (const [claim, button] of this.items) {
      button.setAttribute("aria-current", claim === this.store.chosen ? "true" : "false");
      button.classList.toggle("fm-pointed", claim === this.store.pointed);
    }
  }

  filter(text) {
    this.query = text.trim().toLocaleLowerCase();
    this.refresh();
  }
}

/** Fills `host` with the list, keeps it in step with the store, and returns it. */
export function makeList(store, host, count) {
  return new ClaimList(store, host, count);
}
