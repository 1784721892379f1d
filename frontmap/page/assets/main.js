// The page: puts the parts together once the data is read.

import { basemapLayers, makePanes } from "../../layers/assets/basemap.js";
import { claimLayers } from "../../layers/assets/claims.js";
import { controlLayers } from "../../layers/assets/control.js";
import { rangeText } from "../../layers/assets/dates.js";
import { island, unpack } from "../../layers/assets/decode.js";
import { element, outside, phrase } from "../../layers/assets/dom.js";
import { interact, showClaim } from "../../layers/assets/interact.js";
import { ClaimStore } from "../../layers/assets/store.js";
import { colourSwatch } from "../../layers/assets/swatches.js";
import { makeList } from "./list.js";
import { makePanel, unverifiedText } from "./panel.js";
import { makeSearch } from "./search.js";
import { makeTime } from "./time.js";

const WITH_PANEL = 1000; // pixels of width from which on the panel stands open
const UKRAINE = [
  [44.2, 22.1],
  [52.4, 40.3],
];

/** How much of the map the open panel takes, in pixels. */
function panelWidth() {
  return document.getElementById("fm-panel").hidden ? 0 : 290;
}

function startView(map, store, right = panelWidth()) {
  const { anchor } = store.columns;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let claim = 0; claim < store.size; claim += 1) {
    if (anchor[claim] < 0) continue;
    const lon = store.degrees[2 * anchor[claim]];
    const lat = store.degrees[2 * anchor[claim] + 1];
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const claims = [
    [south, west],
    [north, east],
  ];
  // What the panel covers on the right is no room for claims.
  const options = {
    maxZoom: 10,
    animate: false,
    paddingTopLeft: [60, 40],
    paddingBottomRight: [right + 40, 40],
  };
  map.fitBounds(west <= east ? claims : UKRAINE, options);
}

function makeMap(store) {
  const L = window.L;
  const moving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map("fm-map", {
    fadeAnimation: moving,
    zoomAnimation: moving,
    zoomControl: false,
    minZoom: 5,
    maxZoom: 14,
    zoomSnap: 0.5, // the start view fills the window better
    attributionControl: false,
    maxBoundsViscosity: 0.8,
  });
  makePanes(map);
  L.control
    .zoom({
      position: "topleft",
      zoomInTitle: store.words.zoom_in,
      zoomOutTitle: store.words.zoom_out,
    })
    .addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  return map;
}

/** The base maps to choose from; `show(layer, embedded)` puts one on the map. */
function baseChoices(base, data, words, show) {
  const L = window.L;
  const choices = [{ name: words.base_embedded, choose: () => show(base.ground, true) }];
  for (const { name, url, zoom } of data.tiles) {
    const layer = L.tileLayer(url, { maxZoom: zoom });
    choices.push({ name: `${name} (${words.base_online})`, choose: () => show(layer, false) });
  }
  return choices;
}

function fillHeader(data, store) {
  const { words } = store;
  const days = store.columns.day.filter((day) => day >= 0);
  const parts = [];
  if (days.length) {
    const first = days.reduce((one, other) => Math.min(one, other));
    const last = days.reduce((one, other) => Math.max(one, other));
    parts.push(rangeText(first, last, words));
  }
  const count = data.articles.length;
  if (count) parts.push(phrase(count === 1 ? words.one_report : words.reports, { count }));
  const sources = [...new Set(data.articles.map(([, source]) => source).filter(Boolean))];
  const line = document.getElementById("fm-when");
  line.textContent = parts.join(" · ");
  if (sources.length) {
    const shown = sources
      .slice(0, 4)
      .flatMap((source, index) => [index ? ", " : "", outside(source)]);
    line.append(element("br"), `${words.sources}: `, ...shown.filter(Boolean));
    if (sources.length > 4) line.append(" …");
  }
  const unverified = unverifiedText(store);
  if (unverified) document.getElementById("fm-unverified").append(unverified);
  else document.getElementById("fm-unverified").hidden = true;
}

function fillFooter(data, words) {
  const foot = document.getElementById("fm-credits");
  const short = data.credits.flatMap((credit, index) => [index ? " · " : "", outside(credit)]);
  const full = data.full_credits.map((credit) => element("li", {}, outside(credit)));
  foot.append(
    element(
      "details",
      {},
      element("summary", {}, ...short.filter(Boolean)),
      element("ul", { "aria-label": words.licences }, full),
    ),
  );
}

