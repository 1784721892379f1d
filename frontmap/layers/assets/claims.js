// Draws the claims: areas, arrows and badges, and finds what lies under the pointer.

import { canvasLayer, inView, trace, traceShape } from "./overlay.js";
import { FILLS, SIDES } from "./store.js";
import { badgeDash, drawBadge, edgeDash, paintArea } from "./symbols.js";

const BADGE = 11;
const LARGEST = 24;
const SMALL = 14; // pixels below which hatching and soft edges cannot be seen
const SMALL_OPACITY = { solid: 0.45, hatched: 0.25, outline: 0.12 };
const CROWD = 150; // large areas in view
const LARGE = 240; // pixels from which on an area is drawn faintly, so that it hides nothing

function pixelSize(box, view) {
  return Math.max(box[2] - box[0], box[3] - box[1]) * view.scale;
}

function visibleShapes(store) {
  const shown = new Uint8Array(store.shapes.length);
  for (let claim = 0; claim < store.size; claim += 1) {
    if (store.visible[claim] && store.shapeOf[claim] >= 0) shown[store.shapeOf[claim]] = 1;
  }
  return shown;
}

/** Draws the edge: the less exactly the place is known, the softer. */
function drawEdge(context, shape, colour, size, view, faint) {
  const blur = Math.min(shape.fuzz / view.pixel, size / 5, 22);
  context.strokeStyle = colour;
  context.lineJoin = "round";
  if (blur > 3) {
    context.setLineDash([]);
    context.globalAlpha = 0.07 * faint;
    for (const share of [1, 0.66, 0.33]) {
      context.lineWidth = blur * share * 2;
      context.stroke();
    }
  }
  context.globalAlpha = (blur > 8 ? 0.55 : 0.9) * faint;
  context.lineWidth = shape.wide ? 2.2 : 1.5;
  context.lineCap = shape.wide ? "round" : "butt";
  context.setLineDash(edgeDash(shape));
  context.stroke();
  context.setLineDash([]);
  context.lineCap = "butt";
  context.globalAlpha = 1;
}

/** Where what a symbol stands for may lie: no more than a breath of an edge. */
function drawReach(context, colour, size) {
  if (size < 2.5 * BADGE) return;
  context.strokeStyle = colour;
  context.lineCap = "round";
  context.setLineDash([0.5, 5]);
  context.lineWidth = 1.8;
  context.globalAlpha = 0.7;
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 9;
  context.globalAlpha = 0.06;
  context.stroke();
  context.lineCap = "butt";
  context.globalAlpha = 1;
}

