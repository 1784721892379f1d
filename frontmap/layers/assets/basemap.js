// Draws the embedded basemap: land, water, borders, and the names by weight and room.

import { decodeLine, decodeShape, world } from "./decode.js";
import { canvasLayer, inView, trace, traceShape } from "./overlay.js";
import { Towns } from "./towns.js";

const COLOURS = {
  beyond: "#e6e3db",
  sea: "#cfdfe8",
  land: "#f2f0ea",
  home: "#fbfaf6",
  water: "#bcd3e0",
  river: "#a9c6d7",
  state: "#77716a",
  line: "#b9b2a8",
  coast: "#9db7c4",
  text: "#3f3b36",
  faint: "#8a847b",
  waterText: "#5d8299",
};

const LINES = {
  region: { colour: "#d9d3c9", width: 0.8, dash: [4, 3] },
  oblast: { colour: "#c2bbb0", width: 1, dash: [5, 3] },
  foreign: { colour: COLOURS.line, width: 1.2, dash: [] },
  coast: { colour: COLOURS.coast, width: 0.8, dash: [] },
  state: { colour: COLOURS.state, width: 1.8, dash: [] },
};

function prepared(data) {
  const [west, south, east, north] = data.frame;
  return {
    frame: [...world(west, south), ...world(east, north)],
    land: Object.entries(data.land).map(([code, rings]) => ({ code, shape: decodeShape(rings) })),
    water: decodeShape(data.water),
    former: decodeShape(data.former),
    rivers: data.rivers.map(decodeLine),
    lines: Object.keys(LINES)
      .filter((name) => data.lines[name])
      .map((name) => ({ ...LINES[name], shape: decodeShape(data.lines[name]) })),
    labels: data.labels.map(([kind, name, lon, lat, zoom, angle]) => {
      const [x, y] = world(lon, lat);
      return { kind, name, x, y, zoom, angle };
    }),
  };
}

