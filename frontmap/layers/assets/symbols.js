// Symbols, hatching and fills on the canvas, drawn from what frontmap/style.py says.

import { FILLS, SIDES } from "./store.js";

const paths = new Map();

function pathOf(text) {
  if (!paths.has(text)) paths.set(text, new Path2D(text));
  return paths.get(text);
}

/** Fills a symbol of 24 by 24 units so that it is `size` pixels wide around (x, y). */
export function fillSymbol(context, text, x, y, size, colour) {
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 24, size / 24);
  context.fillStyle = colour;
  context.fill(pathOf(text), "evenodd");
  context.restore();
}

const patterns = new Map();

/** Hatching in a colour; the two sides are hatched the two ways, so colour is not all. */
export function hatching(context, colour, actor, opacity) {
  const key = `${colour}|${actor}|${opacity}`;
  if (!patterns.has(key)) {
    const tile = document.createElement("canvas");
    const size = 8;
    tile.width = size * 2;
    tile.height = size * 2;
    const pen = tile.getContext("2d");
    pen.scale(2, 2);
    pen.globalAlpha = opacity * 0.36;
    pen.fillStyle = colour;
    pen.fillRect(0, 0, size, size);
    pen.globalAlpha = Math.min(1, opacity * 2.6);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      const ends = actor === 1 ? [shift, 0, shift + size, size] : [shift + size, 0, shift, size];
      const [x0, y0, x1, y1] = ends;
      pen.moveTo(x0 - (x1 - x0), y0 - (y1 - y0));
      pen.lineTo(x1 + (x1 - x0), y1 + (y1 - y0));
    }
    pen.stroke();
    patterns.set(key, tile);
  }
  const pattern = context.createPattern(patterns.get(key), "repeat");
  pattern.setTransform(new DOMMatrix().scale(0.5));
  return pattern;
}

/** How the ring is broken: dotted where only a region is named, dashed where it is no fact. */
export function badgeDash(outlined, wide) {
  if (wide) return [0.1, 4.2];
  return outlined ? [3.2, 2.4] : [];
}

/** Draws one badge: a white disc with the side's ring and the event's symbol. */
export function drawBadge(context, x, y, radius, symbol, colours, dash) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = "#fff";
  context.fill();
  context.setLineDash(dash);
  context.lineCap = "round";
  context.lineWidth = 2.2;
  context.strokeStyle = colours.line;
  context.stroke();
  context.lineCap = "butt";
  context.setLineDash([]);
  fillSymbol(context, symbol, x, y, radius * 1.25, dash.length ? colours.fill : colours.line);
}

/** How the edge is dashed: dotted round a whole region, dashed where a claim is no fact. */
export function edgeDash({ fill, wide }) {
  if (wide) return [1.5, 5];
  return FILLS[fill] === "solid" ? [] : [6, 4];
}

/** Fills the path under way as its claim deserves. */
export function paintArea(context, store, shape, faint = 1) {
  const { fill, line } = store.data.sides[SIDES[shape.actor]];
  const { opacity } = store.data;
  const kind = FILLS[shape.fill];
  if (kind === "outline") return;
  context.save();
  if (shape.wide) {
    context.globalAlpha = opacity.wide * faint;
    context.fillStyle = fill;
  } else if (kind === "solid") {
    context.globalAlpha = opacity.solid * faint;
    context.fillStyle = fill;
  } else {
    context.globalAlpha = faint;
    context.fillStyle = hatching(context, line, shape.actor, opacity.hatched);
  }
  context.fill("evenodd");
  context.restore();
}