/** Traces a shape of a few pixels by a few of its points. */
function traceRoughly(context, area, view) {
  for (const { points, box } of area.lines) {
    const step = 2 * Math.max(1, Math.floor(points.length / 2 / (pixelSize(box, view) + 5)));
    for (let index = 0; index < points.length; index += step) {
      const x = points[index] * view.scale - view.left;
      const y = points[index + 1] * view.scale - view.top;
      if (index) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
  }
}

/** Fills shapes too small for hatching and soft edges, all of one look at once. */
function drawSmall(context, view, store, numbers) {
  const looks = new Map();
  for (const number of numbers) {
    const { actor, fill } = store.shapes[number];
    const key = actor * 4 + fill;
    if (looks.has(key)) looks.get(key).push(number);
    else looks.set(key, [number]);
  }
  for (const same of looks.values()) {
    const { actor, fill } = store.shapes[same[0]];
    const colours = store.data.sides[SIDES[actor]];
    context.beginPath();
    for (const number of same) traceRoughly(context, store.area(store.shapes[number].area), view);
    context.globalAlpha = SMALL_OPACITY[FILLS[fill]];
    context.fillStyle = colours.fill;
    context.fill();
    context.globalAlpha = 1;
  }
}

function drawArea(context, view, store, shape, size, crowded) {
  const area = store.area(shape.area);
  const faint = size > LARGE ? Math.max(0.45, LARGE / size) : 1;
  const colour = store.data.sides[SIDES[shape.actor]].line;
  traceShape(context, area, view);
  if (shape.symbol) {
    drawReach(context, colour, size);
    return;
  }
  paintArea(context, store, shape, shape.wide ? Math.max(0.4, Math.min(1, 800 / size)) : faint);
  drawEdge(context, shape, colour, crowded ? 0 : size, view, faint);
}

function drawAreas(context, view, store) {
  const shown = visibleShapes(store);
  const sizes = [];
  store.shapes.forEach((shape, number) => {
    if (!shown[number]) return;
    const { box } = store.area(shape.area);
    if (inView(box, view)) sizes.push([number, pixelSize(box, view)]);
  });
  // Where hundreds of areas crowd, hatching and soft edges only cost time.
  const crowded = sizes.filter(([, size]) => size >= SMALL).length > CROWD;
  const least = crowded ? 3 * SMALL : SMALL;
  const large = sizes.filter(([, size]) => size >= least);
  const small = sizes.flatMap(([number, size]) =>
    size >= 2 && size < least && !store.shapes[number].symbol ? [number] : [],
  );
  const rank = ([number]) => (store.shapes[number].wide ? 0 : 1);
  large.sort((one, other) => rank(one) - rank(other) || other[1] - one[1] || one[0] - other[0]);
  drawSmall(context, view, store, small);
  for (const [number, size] of large) {
    const shape = store.shapes[number];
    drawArea(context, view, store, shape, size, crowded);
  }
}

function arrowPoints(points, view) {
  const at = [];
  for (let index = 0; index < points.length; index += 2) {
    at.push([points[index] * view.scale - view.left, points[index + 1] * view.scale - view.top]);
  }
  return at;
}

/** Draws a tapered arrow along the points: narrow where it starts, a head where it ends. */
function drawArrow(context, points, colours, fill) {
  const [startX, startY] = points[0];
  const [tipX, tipY] = points[points.length - 1];
  const whole = Math.hypot(tipX - startX, tipY - startY);
  if (whole < 8) return;
  // A badge lies on the tip: the head ends at its edge.
  const back = whole > 3 * BADGE ? (BADGE + 2) / whole : 0;
  const [endX, endY] = [tipX - back * (tipX - startX), tipY - back * (tipY - startY)];
  const long = whole * (1 - back);
  const wide = Math.min(16, 5 + long / 14);
  const head = Math.min(34, 9 + long / 5);
  const [beforeX, beforeY] = points[points.length - 2];
  const angle = Math.atan2(endY - beforeY, endX - beforeX);
  const neck = [endX - head * Math.cos(angle), endY - head * Math.sin(angle)];
  const left = [];
  const right = [];
  const path = [...points.slice(0, -1), neck];
  path.forEach(([x, y], index) => {
    const [nextX, nextY] = path[Math.min(index + 1, path.length - 1)];
    const [lastX, lastY] = path[Math.max(index - 1, 0)];
    const turn = Math.atan2(nextY - lastY, nextX - lastX);
    const half = (wide * (0.3 + (0.7 * index) / (path.length - 1))) / 2;
    left.push([x + half * Math.sin(turn), y - half * Math.cos(turn)]);
    right.unshift([x - half * Math.sin(turn), y + half * Math.cos(turn)]);
  });
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const barb = head * 0.58;
  const outline = [
    ...left,
    [neck[0] + barb * sin, neck[1] - barb * cos],
    [endX, endY],
    [neck[0] - barb * sin, neck[1] + barb * cos],
    ...right,
  ];
  context.beginPath();
  for (const [x, y] of outline) context.lineTo(x, y);
  context.closePath();
  context.lineJoin = "round";
  context.strokeStyle = "rgba(255,255,255,.9)";
  context.lineWidth = 3;
  context.stroke();
  const outlined = FILLS[fill] === "outline";
  context.fillStyle = outlined ? "rgba(255,255,255,.85)" : colours.fill;
  context.globalAlpha = outlined ? 1 : 0.88;
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash(outlined ? [4, 3] : []);
  context.strokeStyle = colours.line;
  context.lineWidth = 1.2;
  context.stroke();
  context.setLineDash([]);
}

function drawArrows(context, view, store) {
  const { arrow, actor, fill } = store.columns;
  const done = new Set();
  for (const claim of store.moving()) {
    if (!store.visible[claim]) continue;
    const key = (arrow[claim] * 4 + actor[claim]) * 4 + fill[claim];
    if (done.has(key)) continue;
    done.add(key);
    const line = store.arrow(arrow[claim]);
    if (!inView(line.box, view)) continue;
    drawArrow(context, arrowPoints(line.points, view), store.colours(claim), fill[claim]);
  }
}

/** Gathers the claims shown into badges that do not overlap at this zoom. */
function gather(store, zoom) {
  const scale = 256 * 2 ** zoom;
  const distance = zoom >= 12 ? 20 : 30;
  const { anchor } = store.columns;
  const atAnchor = new Map();
  for (let claim = 0; claim < store.size; claim += 1) {
    if (!store.visible[claim] || anchor[claim] < 0) continue;
    const found = atAnchor.get(anchor[claim]);
    if (found) found.push(claim);
    else atAnchor.set(anchor[claim], [claim]);
  }
  const order = [...atAnchor].sort(
    (one, other) => other[1].length - one[1].length || one[0] - other[0],
  );
  let badges = order.map(([number, claims]) => {
    const [x, y] = [store.anchors[2 * number], store.anchors[2 * number + 1]];
    return { x, y, px: x * scale, py: y * scale, claims };
  });
  badges = merged(badges, () => distance, distance);
  // A badge that grew may cover its neighbours: the larger takes them in.
  for (let left = 3; left > 0; left -= 1) {
    const before = badges.length;
    badges.sort((one, other) => other.claims.length - one.claims.length);
    badges = merged(badges, overlap, 2 * LARGEST);
    if (badges.length === before) break;
  }
  return badges;
}

/** How near two badges may be: they may touch, not cover each other. */
function overlap(one, other) {
  return 0.95 * (radiusOf(one.claims.length) + radiusOf(other.claims.length));
}

/** Puts each badge into the first before it that is nearer than `limit(one, other)`. */
function merged(badges, limit, reach) {
  const cells = new Map();
  const kept = [];
  for (const badge of badges) {
    const near = nearest(cells, badge, reach, limit);
    if (near) {
      for (const claim of badge.claims) near.claims.push(claim);
      continue;
    }
    kept.push(badge);
    const key = cellKey(Math.floor(badge.px / reach), Math.floor(badge.py / reach));
    if (cells.has(key)) cells.get(key).push(badge);
    else cells.set(key, [badge]);
  }
  return kept;
}

const cellKey = (column, row) => column * 4194304 + row;

function nearest(cells, badge, reach, limit) {
  const column = Math.floor(badge.px / reach);
  const row = Math.floor(badge.py / reach);
  for (let right = -1; right <= 1; right += 1) {
    for (let down = -1; down <= 1; down += 1) {
      for (const other of cells.get(cellKey(column + right, row + down)) ?? []) {
        const apart = Math.hypot(other.px - badge.px, other.py - badge.py);
        if (apart < limit(other, badge)) return other;
      }
    }
  }
  return null;
}

function radiusOf(count) {
  return count === 1 ? BADGE : Math.min(LARGEST, BADGE + 2.2 * Math.log2(count));
}

/** Draws several claims as one disc: how many, and a ring with each side's share. */
function drawCluster(context, store, badge, x, y, radius) {
  const shares = [0, 0, 0];
  for (const claim of badge.claims) shares[store.columns.actor[claim]] += 1;
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = "#fff";
  context.fill();
  let angle = -Math.PI / 2;
  context.lineWidth = 4;
  shares.forEach((share, actor) => {
    if (!share) return;
    const turn = (share / badge.claims.length) * 2 * Math.PI;
    context.beginPath();
    context.arc(x, y, radius - 2, angle, angle + turn);
    context.strokeStyle = store.data.sides[SIDES[actor]].fill;
    context.stroke();
    angle += turn;
  });
  context.fillStyle = "#33302c";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const count = badge.claims.length;
  const text = count < 10000 ? String(count) : `${Math.round(count / 1000)}k`;
  context.font = `600 ${count < 1000 ? 12 : 10.5}px "Segoe UI", "Liberation Sans", system-ui, sans-serif`;
  context.fillText(text, x, y + 0.5);
}

function drawBadges(context, view, store, badges) {
  context.shadowColor = "rgba(0,0,0,.25)";
  for (const badge of badges) {
    const x = badge.x * view.scale - view.left;
    const y = badge.y * view.scale - view.top;
    if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
    const radius = radiusOf(badge.claims.length);
    if (badge.claims.length > 1) {
      drawCluster(context, store, badge, x, y, radius);
      continue;
    }
    const [claim] = badge.claims;
    const { fill, wide } = store.columns;
    const symbol = store.data.symbols[store.event(claim)];
    const dash = badgeDash(FILLS[fill[claim]] === "outline", wide[claim]);
    drawBadge(context, x, y, radius, symbol, store.colours(claim), dash);
  }
}

function drawHighlight(context, view, store, claim) {
  const area = store.columns.area[claim];
  const arrow = store.columns.arrow[claim];
  const anchor = store.columns.anchor[claim];
  if (anchor < 0) return;
  const ring = (width, colour) => {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  };
  if (area >= 0) {
    traceShape(context, store.area(area), view);
    ring(5, "rgba(255,255,255,.9)");
    ring(2.5, "#1c1a18");
  }
  if (arrow >= 0) {
    context.beginPath();
    trace(context, store.arrow(arrow).points, view, false);
    ring(3, "#1c1a18");
  }
  const x = store.anchors[2 * anchor] * view.scale - view.left;
  const y = store.anchors[2 * anchor + 1] * view.scale - view.top;
  context.beginPath();
  context.arc(x, y, BADGE + 4, 0, 7);
  ring(4.5, "rgba(255,255,255,.9)");
  ring(2.2, "#1c1a18");
}

/** Joins claims that dispute each other by a dashed line. */
function drawDisputes(context, view, store, claim) {
  const from = store.columns.anchor[claim];
  for (const other of store.data.disputes[claim] ?? []) {
    const to = store.columns.anchor[other];
    if (from < 0 || to < 0 || from === to) continue;
    context.beginPath();
    for (const [index, end] of [from, to].entries()) {
      const x = store.anchors[2 * end] * view.scale - view.left;
      const y = store.anchors[2 * end + 1] * view.scale - view.top;
      if (index) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    context.setLineDash([2, 5]);
    context.lineCap = "round";
    context.lineWidth = 2.5;
    context.strokeStyle = "#1c1a18";
    context.stroke();
    context.setLineDash([]);
  }
}

function contains(shape, x, y) {
  let inside = false;
  for (const { points, box } of shape.lines) {
    if (y < box[1] || y > box[3]) continue;
    for (let index = 0, last = points.length - 2; index < points.length; last = index, index += 2) {
      const above = points[index + 1] > y !== points[last + 1] > y;
      if (!above) continue;
      const share = (y - points[index + 1]) / (points[last + 1] - points[index + 1]);
      if (x < points[index] + share * (points[last] - points[index])) inside = !inside;
    }
  }
  return inside;
}

function distanceTo(points, x, y) {
  let least = Infinity;
  for (let index = 0; index + 3 < points.length; index += 2) {
    const [x0, y0, x1, y1] = points.subarray(index, index + 4);
    const square = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1e-30;
    const share = Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / square));
    least = Math.min(least, Math.hypot(x0 + share * (x1 - x0) - x, y0 + share * (y1 - y0) - y));
  }
  return least;
}

