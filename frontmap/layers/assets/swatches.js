// Small drawings beside words: in lists, panel, legend and on buttons.

import { FILLS, SIDES } from "./store.js";
import { badgeDash, edgeDash } from "./symbols.js";

const ICONS = {
  play: "M6 3 L21 12 L6 21 Z",
  pause: "M5 4 H10 V20 H5 Z M14 4 H19 V20 H14 Z",
  back: "M17 3 L5 12 L17 21 Z",
  forward: "M4 3 L15 12 L4 21 Z M17 3 H20 V21 H17 Z",
};

function shapeOf(name, attributes, children = []) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
  for (const child of children) shape.append(shapeOf(...child));
  return shape;
}

const drawings = new Map();

/** Makes a small drawing once for each key; the rest are copies, which is quick. */
function drawing(key, [width, height], shapes, box = [24, 24]) {
  if (!drawings.has(key)) {
    const whole = { class: "fm-drawing", width, height, viewBox: `0 0 ${box.join(" ")}` };
    drawings.set(key, shapeOf("svg", { ...whole, "aria-hidden": "true" }, shapes()));
  }
  return drawings.get(key).cloneNode(true);
}

export function badgeSwatch(store, claim) {
  const dash = badgeDash(
    FILLS[store.value("fill", claim)] === "outline",
    store.value("wide", claim),
  );
  const event = store.event(claim);
  const { fill, line } = store.colours(claim);
  return drawing(`${event}|${line}|${dash}`, [26, 26], () => {
    const ring = { cx: 12, cy: 12, r: 10.2, fill: "#fff", stroke: line, "stroke-width": 2 };
    const [scale, shift] = [0.53, 12 - 0.53 * 12];
    return [
      [
        "circle",
        { ...ring, "stroke-dasharray": dash.join(" ") || "none", "stroke-linecap": "round" },
      ],
      [
        "path",
        {
          d: store.data.symbols[event],
          transform: `translate(${shift} ${shift}) scale(${scale})`,
          fill: dash.length ? fill : line,
          "fill-rule": "evenodd",
        },
      ],
    ];
  });
}

export function eventSwatch(store, event) {
  const path = { d: store.data.symbols[event], fill: "#55504a", "fill-rule": "evenodd" };
  return drawing(event, [16, 16], () => [["path", path]]);
}

export function colourSwatch(colour) {
  const circle = { cx: 12, cy: 12, r: 9, fill: colour };
  return drawing(colour, [18, 18], () => [["circle", circle]]);
}

/** The sign on a button. */
export function icon(name) {
  return drawing(`icon ${name}`, [12, 12], () => [["path", { d: ICONS[name], fill: "#2b2825" }]]);
}

/** A movement, as `drawArrow` of claims.js draws it. */
export function arrowSwatch(colours) {
  const path = { d: "M2 8 L18 5.5 V2 L28 9 L18 16 V12.5 L2 10 Z", fill: colours.fill };
  const shapes = () => [["path", { ...path, stroke: colours.line, "stroke-width": 1 }]];
  return drawing(`arrow ${colours.line}`, [30, 18], shapes, [30, 18]);
}

export function areaSwatch(store, actor, fill, wide) {
  const colours = store.data.sides[SIDES[actor]];
  const inner = { x: 2, y: 2, width: 26, height: 14 };
  const shapes = () => [
    ["svg", { ...inner, class: "fm-drawing" }, paint(store, colours, actor, fill, wide)],
    [
      "rect",
      {
        ...{ ...inner, fill: "none", stroke: colours.line, "stroke-width": 1.5 },
        "stroke-dasharray": edgeDash({ fill, wide }).join(" ") || "none",
      },
    ],
  ];
  return drawing(`area ${actor} ${fill} ${wide}`, [30, 18], shapes, [30, 18]);
}

/** What fills an area, as `paintArea` and `hatching` of symbols.js do it. */
function paint({ data: { opacity } }, { fill, line }, actor, kind, wide) {
  const whole = (colour, strength) => [
    "rect",
    { width: 26, height: 14, fill: colour, "fill-opacity": strength },
  ];
  if (FILLS[kind] === "outline") return [];
  if (wide) return [whole(fill, opacity.wide)];
  if (FILLS[kind] === "solid") return [whole(fill, opacity.solid)];
  let d = "";
  for (let x = -16; x < 32; x += 8) d += actor === 1 ? `M${x} 0 l14 14` : `M${x + 14} 0 l-14 14`;
  const strength = Math.min(1, opacity.hatched * 2.6);
  const lines = { d, stroke: line, "stroke-width": 1.5, "stroke-opacity": strength };
  return [whole(line, opacity.hatched * 0.36), ["path", lines]];
}
