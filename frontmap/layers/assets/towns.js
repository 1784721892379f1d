// The towns of the basemap, the weightiest first; the many small ones are read when asked for.

import { decodeDegrees, unpack, world } from "./decode.js";

function readTowns({ names, second, at, weight }) {
  const degrees = decodeDegrees(at);
  const others = second ? second.split("\n") : [];
  const weights = weight.split("\n");
  return names.split("\n").map((name, index) => {
    const [lon, lat] = [degrees[2 * index], degrees[2 * index + 1]];
    const [x, y] = world(lon, lat);
    return { name, second: others[index], lon, lat, x, y, weight: 100 * Number(weights[index]) };
  });
}

/** Tells of "more" once the small towns are there. */
export class Towns extends EventTarget {
  constructor(towns, rest) {
    super();
    this.list = readTowns(towns);
    this.rest = rest;
    this.reading = null;
  }

  /** Reads the small towns too. */
  all() {
    this.reading ??= unpack(this.rest).then((towns) => {
      this.list.push(...readTowns(towns));
      this.dispatchEvent(new Event("more"));
    });
    return this.reading;
  }

  /** Returns the towns from the weightiest on; where small ones are wanted, they come later. */
  downTo(weight) {
    if (weight < this.list[this.list.length - 1].weight) this.all();
    return this.list;
  }
}
