// Pointer and popup: what lies under the pointer is pointed at, a click says what it is.

import { popupContent } from "./cards.js";
import { world } from "./decode.js";

/** Ties a map to a store and its layers; used by the page and by maps in notebooks. */
export function interact(L, map, store, drawn) {
  const under = (event, reach) => {
    const [x, y] = world(event.latlng.lng, event.latlng.lat);
    return drawn.at(x, y, map.getZoom(), reach);
  };
  let waiting = false;
  let at = null;
  map.on("mousemove", (event) => {
    at = event;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const found = at ? under(at, 2) : [];
      map.getContainer().classList.toggle("fm-over", found.length > 0);
      store.point(found.length ? found[0] : -1);
    });
  });
  // Leaflet's own listens only while the map itself, not the popup, has the keyboard.
  map.getContainer().addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
  map.on("mouseout", () => {
    at = null;
    store.point(-1);
  });
  map.on("click", (event) => {
    const found = under(event, matchMedia("(pointer: coarse)").matches ? 10 : 2);
    if (!found.length) return;
    if (found.length === 1) store.choose(found[0], "map");
    openPopup(L, map, store, found, event.latlng);
  });
}

/** How many pixels on the right an open panel of the page covers. */
function covered(map) {
  const panel = document.getElementById("fm-panel");
  const wide = panel && !panel.hidden ? panel.offsetWidth : 0;
  return wide < map.getSize().x / 2 ? wide : 0;
}

export function openPopup(L, map, store, claims, latlng) {
  const size = map.getSize();
  const popup = L.popup({
    maxWidth: Math.min(380, size.x - 64),
    minWidth: Math.min(280, size.x - 80),
    maxHeight: Math.max(160, Math.min(440, size.y - 140)),
    autoPanPaddingTopLeft: size.x < 500 ? [8, 56] : [50, 16],
    autoPanPaddingBottomRight: [16 + covered(map), 16],
    className: "fm-bubble",
  })
    .setLatLng(latlng)
    .setContent(popupContent(store, claims))
    .openOn(map);
  popup.getElement().querySelector(".leaflet-popup-close-button").title = store.words.close;
  return popup;
}

/** Moves the keyboard into the popup, and back to where it was when that closes. */
function lendFocus(popup) {
  const before = document.activeElement;
  const content = popup.getElement().querySelector(".fm-popup");
  content.focus({ preventScroll: true });
  popup.once("remove", () => before?.isConnected && before.focus({ preventScroll: true }));
}

/** On a phone the list lies below the map: goes up to it, and back when the popup closes. */
function bringIntoSight(map, popup, scrolled) {
  const { top, bottom } = map.getContainer().getBoundingClientRect();
  if (top >= 0 && bottom <= window.innerHeight) return;
  map.getContainer().scrollIntoView({ block: "start" });
  popup.once("remove", () => window.scrollTo({ top: scrolled }));
}

/** Shows a claim on the map with its popup. */
export function showClaim(L, map, store, claim, byKeyboard = false) {
  const place = store.lonLat(claim);
  const latlng = place ? L.latLng(place[1], place[0]) : map.getCenter();
  const scrolled = window.scrollY;
  if (place) approach(map, store, claim, latlng);
  const popup = openPopup(L, map, store, [claim], latlng);
  bringIntoSight(map, popup, scrolled);
  if (byKeyboard) lendFocus(popup);
}

function approach(map, store, claim, latlng) {
  const [west, north, east, south] = store.box(claim);
  const wide = Math.max(east - west, south - north) * 256;
  const size = Math.min(map.getSize().x, map.getSize().y) * 0.45;
  const fitting = Math.max(7, Math.min(11, Math.floor(Math.log2(size / Math.max(wide, 1e-9)))));
  const zoom = map.getZoom();
  if (zoom < fitting - 1 || zoom > fitting + 3) map.setView(latlng, fitting, { animate: false });
}
