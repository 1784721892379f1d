// The search for a place: those of the claims first, then the towns of the basemap.

import { element, outside } from "../../layers/assets/dom.js";

const MOST = 8;

/** Folds letters so that a reader need not type marks: "Dserschynsk" finds "Dserschynśk". */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

function entries(store, towns) {
  const counts = new Map();
  for (let claim = 0; claim < store.size; claim += 1) {
    const place = store.columns.place[claim];
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const found = [...counts].map(([number, count]) => {
    const [name, second, , units, lon, lat] = store.data.places[number];
    return { name, second, units, lon, lat, count };
  });
  found.sort((one, other) => other.count - one.count);
  const rest = towns.list.map(({ name, second, lon, lat }) => ({
    name,
    second,
    lon,
    lat,
    count: 0,
  }));
  return [...found, ...rest].map((entry) => ({
    ...entry,
    keys: [folded(entry.name), folded(entry.second ?? "")],
  }));
}

function matching(all, text) {
  const key = folded(text.trim());
  if (!key) return [];
  const starts = [];
  const holds = [];
  for (const entry of all) {
    if (entry.keys.some((name) => name.startsWith(key))) starts.push(entry);
    else if (entry.count && entry.keys.some((name) => name.includes(key))) holds.push(entry);
    if (starts.length >= MOST) break;
  }
  return [...starts, ...holds].slice(0, MOST);
}

/** Makes the search field; `go(entry)` shows the place, `filter(text)` narrows the list. */
export function makeSearch(store, host, towns, go, filter) {
  let all = null;
  let found = [];
  let at = -1;
  const input = element("input", {
    type: "search",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "fm-found",
    "aria-autocomplete": "list",
    "aria-label": store.words.search,
    placeholder: store.words.search,
    autocomplete: "off",
  });
  const list = element("ul", {
    id: "fm-found",
    role: "listbox",
    "aria-label": store.words.search,
    hidden: true,
  });
  host.append(input, list);

  function show() {
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(
      ...found.map((entry, index) => {
        const row = element(
          "li",
          { role: "option", id: `fm-found-${index}`, "aria-selected": String(index === at) },
          outside(entry.name, "b"),
          entry.second ? [" ", outside(entry.second, "span", { class: "fm-faint" })] : "",
          entry.units ? [" ", outside(entry.units, "small", { class: "fm-faint" })] : "",
          entry.count ? element("span", { class: "fm-count" }, String(entry.count)) : "",
        );
        row.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(entry);
        });
        return row;
      }),
    );
    if (at >= 0) input.setAttribute("aria-activedescendant", `fm-found-${at}`);
  }

  function choose(entry) {
    input.value = entry.name;
    found = [];
    at = -1;
    show();
    filter(entry.count ? entry.name : "");
    go(entry);
  }

  function find() {
    all ??= entries(store, towns);
    found = matching(all, input.value);
    at = -1;
    show();
  }

  towns.addEventListener("more", () => {
    all = null;
    if (document.activeElement === input && input.value) find();
  });
  input.addEventListener("focus", () => towns.all());
  input.addEventListener("input", () => {
    find();
    filter(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length) at = (at + step + found.length) % found.length;
      show();
    } else if (event.key === "Enter" && found.length) {
      choose(found[Math.max(at, 0)]);
    } else if (event.key === "Escape") {
      found = [];
      show();
    }
  });
  input.addEventListener("blur", () => {
    found = [];
    show();
  });
}
