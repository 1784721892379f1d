// Who holds what, from dated polygons: drawn under the claims.

import { dayText } from "./dates.js";
import { decodeShape } from "./decode.js";
import { phrase } from "./dom.js";
import { canvasLayer, inView, traceShape } from "./overlay.js";

const CONTROL_LOOKS = {
  control: { opacity: 0.2, width: 0.8, edge: 0.35 },
  gain: { opacity: 0.5, width: 1, edge: 0.9 },
  front: { opacity: 0, width: 2.6, edge: 0.85 },
};

function drawControl(context, view, shape, kind, colour) {
  const look = CONTROL_LOOKS[kind];
  traceShape(context, shape, view, kind !== "front");
  context.lineJoin = "round";
  context.lineCap = "round";
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (look.opacity) {
    context.globalAlpha = look.opacity;
    context.fill("evenodd");
  }
  context.globalAlpha = look.edge;
  context.lineWidth = look.width;
  context.stroke();
  context.globalAlpha = 1;
}

/** The variant that answers for a day: the last before it, else the first; none: the last. */
function variantFor(variants, day) {
  if (day === null) return variants[variants.length - 1];
  return variants.findLast((variant) => variant.day <= day) ?? variants[0];
}

/**
 * Returns one layer for each stretch of control data: {name(), colour, kind, layer}.
 * Which day's shape it draws follows the last day that the store shows.
 */
export function controlLayers(L, entries, store) {
  return entries.map(({ name, kind, colour, variants }) => {
    const current = () => variantFor(variants, store.days?.[1] ?? null);
    const draw = (context, view) => {
      const variant = current();
      variant.shape ??= decodeShape(variant.lines);
      if (inView(variant.shape.box, view)) drawControl(context, view, variant.shape, kind, colour);
    };
    const layer = canvasLayer(L, draw, { pane: "frontmap-control" });
    let drawn = current();
    store.addEventListener("shown", () => {
      if (drawn !== current()) layer.redraw();
      drawn = current();
    });
    const title = () => phrase(name, { date: dayText(current().day, store.words) });
    return { name: title, colour, kind, layer };
  });
}
