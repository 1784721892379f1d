// What is said about one claim: in the list, in the popup, and for the screen reader.

import { dayText } from "./dates.js";
import { element, link, outside, phrase } from "./dom.js";
import { CLAIMANT_SIDES, SIDES } from "./store.js";
import { badgeSwatch } from "./swatches.js";

const MODALITIES = ["asserted", "reported", "denied", "planned", "possible"];
const VERIFICATIONS = ["unverified", "confirmed", "disputed", "unknown"];
const STRETCHES = ["day", "week", "month", "season", "year"];

function heading(store, claim) {
  const times = store.value("count", claim);
  return element(
    "span",
    { class: "fm-title" },
    element("b", {}, store.labels.event[store.event(claim)]),
    times > 0 ? ` (${times}×)` : "",
    " ",
    outside(store.text("where", claim)),
  );
}

function sides(store, claim) {
  const actor = SIDES[store.value("actor", claim)];
  const words = store.labels.side[actor];
  return element("span", { class: `fm-actor fm-actor-${actor}` }, words);
}

function chips(store, claim) {
  const modality = MODALITIES[store.value("modality", claim)];
  const verification = VERIFICATIONS[store.value("verification", claim)];
  const found = [];
  if (modality !== "asserted" && modality !== "reported") {
    found.push(
      element("span", { class: `fm-chip fm-${modality}` }, store.labels.modality[modality]),
    );
  }
  if (verification !== "unknown") {
    const words = store.labels.verification[verification];
    found.push(element("span", { class: `fm-chip fm-${verification}` }, words));
  }
  return found;
}

/** Who says so: the claimant and the side it belongs to. */
export function claimantOf(store, claim) {
  const side = store.labels.claimant_side[CLAIMANT_SIDES[store.value("side", claim)]];
  const name = store.text("claimant", claim);
  if (!name) return [side];
  return [outside(name), ` (${side})`];
}

export function dateOf(store, claim) {
  const day = store.value("day", claim);
  if (day < 0) return store.words.no_date;
  const text = dayText(day, store.words);
  const stretch = STRETCHES[store.value("stretch", claim)];
  return stretch === "day" ? text : `${store.labels.date_precision[stretch]} ${text}`;
}

function quoteOf(store, claim) {
  const text = store.text("quote", claim);
  const [from, to] = [store.value("mark_from", claim), store.value("mark_to", claim)];
  // The marks of quotation stand outside of what is kept from turning the text around it.
  const said = outside(text);
  if (from >= 0) {
    const marked = outside(text.slice(from, to), "mark");
    said.replaceChildren(text.slice(0, from), marked, text.slice(to));
  }
  return element("q", { class: "fm-quote" }, said);
}

/** The short form in the list. */
export function shortCard(store, claim) {
  return [
    element("span", { class: "fm-badge" }, badgeSwatch(store, claim)),
    element(
      "span",
      { class: "fm-body" },
      heading(store, claim),
      // Before the quote: who hears or skims the list learns first that it is denied.
      element("span", { class: "fm-chips" }, sides(store, claim), chips(store, claim)),
      quoteOf(store, claim),
      element(
        "span",
        { class: "fm-meta" },
        ...claimantOf(store, claim),
        " · ",
        dateOf(store, claim),
      ),
    ),
  ];
}

function row(term, ...content) {
  return content.length ? [element("dt", {}, term), element("dd", {}, ...content)] : [];
}

function kilometres(metres, { data: { language }, words }) {
  const digits = metres < 950 ? 1 : 0;
  return `${(metres / 1000).toLocaleString(language, { maximumFractionDigits: digits })} ${words.km}`;
}

