/* The north polar Lambert azimuthal equal-area projection on the ellipsoid of WGS84, for Leaflet.

   Forwards: Snyder 1987, Map Projections, a Working Manual, equations 3-12 and 24-23, with the
   difference of q at the pole and at a latitude written so that nothing cancels near the pole.
   Backwards: his series 3-18 of the authalic colatitude and one step of Newton. There is a CRS for
   each central meridian in steps of five degrees: L.CRS.PolarE10, L.CRS.PolarW40, … */
(function () {
  'use strict';
  var A = 6378137, F = 1 / 298.257223563, E2 = F * (2 - F), E = Math.sqrt(E2), D = Math.PI / 180;
  var EXTENT = Math.PI * A, POLE_M = 1e-9, STEP = 5;
  // Snyder 3-18, the factors of the sines of 2, 4 and 6 times the authalic latitude.
  var E4 = E2 * E2, E6 = E4 * E2;
  var C2 = E2 / 3 + 31 * E4 / 180 + 517 * E6 / 5040, C4 = 23 * E4 / 360 + 251 * E6 / 3780, C6 = 761 * E6 / 45360;

  /* q at the pole less q at the colatitude: (1 - e²)[s/(1 - e²s²) + atanh(es)/e] at s = 1 and s = cos. */
  function lacking(colatitude) {
    var half = Math.sin(colatitude / 2), d = 2 * half * half, s = 1 - d, w = 1 - E2 * s * s;
    return d * (1 + E2 * s) / w + (1 - E2) * Math.atanh(E * d / (1 - E2 * s)) / E;
  }
  var QP = lacking(Math.PI / 2);

  function colatitude(rho) {
    var t = rho / A, x = 2 * Math.asin(Math.min(1, t / Math.sqrt(2 * QP)));
    var made = x - C2 * Math.sin(2 * x) + C4 * Math.sin(4 * x) - C6 * Math.sin(6 * x), s = Math.cos(made), w = 1 - E2 * s * s;
    return made - (lacking(made) - t * t) * w * w / (2 * (1 - E2) * Math.sin(made));
  }

  function projection(lon0) {
    return {
      bounds: L.bounds([-EXTENT, -EXTENT], [EXTENT, EXTENT]),
      project: function (at) {
        var rho = A * Math.sqrt(lacking((90 - Math.max(-90, Math.min(90, at.lat))) * D)), turn = (at.lng - lon0) * D;
        return new L.Point(rho * Math.sin(turn), -rho * Math.cos(turn));
      },
      unproject: function (point) {
        var rho = Math.sqrt(point.x * point.x + point.y * point.y);
        if (rho < POLE_M) return new L.LatLng(90, lon0);
        return new L.LatLng(90 - colatitude(rho) / D, lon0 + Math.atan2(point.x, -point.y) / D);
      }
    };
  }

  for (var lon0 = -180; lon0 < 180; lon0 += STEP) {
    var name = 'Polar' + (lon0 < 0 ? 'W' : 'E') + Math.abs(lon0);
    L.CRS[name] = L.extend({}, L.CRS, {
      code: name, polar: { lon0: lon0 }, projection: projection(lon0), infinite: true, R: L.CRS.Earth.R, distance: L.CRS.Earth.distance,
      // A zoom level has as many metres to the pixel as in Mercator on the equator.
      transformation: new L.Transformation(0.5 / EXTENT, 0.5, -0.5 / EXTENT, 0.5)
    });
  }
})();
