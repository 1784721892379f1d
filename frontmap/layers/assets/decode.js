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

let scratch = new Float64Array(4096);

/** Calls `take(lon, lat)` with the points of an encoded line, in ten thousandths of a degree. */
function readPoints(text, take) {
  let [x, y, rest, shift] = [0, 0, 0, 0];
  let isX = true;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)];
    rest |= (value & 31) << shift;
    shift += 5;
    if (value > 31) continue;
    const step = (rest >>> 1) ^ -(rest & 1);
    if (isX) x += step;
    else {
      y += step;
      take(x, y);
    }
    isX = !isX;
    rest = 0;
    shift = 0;
  }
}

/** Room for as many numbers as the text can hold. */
function room(text) {
  if (scratch.length < text.length) scratch = new Float64Array(2 * text.length);
  return scratch;
}

/** Returns the degrees of an encoded line as [lon, lat, lon, lat, ...]. */
export function decodeDegrees(text) {
  const found = room(text);
  let count = 0;
  readPoints(text, (x, y) => {
    found[count] = x / 10000;
    found[count + 1] = y / 10000;
    count += 2;
  });
  return found.slice(0, count);
}

const HALF = 5000; // half a degree
const near = { at: Infinity, y: 0, first: 0, second: 0, third: 0 };

/**
 * Returns the y of `world` for a latitude in ten thousandths of a degree: by the first terms of its
 * series around a latitude not far off, to a hundredth of a pixel at the closest view. A logarithm
 * for each of a hundred thousand points takes the time of a frame.
 */
export function worldY(lat) {
  if (Math.abs(lat - near.at) > HALF) {
    const angle = (lat / 10000) * TURN;
    const [secant, tangent] = [1 / Math.cos(angle), Math.tan(angle)];
    near.at = lat;
    near.y = world(0, lat / 10000)[1];
    near.first = -secant / (2 * Math.PI);
    near.second = (near.first * tangent) / 2;
    near.third = (near.first * (tangent * tangent + secant * secant)) / 6;
  }
  const step = ((lat - near.at) / 10000) * TURN;
  return near.y + step * (near.first + step * (near.second + step * near.third));
}

/** Returns a line in world coordinates with its box: {points: Float64Array, box: [w, n, e, s]}. */
export function decodeLine(text) {
  const points = room(text);
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  let count = 0;
  readPoints(text, (lon, lat) => {
    const x = lon / 3600000 + 0.5;
    const y = worldY(lat);
    points[count] = x;
    points[count + 1] = y;
    count += 2;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  });
  return { points: points.slice(0, count), box: [west, north, east, south] };
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
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Reads data given as a value, or as gzip in base64 when it is large. */
export async function unpack(data) {
  if (typeof data !== "string") return data;
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  writer.write(bytesOf(data)).catch(() => {}); // what fails here fails below
  writer.close().catch(() => {});
  return new Response(readable).json();
}

/** Returns what the data island with this id holds, packed or not. */
export function island(id) {
  return JSON.parse(document.getElementById(id).textContent);
}