/** Finds the claims at a point in world coordinates: a badge, else arrows and areas. */
function claimsAt(store, badges, x, y, scale, reach) {
  for (let index = badges.length - 1; index >= 0; index -= 1) {
    const badge = badges[index];
    if (Math.hypot(badge.x - x, badge.y - y) * scale <= radiusOf(badge.claims.length) + reach)
      return badge.claims;
  }
  const found = [];
  store.shapes.forEach((shape, number) => {
    if (hitsArea(store.area(shape.area), x, y)) found.push(...store.claimsOfShape(number));
  });
  for (const claim of store.moving()) {
    const { points } = store.arrow(store.columns.arrow[claim]);
    if (distanceTo(points, x, y) * scale < 6) found.push(claim);
  }
  const size = (claim) => {
    const box = store.box(claim);
    return (box[2] - box[0]) * (box[3] - box[1]);
  };
  // The smallest area first: it says most about the point.
  const shown = found.filter((claim) => store.visible[claim]);
  return shown.sort((one, other) => size(one) - size(other) || one - other);
}

function hitsArea(area, x, y) {
  const { box } = area;
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  return contains(area, x, y);
}

/**
 * Returns the layers of a store, and how to ask what lies at a point.
 * `writeNames(context, view, discs)` writes the names of places between areas and badges.
 */
