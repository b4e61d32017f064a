/* What a globe shows: which way it is turned and how large, between pixels and positions. */
(function () {
  'use strict';
  var EARTH_M = 6371008.8, MOST_PX = 4e4, CLOSEST_M = 250, SMALLEST = 0.5, EDGE = 14, PAD = 24;
  var SHARP = 0.35, QUICK = 0.9;   // how far, in px, a curve may be from its chords
  var LATITUDE = 85;               // nearer to a pole than this, a zoom turns freely
  var versor = marchland.versor;

  marchland.globeView = function (first) {
    var projection = d3.geoOrthographic().clipAngle(90);
    var view = { width: 1, height: 1, radius: 1, rotate: [-first[0], -first[1], 0], version: 0, moving: false, projection: projection };

    /* After any change: the axes of the picture as vectors, and what d3 needs. */
    view.changed = function () {
      var back = d3.geoRotation(view.rotate).invert, x = view.width / 2, y = view.height / 2;
      view.version += 1;
      view.axes = [[90, 0], [0, 90], [0, 0]].map(function (at) { return versor.vector(back(at)); });
      view.reach = Math.asin(Math.min(1, Math.hypot(x, y) / view.radius));   // how much of the sphere is in the window
      projection.rotate(view.rotate).translate([x, y]).scale(view.radius).precision(view.moving ? QUICK : SHARP)
        .clipExtent([[-PAD, -PAD], [view.width + PAD, view.height + PAD]]);
    };

    /* Pixels of a vector: x, y, and how far before the horizon it is (behind it: below 0). */
    view.pixels = function (v) {
      var a = view.axes;
      return [view.width / 2 + view.radius * versor.dot(v, a[0]), view.height / 2 - view.radius * versor.dot(v, a[1]), versor.dot(v, a[2])];
    };
    view.position = function (x, y) {
      if (Math.hypot(x - view.width / 2, y - view.height / 2) > view.radius) return null;
      return projection.invert([x, y]);
    };
    /* The same; beside the globe, the nearest of its edge. */
    view.nearest = function (x, y) { return projection.invert([x, y]); };

    view.mpp = function () { return EARTH_M / view.radius; };
    view.centre = function () { return versor.place(view.axes[2]); };
    view.whole = function () { return Math.max(40, Math.min(view.width, view.height) / 2 - EDGE); };
    view.held = function (radius) { return Math.max(SMALLEST * view.whole(), Math.min(MOST_PX, EARTH_M / CLOSEST_M, radius)); };
    view.radiusOf = function (mpp) { return view.held(EARTH_M / mpp); };

    /* Closer or farther; what is under the pixel stays under it, and north where it is. */
    view.zoom = function (radius, x, y) {
      var kept = x == null ? null : view.position(x, y);
      view.radius = view.held(radius);
      view.changed();
      if (!kept) return;
      if (Math.max(Math.abs(kept[1]), Math.abs(view.centre()[1])) > LATITUDE) { view.drag(versor.vector(kept), view.rotate, x, y); return; }
      for (var n = 0; n < 4; n += 1) {
        var now = view.position(x, y);
        if (!now) return;
        view.rotate = [view.rotate[0] + (now[0] - kept[0] + 540) % 360 - 180, Math.max(-90, Math.min(90, view.rotate[1] + now[1] - kept[1])), view.rotate[2]];
        view.changed();
      }
    };

    /* Turned from `start` so that the vector comes under the pixel. */
    view.drag = function (vector, start, x, y) {
      projection.rotate(start);
      var to = versor.vector(view.nearest(x, y));
      view.rotate = versor.toAngles(versor.product(versor.ofAngles(start), versor.between(vector, to)));
      view.changed();
    };
    view.changed();
    return view;
  };
})();
