/* Shapes on a canvas: fills, hatches, dashes, marks, and the halo of what is chosen. */
(function () {
  'use strict';
  var PLAIN = { color: '#4a5568', weight: 2, opacity: 1, fill_opacity: 0.15 };
  var SMALL = [[25000, 0.6], [14000, 0.8]];   // metres to the pixel above which pens and marks are smaller
  var HATCH = { angle: 45, spacing: 6, weight: 1.5, opacity: 0.85, cross: false };
  var SIDES = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
    triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]]
  };

  /* A path that knows its box: d3 draws into it once, and fill, hatch and outline use it. */
  function Sink() { this.path = new Path2D(); this.box = [Infinity, Infinity, -Infinity, -Infinity]; }
  Sink.prototype.grow = function (x, y) {
    var b = this.box;
    if (x < b[0]) b[0] = x;
    if (y < b[1]) b[1] = y;
    if (x > b[2]) b[2] = x;
    if (y > b[3]) b[3] = y;
  };
  Sink.prototype.moveTo = function (x, y) { this.grow(x, y); this.path.moveTo(x, y); };
  Sink.prototype.lineTo = function (x, y) { this.grow(x, y); this.path.lineTo(x, y); };
  Sink.prototype.closePath = function () { this.path.closePath(); };
  Sink.prototype.arc = function (x, y, r, a, b) { this.grow(x, y); this.path.arc(x, y, r, a, b); };

  marchland.globePaint = function (context, view) {
    var brush = d3.geoPath(view.projection), paint = {};

    /* The sink of the parts of an item, kept until the view changes; `what` is areas, outline or lines. */
    function sink(item, what) {
      var key = view.version + (view.moving ? 'm' : '') + (item.sharp ? 's' : ''), kept = (item.sinks = item.sinks || {})[what];
      if (kept && kept.key === key) return kept;
      var made = new Sink(), shape = marchland.globeShape(item, view), parts = what === 'lines' ? shape.lines : shape.areas;
      brush.context(made);
      parts.forEach(function (part) { if (marchland.globeSeen(view, part)) brush(what === 'outline' ? part.outline : part.geometry); });
      made.key = key;
      item.sinks[what] = made;
      return made;
    }
    paint.sink = sink;

    paint.geometry = function (geometry) { var made = new Sink(); brush.context(made); brush(geometry); return made.path; };

    paint.small = function () { var mpp = view.mpp(), found = SMALL.filter(function (one) { return mpp > one[0]; })[0]; return found ? found[1] : 1; };
    function pen(color, width, opacity, dash, cap) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.globalAlpha = opacity == null ? 1 : opacity;
      context.setLineDash(typeof dash === 'string' ? dash.split(' ').map(Number) : dash || []);
      context.lineCap = cap || 'butt';
      context.lineJoin = 'round';
    }
    paint.stroke = function (path, color, width, opacity, dash, cap) { pen(color, width, opacity, dash, cap); context.stroke(path); context.globalAlpha = 1; };
    paint.fill = function (path, color, opacity) { context.fillStyle = color; context.globalAlpha = opacity == null ? 1 : opacity; context.fill(path, 'evenodd'); context.globalAlpha = 1; };
    paint.pen = function (path, how) { paint.stroke(path, how.color, how.width, how.opacity, how.dash); };

    /* Parallel lines within a path; angles count anticlockwise from the right. */
    paint.hatch = function (made, asked, color) {
      var how = Object.assign({}, HATCH, { color: color }, asked), b = made.box;
      if (!(b[0] < b[2])) return;
      context.save();
      context.clip(made.path, 'evenodd');
      pen(how.color || color, how.weight, how.opacity);
      (how.cross ? [how.angle, how.angle + 90] : [how.angle]).forEach(function (angle) { rule(b, -angle * Math.PI / 180, how.spacing); });
      context.restore();
    };
    /* One phase for all of the picture, so that neighbours meet; only where the box is. */
    function rule(box, turn, spacing) {
      var along = [Math.cos(turn), Math.sin(turn)], across = [-along[1], along[0]], path = new Path2D(), n;
      var left = Math.max(box[0], 0), top = Math.max(box[1], 0), right = Math.min(box[2], view.width), bottom = Math.min(box[3], view.height);
      if (left >= right || top >= bottom) return;
      var corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
      function span(axis) { var all = corners.map(function (c) { return c[0] * axis[0] + c[1] * axis[1]; }); return [Math.min.apply(null, all), Math.max.apply(null, all)]; }
      var s = span(across), t = span(along);
      for (n = Math.ceil(s[0] / spacing); n <= s[1] / spacing; n += 1) {
        path.moveTo(across[0] * n * spacing + along[0] * t[0], across[1] * n * spacing + along[1] * t[0]);
        path.lineTo(across[0] * n * spacing + along[0] * t[1], across[1] * n * spacing + along[1] * t[1]);
      }
      context.stroke(path);
    }

    /* A feature of an overlay as its rule says; `lit` is for the one under the pointer. */
    paint.areas = function (item, rule, lit) {
      if (!marchland.globeShape(item, view).areas.length) return;
      var made = sink(item, 'areas'), how = Object.assign({}, PLAIN, rule), tint = how.fill_color || how.color;
      if (how.fill !== false) paint.fill(made.path, tint, Math.min(1, how.fill_opacity + (lit ? 0.12 : 0)));
      if (rule.hatch || (item.config.hatched && item.feature.properties.status === 'disputed' && how.fill !== false)) paint.hatch(made, rule.hatch, tint);
      var drawn = how.weight !== 0 && !item.config.unstroked;
      if (drawn || lit) paint.stroke(sink(item, 'outline').path, how.color, (drawn ? how.weight * paint.small() : 0) + (lit ? 1.5 : 0), how.opacity, drawn ? how.dash : null);
    };
    paint.lines = function (item, rule, lit) {
      if (!marchland.globeShape(item, view).lines.length) return;
      var how = Object.assign({}, PLAIN, rule);
      if (how.weight) paint.stroke(sink(item, 'lines').path, how.color, how.weight * paint.small() + (lit ? 2 : 0), how.opacity, how.dash, how.dash ? 'butt' : 'round');
    };
    paint.points = function (item, rule, lit, paper) {
      marchland.globeShape(item, view).points.forEach(function (point) {
        var at = view.pixels(point.vector), radius = (rule.radius || 6) * paint.small() + (lit ? 2 : 0), hollow = rule.fill === false;
        if (at[2] <= 0) return;
        var path = mark(at[0], at[1], radius, rule.shape);
        paint.fill(path, hollow ? paper : rule.fill_color || rule.color || PLAIN.color, hollow ? 1 : rule.fill_opacity == null ? 0.95 : rule.fill_opacity);
        paint.stroke(path, rule.color || PLAIN.color, rule.weight == null ? 1.5 : rule.weight, rule.opacity);
      });
    };
    function mark(x, y, radius, shape) {
      var path = new Path2D();
      if (!SIDES[shape]) { path.arc(x, y, radius, 0, 2 * Math.PI); return path; }
      SIDES[shape].forEach(function (side, n) { path[n ? 'lineTo' : 'moveTo'](x + side[0] * radius, y + side[1] * radius); });
      path.closePath();
      return path;
    }
    paint.mark = mark;

    /* Around what is chosen, or has the focus of the keyboard: dark within light, seen on every ground. */
    paint.halo = function (item, rule, ink, rim) {
      var shape = marchland.globeShape(item, view), weight = rule.weight == null ? PLAIN.weight : rule.weight;
      if (shape.areas.length) {
        var outline = sink(item, 'outline').path;
        paint.stroke(outline, rim, 6, 0.95, null, 'round');
        paint.stroke(outline, ink, 2.75, 1, null, 'round');
      }
      if (shape.lines.length) {
        var path = sink(item, 'lines').path;
        paint.stroke(path, ink, weight + 7, 1, null, 'round');
        paint.stroke(path, rim, weight + 4, 1, null, 'round');
        paint.stroke(path, rule.color || PLAIN.color, weight + 1, 1, rule.dash);
      }
      shape.points.forEach(function (point) {
        var at = view.pixels(point.vector), ring;
        if (at[2] <= 0) return;
        ring = mark(at[0], at[1], (rule.radius || 6) + 6);
        paint.stroke(ring, rim, 5.5);
        paint.stroke(ring, ink, 2.75);
      });
    };
    return paint;
  };
})();