function tiePanelButton(store) {
  const panel = document.getElementById("fm-panel");
  const button = document.getElementById("fm-panel-button");
  const open = (on) => {
    panel.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  };
  button.addEventListener("click", () => open(panel.hidden));
  const settle = () => open(store.size > 0 && window.innerWidth > WITH_PANEL);
  settle();
  window.addEventListener("beforeprint", () => open(true));
  window.addEventListener("afterprint", settle);
}

/** Keeps names clear of what lies over the map. */
function tieNames(map, base, drawn) {
  const tell = () => {
    const { left, top } = map.getContainer().getBoundingClientRect();
    const over = document.querySelectorAll("#fm-panel, #fm-panel-button, #fm-map .leaflet-control");
    base.keepClear(
      Array.from(over, (node) => node.getBoundingClientRect()).map((box) => [
        box.left - left,
        box.top - top,
        box.right - left,
        box.bottom - top,
      ]),
    );
  };
  tell();
  map.on("resize", tell);
  document.getElementById("fm-panel-button").addEventListener("click", () => {
    tell();
    drawn.redraw();
  });
}

/** Draws the map in the size it has on paper before it is printed, and back. */
function tiePrinting(map, store) {
  const change = (on) => {
    document.body.classList.toggle("fm-printing", on);
    map.invalidateSize({ animate: false, pan: false });
  };
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = [map.getCenter(), map.getZoom()];
    change(true);
    startView(map, store, 0);
  });
  window.addEventListener("afterprint", () => {
    change(false);
    if (before) map.setView(...before, { animate: false });
  });
}

async function start() {
  const [packedGround, smallTowns] = island("fm-basemap");
  const [data, ground] = await Promise.all([unpack(island("fm-data")), unpack(packedGround)]);
  const L = window.L;
  const store = new ClaimStore(data);
  const base = basemapLayers(L, [ground, smallTowns]);
  const drawn = claimLayers(L, store, base.writeNames);
  const control = controlLayers(L, data.control, store);
  // All that stands around the map first: the browser then lays out the page once.
  const map = fillPage({ data, store, base, drawn, control });
  startView(map, store);
  const [west, south, east, north] = base.frame;
  map.setMaxBounds([
    [south - 4, west - 8],
    [north + 4, east + 14],
  ]);
  tieNames(map, base, drawn);
  base.ground.addTo(map);
  for (const { layer } of control) layer.addTo(map);
  for (const layer of drawn.layers) layer.addTo(map);
  base.towns.addEventListener("more", () => drawn.redraw());
  interact(L, map, store, drawn);
  tiePrinting(map, store);
  store.addEventListener("chosen", ({ detail }) => {
    const { claim, origin, byKeyboard } = detail;
    if (claim >= 0 && origin !== "map") showClaim(L, map, store, claim, byKeyboard);
  });
  window.frontmap = { map, store, drawn };
  document.documentElement.dataset.ready = "true";
}

/** Fills header, list, slider, panel and search; returns the map they lead to. */
function fillPage({ data, store, base, drawn, control }) {
  let map = null;
  let current = base.ground;
  const show = (layer, embedded) => {
    current.remove();
    current = layer;
    layer.addTo(map);
    drawn.showNames(embedded);
  };
  fillHeader(data, store);
  fillFooter(data, store.words);
  makeTime(store, document.getElementById("fm-time"));
  const list = makeList(
    store,
    document.getElementById("fm-claims"),
    document.getElementById("fm-count"),
  );
  const extra = control.map(({ name, colour, layer }) => ({
    name,
    on: true,
    swatch: colourSwatch(colour),
    toggle: (on) => (on ? layer.addTo(map) : layer.remove()),
  }));
  const bases = baseChoices(base, data, store.words, show);
  makePanel(store, document.getElementById("fm-panel"), extra, bases);
  const go = ({ lat, lon }) => map.setView([lat, lon], Math.max(map.getZoom(), 10));
  makeSearch(store, document.getElementById("fm-search"), base.towns, go, (text) =>
    list.filter(text),
  );
  tiePanelButton(store);
  map = makeMap(store);
  return map;
}

start().catch((error) => {
  document.getElementById("fm-failed").hidden = false;
  throw error;
});
