// Reads what Python wrote: the data island and the encoded lines (see frontmap/basemap/codec.py).

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let index = 0; index < ALPHABET.length; index += 1) VALUES[ALPHABET.charCodeAt(index)] = index;

/** Mercator coordinates with the whole world in 0..1, y downwards. */
export function world(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Returns the degrees of an encoded line as [lon, lat, lon, lat, ...]. */
export function decodeDegrees(text) {
  const found = [];
  const last = [0, 0];
  let rest = 0;
  let shift = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)];
    rest |= (value & 31) << shift;
    shift += 5;
    if (value < 32) {
      const axis = found.length & 1;
      last[axis] += rest & 1 ? ~(rest >> 1) : rest >> 1;
      found.push(last[axis] / 10000);
      rest = 0;
      shift = 0;
    }
  }
  return found;
}

/** Returns a line in world coordinates with its box: {points: Float64Array, box: [w, n, e, s]}. */
export function decodeLine(text) {
  const points = Float64Array.from(decodeDegrees(text));
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < points.length; index += 2) {
    const [x, y] = world(points[index], points[index + 1]);
    points[index] = x;
    points[index + 1] = y;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { points, box };
}

/** Decodes several lines that make one shape; the box spans them all. */
export function decodeShape(texts) {
  const lines = texts.map(decodeLine);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (const side of [0, 1]) {
      box[side] = Math.min(box[side], line.box[side]);
      box[side + 2] = Math.max(box[side + 2], line.box[side + 2]);
    }
  }
  return { lines, box };
}

function bytesOf(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Reads data given as a value, or as gzip in base64 when it is large. */
export async function unpack(data) {
  if (typeof data !== "string") return data;
  const stream = new Blob([bytesOf(data)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Reads the data island with this id. */
export function island(id) {
  return unpack(JSON.parse(document.getElementById(id).textContent));
}
