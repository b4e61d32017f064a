/* What lies under a pixel: points and lines within some pixels, areas exactly (d3.geoContains). */
(function () {
  'use strict';
  var POINT_PX = 5, LINE_PX = 7, versor = marchland.versor;

  /* The uppermost item, or null; `layers` as drawn, the lowest first. */
  marchland.globeHit = function (view, layers, x, y) {
    var at = view.position(x, y), items = [], best = null, least = Infinity;
    if (!at) return null;
    layers.forEach(function (layer) {
      if (layer.shown) layer.items.forEach(function (item) { if (!item.silent && !item.filtered) items.unshift(item); });
    });
    items.forEach(function (item) {
      marchland.globeShape(item, view).points.forEach(function (point) {
        var p = view.pixels(point.vector), radius = (item.rule().radius || 6) + POINT_PX, away = Math.hypot(p[0] - x, p[1] - y) - radius;
        if (p[2] > 0 && away < Math.min(0, least)) { least = away; best = item; }
      });
    });
    if (best) return best;
    least = LINE_PX;
    items.forEach(function (item) {
      var away = near(item, view, x, y, least);
      if (away < least) { least = away; best = item; }
    });
    if (best) return best;
    return items.filter(function (item) { return holds(item, view, at); })[0] || null;
  };

  /* Whether an area of the item holds the position. */
  function holds(item, view, at) {
    var vector = versor.vector(at);
    return marchland.globeShape(item, view).areas.some(function (part) {
      if (versor.dot(vector, part.cap.middle) < Math.cos(Math.min(Math.PI, part.cap.angle))) return false;
      return d3.geoContains(part.geometry, at);
    });
  }

  /* Pixels from the nearest of the item's lines. */
  function near(item, view, x, y, least) {
    marchland.globeShape(item, view).lines.forEach(function (part) {
      if (!marchland.globeSeen(view, part)) return;
      var vectors = (part.vectors = part.vectors || part.rings[0].map(versor.vector)), last = null;
      vectors.forEach(function (v) {
        var p = view.pixels(v);
        if (last && last[2] > 0 && p[2] > 0) least = Math.min(least, segment(last, p, x, y));
        last = p;
      });
    });
    return least;
  }
  function segment(a, b, x, y) {
    var dx = b[0] - a[0], dy = b[1] - a[1], size = dx * dx + dy * dy;
    var t = size ? Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / size)) : 0;
    return Math.hypot(a[0] + t * dx - x, a[1] + t * dy - y);
  }
})();
