// Claim layers on somebody's own Leaflet map, as frontmap.claim_layers() gives them.

import { basemapLayers, makePanes } from "./basemap.js";
import { claimLayers } from "./claims.js";
import { controlLayers } from "./control.js";
import { unpack } from "./decode.js";
import { interact, showClaim } from "./interact.js";
import { ClaimStore } from "./store.js";

const stores = new Map();

/** Registers the claims of one call of claim_layers; the layers wait for it. */
export function claims(key, packed) {
  if (stores.has(key)) return;
  stores.set(
    key,
    unpack(packed).then((data) => {
      const store = new ClaimStore(data);
      for (const group of store.groups) group.on = false;
      store.update();
      return store;
    }),
  );
}

const tied = new WeakMap(); // map -> Set of keys of the stores it draws

function tie(L, map, key, store) {
  if (!tied.has(map)) tied.set(map, new Set());
  if (tied.get(map).has(key)) return;
  tied.get(map).add(key);
  makePanes(map);
  const drawn = claimLayers(L, store);
  for (const layer of drawn.layers) layer.addTo(map);
  interact(L, map, store, drawn);
  store.addEventListener("chosen", ({ detail }) => {
    const { claim, origin, byKeyboard } = detail;
    if (claim >= 0 && origin !== "map") showClaim(L, map, store, claim, byKeyboard);
  });
}

/** A layer that shows one group of a store while it is on the map. */
export function group(L, key, side, event) {
  const Group = L.FeatureGroup.extend({
    onAdd(map) {
      L.FeatureGroup.prototype.onAdd.call(this, map);
      this._turn(map, true);
    },
    onRemove(map) {
      L.FeatureGroup.prototype.onRemove.call(this, map);
      this._turn(map, false);
    },
    async _turn(map, on) {
      const store = await stores.get(key);
      const number = store.groups.findIndex((one) => one.side === side && one.event === event);
      tie(L, map, key, store);
      if (number >= 0) store.setGroup(number, on);
    },
  });
  return new Group();
}

/** The embedded basemap as a base layer; `packed` is the ground and the small towns. */
export function basemap(L, packed, credits) {
  const Base = L.LayerGroup.extend({
    getAttribution: () => credits,
    async onAdd(map) {
      makePanes(map);
      if (!this._made) {
        const [ground, smallTowns] = packed;
        this._made = basemapLayers(L, [await unpack(ground), smallTowns]);
        this.addLayer(this._made.ground);
        this.addLayer(this._made.names);
      }
      L.LayerGroup.prototype.onAdd.call(this, map);
    },
  });
  return new Base();
}

/** A stretch of control data, under the claims. */
export function control(L, { entry, credits }) {
  const always = { days: null, words: {}, addEventListener() {} };
  const [{ layer }] = controlLayers(L, [entry], always);
  const Control = L.LayerGroup.extend({
    getAttribution: () => credits,
    onAdd(map) {
      makePanes(map);
      L.LayerGroup.prototype.onAdd.call(this, map);
    },
  });
  return new Control([layer]);
}
