// Layers by who claims and what, each with its count; and the legend of what is on the map.

import { element, outside, phrase } from "../../layers/assets/dom.js";
import { CLAIMANT_SIDES, FILLS, SIDES } from "../../layers/assets/store.js";
import {
  areaSwatch,
  arrowSwatch,
  colourSwatch,
  eventSwatch,
} from "../../layers/assets/swatches.js";

function checkbox(on, change, ...content) {
  const box = element("input", { type: "checkbox" });
  box.checked = on;
  box.addEventListener("change", () => change(box.checked));
  return { box, label: element("label", { class: "fm-check" }, box, ...content) };
}

function sideGroup(store, side) {
  const numbers = store.groups.flatMap((group, number) => (group.side === side ? [number] : []));
  const total = numbers.reduce((sum, number) => sum + store.groups[number].count, 0);
  const rows = numbers.map((number) => {
    const group = store.groups[number];
    const event = store.data.events[group.event];
    const change = (on) => {
      store.setGroup(number, on);
      settle();
    };
    return checkbox(
      group.on,
      change,
      eventSwatch(store, event),
      element("span", { class: "fm-name" }, store.labels.event[event]),
      element("span", { class: "fm-count" }, String(group.count)),
    );
  });
  const whole = checkbox(
    true,
    (on) => {
      numbers.forEach((number, index) => {
        store.groups[number].on = on;
        rows[index].box.checked = on;
      });
      store.update();
    },
    element("b", { class: "fm-name" }, store.labels.claimant_side[CLAIMANT_SIDES[side]]),
    element("span", { class: "fm-count" }, String(total)),
  );
  function settle() {
    const on = rows.filter(({ box }) => box.checked).length;
    whole.box.checked = on > 0;
    whole.box.indeterminate = on > 0 && on < rows.length;
  }
  const name = store.labels.claimant_side[CLAIMANT_SIDES[side]];
  return element(
    "div",
    { role: "group", "aria-label": name, class: "fm-side" },
    whole.label,
    element(
      "div",
      { class: "fm-events" },
      rows.map(({ label }) => label),
    ),
  );
}

function legendRow(swatch, text) {
  return element("li", {}, swatch, element("span", {}, text));
}

function legend(store) {
  const { words, labels, columns } = store;
  const list = element("ul", { class: "fm-legend" });
  const symbolic = new Set(store.data.symbolic);
  let state = "";
  const refill = () => {
    const actors = new Set();
    const fills = new Map();
    let arrow = null; // the look of one
    let several = 0;
    let soft = false;
    for (let claim = 0; claim < store.size; claim += 1) {
      if (!store.visible[claim] || columns.anchor[claim] < 0) continue;
      actors.add(columns.actor[claim]);
      const look = columns.wide[claim] && columns.fill[claim] < 2 ? "wide" : columns.fill[claim];
      const filled = columns.area[claim] >= 0 && !symbolic.has(columns.event[claim]);
      if (filled) fills.set(look, columns.actor[claim]);
      if (columns.arrow[claim] >= 0) arrow ??= store.colours(claim);
      soft ||= columns.fuzz[claim] > 0;
      several += 1;
    }
    // Most steps of the slider leave the legend as it is.
    const now = JSON.stringify([[...actors], [...fills], arrow, soft, several > 1]);
    if (now === state) return;
    state = now;
    const rows = SIDES.flatMap((side, actor) =>
      actors.has(actor)
        ? [legendRow(colourSwatch(store.data.sides[side].fill), labels.side[side])]
        : [],
    );
    for (const [fill, name] of FILLS.entries()) {
      if (fills.has(fill)) {
        rows.push(legendRow(areaSwatch(store, fills.get(fill), fill, 0), words[`fill_${name}`]));
      }
    }
    if (fills.has("wide")) {
      rows.push(legendRow(areaSwatch(store, fills.get("wide"), 0, 1), words.fill_wide));
    }
    if (arrow) rows.push(legendRow(arrowSwatch(arrow), words.arrow));
    if (soft) rows.push(legendRow(element("span", { class: "fm-soft" }), words.soft_edge));
    if (several > 1)
      rows.push(legendRow(element("span", { class: "fm-many" }, "3"), words.cluster));
    list.replaceChildren(...rows);
  };
  store.addEventListener("shown", refill);
  refill();
  return list;
}

/** Fills the panel; `extra` are more layers `{name, on, toggle, swatch}`, `bases` base maps. */
export function makePanel(store, host, extra, bases) {
  const sides = [...new Set(store.groups.map((group) => group.side))];
  const layers = sides.map((side) => sideGroup(store, side));
  if (layers.length || extra.length || bases.length > 1) {
    host.append(element("h2", { class: "fm-layers-title" }, store.words.layers));
  }
  if (layers.length) host.append(element("div", { class: "fm-layers" }, layers));
  if (extra.length) {
    const rows = extra.map(({ name, on, toggle, swatch }) => {
      const shown = outside(name(), "span", { class: "fm-name" });
      store.addEventListener("shown", () => {
        shown.textContent = name();
      });
      return checkbox(on, toggle, swatch, shown).label;
    });
    host.append(element("div", { class: "fm-side fm-extra" }, rows));
  }
  if (bases.length > 1) host.append(baseChoice(store, bases));
  host.append(
    element("h2", {}, store.words.legend),
    legend(store),
    element("p", { class: "fm-faint" }, store.words.borders),
    element("p", { class: "fm-faint" }, store.words.reservoir),
  );
}

function baseChoice(store, bases) {
  const rows = bases.map(({ name, choose }, index) => {
    const radio = element("input", { type: "radio", name: "fm-base" });
    radio.checked = index === 0;
    radio.addEventListener("change", choose);
    return element("label", { class: "fm-check" }, radio, element("span", {}, name));
  });
  const group = { role: "radiogroup", "aria-label": store.words.base, class: "fm-side" };
  return element("div", group, rows);
}

/** How many of the claims nobody confirmed, as a sentence, or null. */
export function unverifiedText(store) {
  const { verification } = store.columns;
  let count = 0;
  for (let claim = 0; claim < store.size; claim += 1) count += verification[claim] !== 1 ? 1 : 0;
  if (!count) return null;
  const { unverified, unverified_one, unverified_only } = store.words;
  const words = count > 1 ? unverified : store.size > 1 ? unverified_one : unverified_only;
  return phrase(words, { count, all: store.size });
}
