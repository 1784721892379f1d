// Holds the claims in columns, which groups are on, which days are shown, and what is chosen.

import { decodeColumn, decodeDegrees, decodeLine, decodeShape, world } from "./decode.js";

export const SIDES = ["RU", "UA", "unknown"];
export const CLAIMANT_SIDES = ["RU", "UA", "third", "unknown"];
export const FILLS = ["solid", "hatched", "outline"];

function lazily(texts, decode) {
  const found = new Array(texts.length);
  return (index) => (found[index] ??= decode(texts[index]));
}

/** Columns are read when first asked for: popups need many that the map does not. */
function lazyColumns(packed) {
  const columns = {};
  for (const [name, values] of Object.entries(packed)) {
    const get = () => {
      const value = decodeColumn(values);
      Object.defineProperty(columns, name, { value });
      return value;
    };
    Object.defineProperty(columns, name, { get, configurable: true });
  }
  return columns;
}

function shapesOf(columns, size, symbolic) {
  // Claims that look alike at the same area are one shape, drawn once.
  const numbers = new Map();
  const shapes = [];
  const shapeOf = new Int32Array(size).fill(-1);
  for (let claim = 0; claim < size; claim += 1) {
    if (columns.area[claim] < 0) continue;
    const symbol = symbolic.has(columns.event[claim]);
    const look = (columns.actor[claim] * 4 + columns.fill[claim]) * 4 + 2 * columns.wide[claim];
    const key = columns.area[claim] * 64 + look + (symbol ? 1 : 0);
    let number = numbers.get(key);
    if (number === undefined) {
      number = shapes.length;
      numbers.set(key, number);
      shapes.push({
        area: columns.area[claim],
        actor: columns.actor[claim],
        fill: columns.fill[claim],
        wide: columns.wide[claim],
        symbol,
        fuzz: columns.fuzz[claim],
      });
    }
    shapeOf[claim] = number;
  }
  return { shapes, shapeOf };
}

function groupsOf(columns, size) {
  const counts = new Map();
  for (let claim = 0; claim < size; claim += 1) {
    const key = columns.side[claim] * 16 + columns.event[claim];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = [...counts.keys()].sort((one, other) => one - other);
  const groups = keys.map((key) => ({
    side: key >> 4,
    event: key & 15,
    count: counts.get(key),
    on: true,
  }));
  const numbers = new Map(keys.map((key, number) => [key, number]));
  const groupOf = new Uint8Array(size);
  for (let claim = 0; claim < size; claim += 1) {
    groupOf[claim] = numbers.get(columns.side[claim] * 16 + columns.event[claim]);
  }
  return { groups, groupOf };
}

export class ClaimStore extends EventTarget {
  constructor(data) {
    super();
    this.data = data;
    this.words = data.words;
    this.labels = data.labels;
    this.size = data.size;
    this.columns = lazyColumns(data.columns);
    const symbolic = new Set(data.symbolic);
    Object.assign(
      this,
      shapesOf(this.columns, this.size, symbolic),
      groupsOf(this.columns, this.size),
    );
    this.area = lazily(data.areas, decodeShape);
    this.arrow = lazily(data.arrows, decodeLine);
    this.anchors = decodeDegrees(data.anchors);
    this.degrees = this.anchors.slice();
    for (let index = 0; index < this.anchors.length; index += 2) {
      const [x, y] = world(this.anchors[index], this.anchors[index + 1]);
      this.anchors[index] = x;
      this.anchors[index + 1] = y;
    }
    this.visible = new Uint8Array(this.size).fill(1);
    this.version = 0;
    this.days = null; // [first, last] shown, or null for all
    this.chosen = -1;
    this.pointed = -1;
    this.update();
  }

  /** Works out again which claims are shown. */
  update() {
    const { day, until } = this.columns;
    const on = this.groups.map((group) => (group.on ? 1 : 0));
    const [first, last] = this.days ?? [-Infinity, Infinity];
    const always = this.days === null;
    for (let claim = 0; claim < this.size; claim += 1) {
      // A claim without a date is shown on every day.
      const dated = always || day[claim] < 0 || (day[claim] <= last && until[claim] >= first);
      this.visible[claim] = on[this.groupOf[claim]] && dated ? 1 : 0;
    }
    this.version += 1;
    this.dispatchEvent(new Event("shown"));
  }

  setGroup(number, on) {
    if (this.groups[number].on === on) return;
    this.groups[number].on = on;
    this.update();
  }

  setDays(days) {
    if (days === null && this.days === null) return;
    this.days = days;
    this.update();
  }

  choose(claim, origin, byKeyboard = false) {
    this.chosen = claim;
    const detail = { claim, origin, byKeyboard };
    this.dispatchEvent(new CustomEvent("chosen", { detail }));
  }

  point(claim) {
    if (claim === this.pointed) return;
    this.pointed = claim;
    this.dispatchEvent(new Event("pointed"));
  }

  text(name, claim) {
    const number = this.columns[name][claim];
    return number < 0 ? "" : this.data.strings[number];
  }

  value(name, claim) {
    return this.columns[name][claim];
  }

  event(claim) {
    return this.data.events[this.columns.event[claim]];
  }

  colours(claim) {
    return this.data.sides[SIDES[this.columns.actor[claim]]];
  }

  lonLat(claim) {
    const at = 2 * this.columns.anchor[claim];
    return this.columns.anchor[claim] < 0 ? null : [this.degrees[at], this.degrees[at + 1]];
  }

  /** Returns the claims drawn as one shape. */
  claimsOfShape(number) {
    if (!this.byShape) {
      this.byShape = this.shapes.map(() => []);
      for (let claim = 0; claim < this.size; claim += 1) {
        if (this.shapeOf[claim] >= 0) this.byShape[this.shapeOf[claim]].push(claim);
      }
    }
    return this.byShape[number];
  }

  /** Returns the claims that have an arrow. */
  moving() {
    if (!this.arrows) {
      this.arrows = [];
      for (let claim = 0; claim < this.size; claim += 1) {
        if (this.columns.arrow[claim] >= 0) this.arrows.push(claim);
      }
    }
    return this.arrows;
  }

  /** Returns the box of a claim in world coordinates, or null where it has no place. */
  box(claim) {
    const { area, arrow, anchor } = this.columns;
    if (area[claim] >= 0) return this.area(area[claim]).box;
    if (arrow[claim] >= 0) return this.arrow(arrow[claim]).box;
    if (anchor[claim] < 0) return null;
    const x = this.anchors[2 * anchor[claim]];
    const y = this.anchors[2 * anchor[claim] + 1];
    return [x, y, x, y];
  }
}
