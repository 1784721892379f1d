// The list beside the map: the claims shown, newest first, a stretch at a time.

import { shortCard } from "./cards.js";
import { dayText } from "./dates.js";
import { element, phrase } from "./dom.js";

const STEP = 60;

/** Fills `host` and keeps it in step with the store. */
export function makeList(store, host, count) {
  const list = element("ol", { class: "fm-list" });
  const sentinel = element("div", { class: "fm-sentinel" });
  host.append(list, sentinel);
  const order = Int32Array.from({ length: store.size }, (_, claim) => claim);
  const { day } = store.columns;
  order.sort((one, other) => day[other] - day[one] || one - other);
  let query = "";
  let shown = [];
  let until = 0;
  let items = new Map();

  const fits = (claim) =>
    !query ||
    [store.text("where", claim), store.text("quote", claim), store.text("claimant", claim)].some(
      (text) => text.toLocaleLowerCase().includes(query),
    );

  function item(claim) {
    const button = element(
      "button",
      { type: "button", class: "fm-item", "data-claim": String(claim) },
      shortCard(store, claim),
    );
    // A click without a pointer comes from the keyboard.
    button.addEventListener("click", ({ detail }) => store.choose(claim, "list", detail === 0));
    for (const name of ["mouseenter", "focus"])
      button.addEventListener(name, () => store.point(claim));
    for (const name of ["mouseleave", "blur"]) button.addEventListener(name, () => store.point(-1));
    items.set(claim, button);
    return button;
  }

  function grow(least) {
    const end = Math.min(shown.length, least);
    const made = document.createDocumentFragment();
    for (; until < end; until += 1) {
      const claim = shown[until];
      if (until === 0 || day[claim] !== day[shown[until - 1]]) {
        const text =
          day[claim] < 0 ? store.words.no_date : dayText(day[claim], store.data.language);
        made.append(element("li", { class: "fm-day" }, element("h3", {}, text)));
      }
      made.append(element("li", {}, item(claim)));
    }
    list.append(made);
    sentinel.hidden = until >= shown.length;
    mark();
  }

  function refresh() {
    shown = [];
    for (const claim of order) if (store.visible[claim] && fits(claim)) shown.push(claim);
    items = new Map();
    until = 0;
    list.replaceChildren();
    const words = shown.length === store.size ? store.words.count_all : store.words.count_some;
    count.textContent = phrase(words, { shown: shown.length, all: store.size });
    grow(STEP);
    if (!shown.length) list.append(element("li", { class: "fm-empty" }, store.words.nothing));
  }

  function mark() {
    for (const [claim, button] of items) {
      button.setAttribute("aria-current", claim === store.chosen ? "true" : "false");
      button.classList.toggle("fm-pointed", claim === store.pointed);
    }
  }

  store.addEventListener("shown", refresh);
  store.addEventListener("pointed", mark);
  store.addEventListener("chosen", ({ detail }) => {
    if (detail.claim >= 0 && detail.origin !== "list") {
      const at = shown.indexOf(detail.claim);
      if (at >= until) grow(at + STEP);
      items.get(detail.claim)?.scrollIntoView({ block: "nearest" });
    }
    mark();
  });
  new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && grow(until + STEP),
    { root: host, rootMargin: "400px" },
  ).observe(sentinel);
  window.addEventListener("beforeprint", () => grow(1000));
  refresh();
  return {
    filter(text) {
      query = text.trim().toLocaleLowerCase();
      refresh();
    },
  };
}