function placeOf(store, claim) {
  const number = store.value("place", claim);
  if (number < 0) return [element("span", {}, store.words.no_place)];
  const [name, official, kind, units, lon, lat] = store.data.places[number];
  const precision = store.value("precision", claim);
  const degrees = `${lat.toFixed(4)}° N, ${lon.toFixed(4)}° E`;
  return [
    outside(name, "b"),
    official && official !== name ? [" · ", outside(official, "bdi", { lang: "uk" })] : "",
    element("br"),
    [store.labels.kind[kind] ?? kind, units]
      .filter(Boolean)
      .map((text, index) => (index ? [", ", outside(text)] : text)),
    element("br"),
    element("span", { class: "fm-faint" }, degrees),
    precision > 0
      ? [element("br"), phrase(store.words.precision, { distance: kilometres(precision, store) })]
      : "",
  ].flat(2);
}

function steps(title, text) {
  if (!text) return null;
  const lines = text.split("\n").map((line) => element("li", {}, outside(line)));
  return element("details", {}, element("summary", {}, title), element("ul", {}, lines));
}

function disputesOf(store, claim) {
  return (store.data.disputes[claim] ?? []).map((other) =>
    element(
      "button",
      { type: "button", class: "fm-link", onclick: () => store.choose(other, "dispute") },
      store.labels.event[store.event(other)],
      " ",
      outside(store.text("where", other)),
      " – ",
      ...claimantOf(store, other),
    ),
  );
}

function sourceOf(store, claim) {
  const number = store.value("article", claim);
  if (number < 0) return [];
  const [title, source, url, day] = store.data.articles[number];
  const words = title || source || url;
  if (!words) return [];
  const shown = (url && link(url, words)) || outside(words);
  const more = [title ? source : "", day >= 0 ? dayText(day, store.words) : ""];
  return [shown, ...more.filter(Boolean).map((text) => [", ", outside(text)])].flat();
}

function scoreOf(store, claim) {
  const score = store.value("score", claim);
  return score < 0 ? store.words.how_place : phrase(store.words.how_place_sure, { score });
}

/** The whole of what is known of a claim, for the popup. */
export function fullCard(store, claim) {
  const words = store.words;
  const disputes = disputesOf(store, claim);
  const modality = store.labels.modality[MODALITIES[store.value("modality", claim)]];
  const verification = store.labels.verification[VERIFICATIONS[store.value("verification", claim)]];
  return element(
    "article",
    { class: "fm-card" },
    element("h3", {}, badgeSwatch(store, claim), heading(store, claim)),
    element("p", { class: "fm-chips" }, sides(store, claim), chips(store, claim)),
    element("blockquote", {}, quoteOf(store, claim)),
    element(
      "dl",
      {},
      row(words.says, ...claimantOf(store, claim)),
      row(words.date, dateOf(store, claim)),
      row(words.standing, `${modality}; ${verification}`),
      row(words.place, ...placeOf(store, claim)),
      row(words.source, ...sourceOf(store, claim)),
      disputes.length ? row(words.disputed_by, ...disputes) : [],
    ),
    steps(scoreOf(store, claim), store.text("how_place", claim)),
    steps(words.how_ground, store.text("how_ground", claim)),
    steps(words.how_claim, store.text("how_claim", claim)),
  );
}

const MOST_IN_POPUP = 40;

/** The popup of one or several claims at a point. */
export function popupContent(store, claims) {
  const content = element("div", { class: "fm-popup", role: "group", tabindex: "-1" });
  if (claims.length === 1) {
    content.append(fullCard(store, claims[0]));
    return content;
  }
  content.append(element("h3", {}, phrase(store.words.several, { count: claims.length })));
  const list = element("ol", { class: "fm-several" });
  for (const claim of claims.slice(0, MOST_IN_POPUP)) {
    const button = element("button", { type: "button" }, shortCard(store, claim));
    button.addEventListener("click", () => store.choose(claim, "popup"));
    list.append(element("li", {}, button));
  }
  content.append(list);
  if (claims.length > MOST_IN_POPUP) {
    const count = claims.length - MOST_IN_POPUP;
    content.append(element("p", { class: "fm-faint" }, phrase(store.words.more_here, { count })));
  }
  return content;
}
