// Building documents: text always goes in as text.

/** Makes an element: `element("p", {class: "x", onclick: f}, "text", child, ...)`. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

/**
 * Opens and closes the isolates of direction that a text closes or leaves open; without this it
 * would end the isolate around it. See frontmap/page/bidi.py.
 */
function balanced(text) {
  let depth = 0;
  let unopened = 0;
  for (const [letter] of text.matchAll(/[\u2066-\u2069]/g)) {
    if (letter !== "\u2069") depth += 1;
    else if (depth) depth -= 1;
    else unopened += 1;
  }
  return "\u2068".repeat(unopened) + text + "\u2069".repeat(depth);
}

/** Text from outside: kept from turning the direction of what stands around it. */
export function outside(text, name = "bdi", attributes = {}) {
  return element(name, { dir: "auto", ...attributes }, balanced(text));
}

/** A link, but only to the web. */
export function link(url, text) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return null;
  return element(
    "a",
    { href: parsed.href, target: "_blank", rel: "noopener noreferrer nofollow" },
    outside(text),
  );
}

/** Writes a number from 10 000 on in groups of three, with the narrow space all readers know. */
export function grouped(number) {
  return number < 10000 ? String(number) : String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** Fills `{name}` in a phrase of our own. */
export function phrase(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name] ?? whole;
    return typeof value === "number" ? grouped(value) : String(value);
  });
}
