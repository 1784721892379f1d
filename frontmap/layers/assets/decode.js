// Reads what Python wrote: the data island, the columns (frontmap/layers/columns.py) and the
// encoded lines (frontmap/basemap/codec.py).

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let index = 0; index < ALPHABET.length; index += 1) VALUES[ALPHABET.charCodeAt(index)] = index;

const TURN = Math.PI / 180;

/** Mercator coordinates with the whole world in 0..1, y downwards. */
export function world(lon, lat) {
  const sine = Math.sin(lat * TURN);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Returns a column of whole numbers, written as a list or as text. */
export function decodeColumn(column) {
  if (typeof column !== "string") return new Int32Array(column);
  const digits = column.charCodeAt(0) - 48;
  const size = (column.length - 1) / digits;
  const found = new Int32Array(size);
  let at = 1;
  for (let digit = 0; digit < digits; digit += 1) {
    for (let index = 0; index < size; index += 1, at += 1) {
      found[index] = found[index] * 64 + VALUES[column.charCodeAt(at)];
    }
  }
  for (let index = 0; index < size; index += 1) found[index] -= 1;
  return found;
}

/** Returns the degrees of an encoded line as [lon, lat, lon, lat, ...]. */
export function decodeDegrees(text) {
  const found = new Float64Array(text.length);
  const last = [0, 0];
  let count = 0;
  let rest = 0;
  let shift = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)];
    rest |= (value & 31) << shift;
    shift += 5;
    if (value < 32) {
      const axis = count & 1;
      last[axis] += rest & 1 ? ~(rest >> 1) : rest >> 1;
      found[count] = last[axis] / 10000;
      count += 1;
      rest = 0;
      shift = 0;
    }
  }
  return found.slice(0, count);
}

/** Returns a line in world coordinates with its box: {points: Float64Array, box: [w, n, e, s]}. */
export function decodeLine(text) {
  const points = decodeDegrees(text);
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < points.length; index += 2) {
    const x = points[index] / 360 + 0.5;
    const sine = Math.sin(points[index + 1] * TURN);
    const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    points[index] = x;
    points[index + 1] = y;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  return { points, box: [west, north, east, south] };
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
