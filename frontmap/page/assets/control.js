// Who holds what, from dated polygons: drawn under the claims.

import { decodeShape } from "./decode.js";
import { canvasLayer, inView, traceShape } from "./overlay.js";

const LOOKS = {
  control: { opacity: 0.14, width: 0.8, dash: [] },
  gain: { opacity: 0.4, width: 1, dash: [] },
  loss: { opacity: 0.25, width: 1, dash: [3, 2] },
  front: { opacity: 0, width: 2.4, dash: [] },
};

/** Returns one layer for each stretch of control data: {name, colour, kind, layer}. */
export function controlLayers(L, entries) {
  return entries.map(({ name, kind, colour, lines }) => {
    const shape = decodeShape(lines);
    const look = LOOKS[kind] ?? LOOKS.control;
    const draw = (context, view) => {
      if (!inView(shape.box, view)) return;
      traceShape(context, shape, view, kind !== "front");
      if (look.opacity) {
        context.globalAlpha = look.opacity;
        context.fillStyle = colour;
        context.fill("evenodd");
        context.globalAlpha = 1;
      }
      context.lineJoin = "round";
      context.setLineDash(look.dash);
      context.lineWidth = look.width;
      context.strokeStyle = colour;
      context.stroke();
      context.setLineDash([]);
    };
    return { name, colour, kind, layer: canvasLayer(L, draw, { pane: "frontmap-control" }) };
  });
}
