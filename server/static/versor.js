/* Turns of a sphere as unit quaternions: a drag by them neither sticks nor flips at a pole.

   Shoemake, "Animating rotation with quaternion curves" (SIGGRAPH 1985), for the product and the
   way between two turns; Bostock, "Versor Dragging" (2014), for the axes in which d3-geo counts its
   angles [λ, φ, γ] in degrees. Positions are unit vectors: x to 0° E, y to 90° E, z to the pole. */
(function () {
  'use strict';
  var marchland = (window.marchland = window.marchland || {}), D = Math.PI / 180, ALIKE = 1 - 1e-9;

  function dot(a, b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
  function held(value) { return Math.max(-1, Math.min(1, value)); }

  var versor = (marchland.versor = {});
  versor.dot = dot;

  versor.vector = function (at) {
    var c = Math.cos(at[1] * D);
    return [c * Math.cos(at[0] * D), c * Math.sin(at[0] * D), Math.sin(at[1] * D)];
  };

  versor.place = function (v) { return [Math.atan2(v[1], v[0]) / D, Math.atan2(v[2], Math.hypot(v[0], v[1])) / D]; };

  versor.ofAngles = function (angles) {
    var half = angles.map(function (one) { return one * D / 2; }), s = half.map(Math.sin), c = half.map(Math.cos);
    return [c[0] * c[1] * c[2] + s[0] * s[1] * s[2], s[0] * c[1] * c[2] - c[0] * s[1] * s[2],
      c[0] * s[1] * c[2] + s[0] * c[1] * s[2], c[0] * c[1] * s[2] - s[0] * s[1] * c[2]];
  };

  versor.toAngles = function (q) {
    return [Math.atan2(2 * (q[0] * q[1] + q[2] * q[3]), 1 - 2 * (q[1] * q[1] + q[2] * q[2])) / D,
      Math.asin(held(2 * (q[0] * q[2] - q[3] * q[1]))) / D,
      Math.atan2(2 * (q[0] * q[3] + q[1] * q[2]), 1 - 2 * (q[2] * q[2] + q[3] * q[3])) / D];
  };

  versor.product = function (a, b) {
    return [a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3], a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
      a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1], a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0]];
  };

  /* The turn that takes one vector to another along the great circle between them. */
  versor.between = function (from, to) {
    var axis = [from[1] * to[2] - from[2] * to[1], from[2] * to[0] - from[0] * to[2], from[0] * to[1] - from[1] * to[0]];
    var size = Math.hypot(axis[0], axis[1], axis[2]);
    if (!size) return [1, 0, 0, 0];
    var half = Math.acos(held(dot(from, to))) / 2, s = Math.sin(half) / size;
    return [Math.cos(half), axis[2] * s, -axis[1] * s, axis[0] * s];
  };

  /* A function of 0 to 1 from one turn to another, the shorter way. */
  versor.way = function (from, to) {
    var cosine = from.reduce(function (sum, one, n) { return sum + one * to[n]; }, 0), sign = cosine < 0 ? -1 : 1;
    var angle = Math.acos(held(cosine * sign)), sine = Math.sin(angle);
    return function (t) {
      var a = cosine * sign > ALIKE ? 1 - t : Math.sin((1 - t) * angle) / sine, b = sign * (cosine * sign > ALIKE ? t : Math.sin(t * angle) / sine);
      var made = from.map(function (one, n) { return a * one + b * to[n]; }), size = Math.hypot.apply(null, made);
      return made.map(function (one) { return one / size; });
    };
  };
})();