function hatchedFormerWater(context) {
  const tile = document.createElement("canvas");
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext("2d");
  pen.strokeStyle = "#b7d0dd";
  pen.lineWidth = 1.4;
  pen.beginPath();
  pen.moveTo(0, 3);
  pen.lineTo(6, 3);
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

function drawGround(context, view, map) {
  context.fillStyle = COLOURS.beyond;
  context.fillRect(0, 0, view.width, view.height);
  const [west, south, east, north] = map.frame;
  context.fillStyle = COLOURS.sea;
  context.fillRect(
    west * view.scale - view.left,
    north * view.scale - view.top,
    (east - west) * view.scale,
    (south - north) * view.scale,
  );
  for (const { code, shape } of map.land) {
    if (!inView(shape.box, view)) continue;
    traceShape(context, shape, view);
    context.fillStyle = code === "UA" ? COLOURS.home : COLOURS.land;
    context.fill("evenodd");
  }
  context.lineJoin = "round";
  drawWater(context, view, map);
  for (const { shape, colour, width, dash } of map.lines) {
    if (view.zoom < 6 && (colour === LINES.region.colour || colour === LINES.oblast.colour))
      continue;
    traceShape(context, shape, view, false);
    context.setLineDash(dash);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
  context.setLineDash([]);
}

function drawWater(context, view, map) {
  context.strokeStyle = COLOURS.river;
  context.lineWidth = view.zoom < 7 ? 0.8 : view.zoom < 10 ? 1.4 : 2.4;
  context.beginPath();
  for (const river of map.rivers) {
    if (inView(river.box, view)) trace(context, river.points, view, false);
  }
  context.stroke();
  traceShape(context, map.water, view);
  context.fillStyle = COLOURS.water;
  context.fill("evenodd");
  traceShape(context, map.former, view);
  context.fillStyle = hatchedFormerWater(context);
  context.fill("evenodd");
  context.setLineDash([3, 3]);
  context.strokeStyle = COLOURS.river;
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}

/** The inhabitants from which on a town is worth a label at this zoom. */
function smallestTown(zoom) {
  return (
    [400e3, 400e3, 400e3, 400e3, 400e3, 400e3, 180e3, 60e3, 18e3, 5e3, 1200, 300][
      Math.floor(zoom)
    ] ?? 0
  );
}

/** Whole pixels only: a browser takes milliseconds to load a font in a new size. */
function townFont(weight, zoom) {
  const size = Math.min(15, 9.5 + Math.log10(weight + 10) * 0.75 + Math.max(0, zoom - 8) * 0.35);
  return `${weight >= 90000 ? 600 : 400} ${Math.round(size)}px "Segoe UI", "Liberation Sans", system-ui, sans-serif`;
}

function taken(boxes, box) {
  return boxes.some(
    (other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1],
  );
}

/** Whether a box would be cut off by the edge of what the map shows. */
function cutOff(box, [left, top, right, bottom]) {
  const inside = box[0] >= left && box[1] >= top && box[2] <= right && box[3] <= bottom;
  const beyond = box[2] <= left || box[3] <= top || box[0] >= right || box[1] >= bottom;
  return !inside && !beyond;
}

/** Finds room for a town's name beside its dot: right, left, above or below; null for none. */
function roomFor(x, y, wide, high, boxes, discs, seen) {
  const clear = discs.reduce(
    (most, [left, top, radius]) =>
      Math.hypot(left - x, top - y) < radius ? Math.max(most, radius + Math.abs(left - x)) : most,
    4,
  );
  const half = high / 2;
  const spots = [
    [x + clear + 2, y],
    [x - clear - 2 - wide, y],
    [x - wide / 2, y - clear - half],
    [x - wide / 2, y + clear + half],
  ];
  for (const [left, middle] of spots) {
    const box = [left - 1, middle - half, left + wide + 2, middle + half];
    const free = (disc) =>
      Math.hypot(
        disc[0] - Math.max(box[0], Math.min(disc[0], box[2])),
        disc[1] - Math.max(box[1], Math.min(disc[1], box[3])),
      ) >= disc[2];
    if (!taken(boxes, box) && !cutOff(box, seen) && discs.every(free)) return { left, middle, box };
  }
  return null;
}

function writeTown(context, town, x, y, view, boxes, discs) {
  context.font = townFont(town.weight, view.zoom);
  const both = view.zoom >= 9 && town.second && town.second !== town.name;
  const high = both ? 25 : 14;
  const wide = context.measureText(town.name).width;
  if (taken(boxes, [x - 2, y - 2, x + 2, y + 2])) return;
  const near = discs.filter(([left, top]) => Math.abs(left - x) < 160 && Math.abs(top - y) < 60);
  const room = roomFor(x, y, wide, high, boxes, near, view.seen);
  if (!room) return;
  boxes.push(room.box, [x - 4, y - 4, x + 4, y + 4]);
  const { left } = room;
  const middle = both ? room.middle - 5 : room.middle;
  context.textAlign = "left";
  context.lineWidth = 3;
  context.strokeStyle = "rgba(255,255,255,.85)";
  context.fillStyle = COLOURS.text;
  context.strokeText(town.name, left, middle);
  context.fillText(town.name, left, middle);
  if (both) {
    context.font = `400 9.5px "Segoe UI", "Liberation Sans", system-ui, sans-serif`;
    context.strokeText(town.second, left, middle + 11.5);
    context.fillStyle = COLOURS.faint;
    context.fillText(town.second, left, middle + 11.5);
  }
  context.beginPath();
  context.arc(x, y, town.weight >= 90000 ? 2.8 : 1.9, 0, 7);
  context.fillStyle = "#fff";
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = COLOURS.text;
  context.stroke();
}

const LABEL_STYLES = {
  country: { font: "600 15px", colour: "#a39b8f", spacing: "3px", until: 8 },
  oblast: { font: "500 11.5px", colour: "#a79f94", spacing: "1.5px", until: 11 },
  sea: { font: "italic 400 14px", colour: COLOURS.waterText, spacing: "2px", until: 20 },
  river: { font: "italic 400 11px", colour: COLOURS.waterText, spacing: "0px", until: 20 },
  reservoir: { font: "italic 400 11px", colour: COLOURS.waterText, spacing: "0px", until: 20 },
};

/** Writes a name at the first of some spots (pixels from its place) that is free. */
function writeLabel(context, label, x, y, boxes, seen, spots = HERE) {
  const style = LABEL_STYLES[label.kind];
  const name = isUnit(label) ? label.name.toLocaleUpperCase() : label.name;
  context.font = `${style.font} "Segoe UI", "Liberation Sans", system-ui, sans-serif`;
  if ("letterSpacing" in context) context.letterSpacing = style.spacing;
  const half = context.measureText(name).width / 2;
  const turn = (-label.angle * Math.PI) / 180;
  const wide = Math.abs(Math.cos(turn)) * half + 4;
  const high = Math.abs(Math.sin(turn)) * half + 7;
  const around = ([right, down]) => [
    x + right - wide,
    y + down - high,
    x + right + wide,
    y + down + high,
  ];
  const spot = spots.find((one) => {
    const box = around(one);
    return !taken(boxes, box) && !cutOff(box, seen);
  });
  if (spot) {
    boxes.push(around(spot));
    context.save();
    context.translate(x + spot[0], y + spot[1]);
    context.rotate(turn);
    context.textAlign = "center";
    context.lineWidth = 3;
    context.strokeStyle = "rgba(255,255,255,.6)";
    const up = label.kind === "river" ? -7 : 0;
    if (label.kind !== "sea") context.strokeText(name, 0, up);
    context.fillStyle = style.colour;
    context.fillText(name, 0, up);
    context.restore();
  }
  if ("letterSpacing" in context) context.letterSpacing = "0px";
}

function drawNames(context, view, map, circles) {
  const [seenLeft, seenTop] = view.seen;
  const boxes = map.covered.map(([left, top, right, bottom]) => [
    left + seenLeft,
    top + seenTop,
    right + seenLeft,
    bottom + seenTop,
  ]);
  const discs = circles.map(([x, y, radius]) => [x - view.left, y - view.top, radius + 1]);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const place = (item) => [item.x * view.scale - view.left, item.y * view.scale - view.top];
  const around = [view.box[0], view.box[1], view.box[2], view.box[3]];
  const inside = ({ x, y }) => x > around[0] && x < around[2] && y > around[1] && y < around[3];
  const smallest = smallestTown(view.zoom);
  for (const label of map.labels) {
    const style = LABEL_STYLES[label.kind];
    if (isUnit(label) || view.zoom < label.zoom || view.zoom >= style.until) continue;
    if (inside(label)) writeLabel(context, label, ...place(label), boxes, view.seen);
  }
  for (const town of map.towns.downTo(smallest)) {
    if (town.weight < smallest) break; // the weightiest come first
    if (inside(town)) writeTown(context, town, ...place(town), view, boxes, discs);
  }
  // Names of countries and oblasts are told from any spot near their middle that is free.
  for (const disc of discs) {
    boxes.push([disc[0] - disc[2], disc[1] - disc[2], disc[0] + disc[2], disc[1] + disc[2]]);
  }
  for (const label of map.labels) {
    const { until } = LABEL_STYLES[label.kind];
    if (!isUnit(label) || view.zoom < label.zoom || view.zoom >= until || !inside(label)) continue;
    writeLabel(context, label, ...place(label), boxes, view.seen, SPOTS);
  }
}

const HERE = [[0, 0]];
const SPOTS = [0, -18, 18, -36, 36].flatMap((down) => [0, -40, 40].map((right) => [right, down]));

function isUnit({ kind }) {
  return kind === "country" || kind === "oblast";
}

/**
 * Returns {ground, names, writeNames, keepClear, towns, frame}: two layers, the names for other layers to
 * write among what they draw, and the towns for the search. `data` is the ground and the small
 * towns, the latter packed still. `writeNames(context, view, discs)` keeps clear of discs
 * [x, y, radius] in pixels of the world, and of the boxes [left, top, right, bottom] in pixels of the
 * map that `keepClear` was told: what lies over the map there would cover half a name.
 */
export function basemapLayers(L, [data, smallTowns]) {
  const towns = new Towns(data.towns, smallTowns);
  const map = { ...prepared(data), towns, covered: [] };
  const ground = canvasLayer(L, (context, view) => drawGround(context, view, map), {
    pane: "frontmap-ground",
  });
  const names = canvasLayer(L, (context, view) => drawNames(context, view, map, []), {
    pane: "frontmap-names",
  });
  towns.addEventListener("more", () => names.redraw());
  const writeNames = (context, view, discs) => drawNames(context, view, map, discs);
  const keepClear = (boxes) => {
    map.covered = boxes;
  };
  return { ground, names, writeNames, keepClear, towns, frame: data.frame };
}

/** Makes the panes the layers lie in: claims above the shapes of one's own map, below its markers. */
export function makePanes(map) {
  const panes = { ground: 150, control: 250, names: 370, claims: 410, highlight: 420 };
  for (const [name, level] of Object.entries(panes)) {
    const pane = map.getPane(`frontmap-${name}`) ?? map.createPane(`frontmap-${name}`);
    pane.style.zIndex = level;
    pane.style.pointerEvents = "none";
  }
}
