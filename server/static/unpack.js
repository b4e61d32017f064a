/* Features as our server packs them (layers/light.py): letters back to steps of a quantum, steps back
   to coordinates. What else features say of themselves comes with marchland.tell (told.js). */
(function () {
  'use strict';
  var LINES = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 }, POINTS = 64;
  var SHORT = 70, LETTERS = 91, LAST = 90, MEDIUM = (LETTERS - SHORT - 1) * LETTERS, D = Math.PI / 180;
  var plane = false, asked = {};

  /* A layer from its address; those of a first view have one address for all of them, and where that
     fails, each its `own`. */
  marchland.fetched = function (address, id, own) {
    asked[address] = asked[address] || fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error('HTTP ' + answer.status);
      return answer.json();
    }).catch(function (error) {
      delete asked[address];
      throw error;
    });
    return asked[address].then(function (found) { return found.layers ? found.layers[id] : found; }, function (error) {
      if (own && own !== address) return marchland.fetched(own);
      throw error;
    });
  };

  /* The features of a collection, ready to be drawn; `config` is their layer's. */
  marchland.unpack = function (collection, config) {
    var quantum = collection.quantum;
    plane = collection.plane;
    collection.features.forEach(function (feature) {
      feature.type = 'Feature';
      if (feature.geometry) geometry(feature.geometry, quantum);
    });
    if (config) marchland.learn(config, collection.features);
    return collection;
  };

  /* Features of a layer that have come: they know what has been asked of them before. */
  marchland.learn = function (config, features) {
    config.features = features || config.features;
    if (config.known) (config.features || []).forEach(function (feature) { Object.assign(feature, config.known[feature.id]); });
  };

  function geometry(held, quantum) {
    if (held.geometries) held.geometries.forEach(function (one) { geometry(one, quantum); });
    else if (held.type in LINES) held.coordinates = lines(held.coordinates, LINES[held.type], quantum);
    else held.coordinates = points(held.coordinates, quantum / POINTS);
  }

  function points(held, quantum) {
    return Array.isArray(held[0]) ? held.map(function (one) { return points(one, quantum); }) : position(held[0], held[1], quantum);
  }

  function lines(held, depth, quantum) {
    if (depth) return held.map(function (one) { return lines(one, depth - 1, quantum); });
    var x = 0, y = 0, at = 0, made = [];
    function code() {
      var n = held.charCodeAt(at++);
      return n > 92 ? n - 36 : n - 35;
    }
    function next() {
      var left = code(), n;
      if (left === LAST) for (left = 0, n = 0; n < 4; n += 1) { left = left * LETTERS + code(); if (n === 3) left += SHORT + MEDIUM; }
      else if (left >= SHORT) left = SHORT + (left - SHORT) * LETTERS + code();
      return left % 2 ? -(left + 1) / 2 : left / 2;
    }
    while (at < held.length) made.push(position(x += next(), y += next(), quantum));
    return made;
  }

  function position(x, y, quantum) {
    var up = whole(y, quantum);
    // Mercator's ordinate in degrees of the equator, back to the latitude.
    return [whole(x, quantum), plane ? Math.atan(Math.sinh(up * D)) / D : up];
  }

  /* 12345 times 0.001 is 12.345 and not a hair beside it: shared corners stay the same numbers. */
  function whole(units, quantum) {
    var parts = Math.round(1 / quantum);
    return Math.abs(parts * quantum - 1) < 1e-9 ? units / parts : units * quantum;
  }
})();
