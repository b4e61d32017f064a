/* Features as our server packs them (layers/light.py): steps of a quantum back to coordinates. */
(function () {
  'use strict';
  var LINES = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };

  marchland.unpack = function (collection) {
    var quantum = collection.quantum;
    if (quantum) collection.features.forEach(function (feature) { if (feature.geometry) geometry(feature.geometry, quantum); });
    return collection;
  };

  function geometry(held, quantum) {
    if (held.geometries) held.geometries.forEach(function (one) { geometry(one, quantum); });
    else if (held.type in LINES) held.coordinates = lines(held.coordinates, LINES[held.type], quantum);
    else held.coordinates = points(held.coordinates, quantum);
  }

  function points(held, quantum) {
    return Array.isArray(held[0]) ? held.map(function (one) { return points(one, quantum); }) : [whole(held[0], quantum), whole(held[1], quantum)];
  }

  function lines(held, depth, quantum) {
    if (depth) return held.map(function (one) { return lines(one, depth - 1, quantum); });
    var x = 0, y = 0, made = [];
    for (var n = 0; n < held.length; n += 2) made.push([whole(x += held[n], quantum), whole(y += held[n + 1], quantum)]);
    return made;
  }

  /* 12345 times 0.001 is 12.345 and not a hair beside it: shared corners stay the same numbers. */
  function whole(units, quantum) { return quantum < 1 ? units / Math.round(1 / quantum) : units * quantum; }
})();
