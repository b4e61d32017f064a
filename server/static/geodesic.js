/* Distances and the shortest way between two places of the earth, across the pole and 180° too. */
(function () {
  'use strict';
  var A = 6378137, F = 1 / 298.257223563, B = A * (1 - F), MEAN = 6371008.8, D = Math.PI / 180, ROUNDS = 60, CLOSE = 1e-12;

  /* Metres along the geodesic of WGS84: Vincenty 1975, equations 3 to 19; near the antipode, where
     that does not end, along a great circle of the mean radius. */
  marchland.distance = function (from, to) {
    var u1 = Math.atan((1 - F) * Math.tan(from.lat * D)), u2 = Math.atan((1 - F) * Math.tan(to.lat * D)), l = (to.lon - from.lon) * D;
    l = Math.atan2(Math.sin(l), Math.cos(l));
    var s1 = Math.sin(u1), c1 = Math.cos(u1), s2 = Math.sin(u2), c2 = Math.cos(u2), lambda = l;
    for (var n = 0; n < ROUNDS; n += 1) {
      var x = c2 * Math.sin(lambda), y = c1 * s2 - s1 * c2 * Math.cos(lambda), sine = Math.hypot(x, y);
      if (sine === 0) return 0;
      var cosine = s1 * s2 + c1 * c2 * Math.cos(lambda), sigma = Math.atan2(sine, cosine), alpha = c1 * c2 * Math.sin(lambda) / sine;
      var q = 1 - alpha * alpha, mid = q < 1e-15 ? 0 : cosine - 2 * s1 * s2 / q, c = F / 16 * q * (4 + F * (4 - 3 * q)), before = lambda;
      lambda = l + (1 - c) * F * alpha * (sigma + c * sine * (mid + c * cosine * (2 * mid * mid - 1)));
      if (Math.abs(lambda - before) < CLOSE) {
        var w = q * (A * A - B * B) / (B * B), k = 1 + w / 16384 * (4096 + w * (-768 + w * (320 - 175 * w))), m = w / 1024 * (256 + w * (-128 + w * (74 - 47 * w)));
        var less = m * sine * (mid + m / 4 * (cosine * (2 * mid * mid - 1) - m / 6 * mid * (4 * sine * sine - 3) * (4 * mid * mid - 3)));
        return B * k * (sigma - less);
      }
    }
    return MEAN * angle(vector(from), vector(to));
  };

  function vector(at) { var c = Math.cos(at.lat * D); return [c * Math.cos(at.lon * D), c * Math.sin(at.lon * D), Math.sin(at.lat * D)]; }
  function angle(a, b) {
    var cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    return Math.atan2(Math.hypot(cross[0], cross[1], cross[2]), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
  }

  /* The great circle as [lon, lat] at every half degree or less. */
  marchland.arc = function (from, to) {
    var a = vector(from), b = vector(to), whole = angle(a, b), parts = Math.max(1, Math.ceil(whole / D * 2)), made = [], n;
    if (whole < 1e-9 || Math.PI - whole < 1e-9) return [[from.lon, from.lat], [to.lon, to.lat]];
    for (n = 0; n <= parts; n += 1) {
      var p = Math.sin((1 - n / parts) * whole), q = Math.sin(n / parts * whole), v = [0, 1, 2].map(function (i) { return p * a[i] + q * b[i]; });
      made.push([Math.atan2(v[1], v[0]) / D, Math.atan2(v[2], Math.hypot(v[0], v[1])) / D]);
    }
    return made;
  };

  marchland.positionText = function (at) {
    function part(value, plus, minus) {
      var size = Math.abs(value), whole = Math.floor(size), minutes = Math.floor((size - whole) * 60 + 0.5);
      if (minutes === 60) { whole += 1; minutes = 0; }
      return whole + '°' + (minutes < 10 ? '0' : '') + minutes + '′ ' + (value < 0 ? minus : plus);
    }
    return part(at.lat, marchland.words.side('N'), marchland.words.side('S')) + (at.lat > 89.999 ? '' : ', ' + part(at.lon, marchland.words.side('E'), marchland.words.side('W')));
  };
})();