export function claimLayers(L, store, writeNames = null) {
  let badges = [];
  let state = "";
  const gathered = (zoom) => {
    const now = `${zoom}|${store.version}`;
    if (now !== state) {
      badges = gather(store, zoom);
      state = now;
    }
    return badges;
  };
  const names = { shown: true };
  const claims = canvasLayer(
    L,
    (context, view) => {
      const found = gathered(view.zoom);
      drawAreas(context, view, store);
      drawArrows(context, view, store);
      const discs = found.map(({ px, py, claims: { length } }) => [px, py, radiusOf(length)]);
      if (names.shown) writeNames?.(context, view, discs);
      drawBadges(context, view, store, found);
    },
    { pane: "frontmap-claims" },
  );
  const highlight = canvasLayer(
    L,
    (context, view) => {
      for (const claim of new Set([store.chosen, store.pointed])) {
        if (claim < 0 || !store.visible[claim]) continue;
        drawDisputes(context, view, store, claim);
        drawHighlight(context, view, store, claim);
      }
    },
    { pane: "frontmap-highlight", padding: 0, empty: () => store.chosen < 0 && store.pointed < 0 },
  );
  store.addEventListener("shown", () => {
    claims.redraw();
    highlight.redraw();
  });
  for (const name of ["chosen", "pointed"]) store.addEventListener(name, () => highlight.redraw());
  return {
    layers: [claims, highlight],
    redraw: () => claims.redraw(),
    showNames(on) {
      names.shown = on;
      claims.redraw();
    },
    at(x, y, zoom, reach = 2) {
      return claimsAt(store, gathered(zoom), x, y, 256 * 2 ** zoom, reach);
    },
  };
}
