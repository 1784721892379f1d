// A canvas over the map that draws what lies in view and moves and zooms with it.

const PADDING = 0.15; // drawn around what is seen, as a share of it, so that a drag shows no edge

const PAUSE = 1000; // milliseconds

/** Calls back a moment later, once the page has nothing better to do. */
function whenIdle(act) {
  window.setTimeout(() => (window.requestIdleCallback ?? window.setTimeout)(act), PAUSE);
}

/**
 * Makes a Leaflet layer around `draw(context, view)`.
 * Where `options.empty()` says that nothing is to be drawn, the canvas takes no room.
 * What is drawn around the view, `options.padding` of it, follows once the page is idle.
 * `view` has `scale` (pixels a world), `zoom`, `left`, `top` (pixels of the world's corner to
 * subtract), `box` (world coordinates drawn: west, north, east, south), `pixel` (metres) and `seen`
 * (pixels of the canvas that the map shows: left, top, right, bottom).
 */
export function canvasLayer(L, draw, options) {
  const Overlay = L.Renderer.extend({
    initialize() {
      L.Util.setOptions(this, { ...options, padding: 0 });
      L.Util.stamp(this);
      this._layers = {};
    },
    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), resize: this._update };
    },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._container.style.pointerEvents = "none";
      whenIdle(() => this._widen());
    },
    _widen() {
      const padding = options.padding ?? PADDING;
      if (!this._container || this.options.padding === padding) return;
      this.options.padding = padding;
      this._update();
    },
    _destroyContainer() {
      L.Util.cancelAnimFrame(this._frame);
      this._container.remove();
      delete this._container;
    },
    _updatePaths() {},
    _update() {
      if (!this._map || (this._map._animatingZoom && this._bounds)) return;
      L.Renderer.prototype._update.call(this);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = 0; // its size is set by the next drawing
      this._draw();
    },
    _resize(ratio) {
      const size = this._bounds.getSize();
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
    },
    _draw() {
      if (options.empty?.()) {
        this._container.width = 0;
        return;
      }
      const ratio = window.devicePixelRatio || 1;
      const fresh = !this._container.width;
      if (fresh) this._resize(ratio);
      const context = this._container.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      // On paper Chromium draws all canvases on one sheet: clearing one would clear those below.
      if (!fresh) context.clearRect(0, 0, this._container.width, this._container.height);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(context, this.view());
    },
    view() {
      const zoom = this._map.getZoom();
      const scale = 256 * 2 ** zoom;
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      const box = [corner.x, corner.y, corner.x + size.x, corner.y + size.y].map(
        (value) => value / scale,
      );
      const shown = this._map.getSize();
      const [left, top] = [(size.x - shown.x) / 2, (size.y - shown.y) / 2];
      const latitude = Math.atan(Math.sinh(Math.PI * (1 - (box[1] + box[3]))));
      const pixel = (40075016.7 * Math.cos(latitude)) / scale;
      return {
        zoom,
        scale,
        left: corner.x,
        top: corner.y,
        width: size.x,
        height: size.y,
        box,
        pixel,
        seen: [left, top, left + shown.x, top + shown.y],
      };
    },
    /** Draws again at the next frame; call it as often as you like. */
    redraw() {
      if (!this._map || this._frame) return;
      this._frame = L.Util.requestAnimFrame(() => {
        this._frame = null;
        if (this._container && !this._map._animatingZoom) this._draw();
      });
    },
  });
  return new Overlay();
}

export function inView(box, view) {
  return (
    box[0] < view.box[2] && box[2] > view.box[0] && box[1] < view.box[3] && box[3] > view.box[1]
  );
}

/** Adds a line to the path, leaving out points that fall on the pixel of the one before. */
export function trace(context, points, view, close) {
  const end = points.length - 2;
  let lastX = NaN;
  let lastY = NaN;
  for (let index = 0; index <= end; index += 2) {
    const x = points[index] * view.scale - view.left;
    const y = points[index + 1] * view.scale - view.top;
    if (index === 0) context.moveTo(x, y);
    else if (index === end || Math.abs(x - lastX) + Math.abs(y - lastY) > 1) context.lineTo(x, y);
    else continue;
    lastX = x;
    lastY = y;
  }
  if (close) context.closePath();
}

export function traceShape(context, shape, view, close = true) {
  context.beginPath();
  for (const line of shape.lines)
    if (inView(line.box, view)) trace(context, line.points, view, close);
}
