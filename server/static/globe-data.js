/* The features of a globe: loaded, measured and cut into parts that can be left out when unseen. */
(function () {
  'use strict';
  var versor = marchland.versor;

  /* config and its items; what is finer than their first shapes replaces these: 1 `fine`, 2 `near`. */
  marchland.globeLayer = function (config) {
    return { config: config, items: [], shown: config.show, asked: false, loaded: false, fine: 0 };
  };

  marchland.globeLoad = function (layer, fine) {
    return marchland.fetched([layer.config.url, layer.config.fine, layer.config.near][fine], layer.config.id, fine ? null : layer.config.own).then(function (collection) {
      var known = {};
      layer.items.forEach(function (one) { known[one.id] = one; });
      marchland.unpack(collection, fine ? null : layer.config).features.forEach(function (feature) {
        if (fine < layer.fine) return;   // something finer has come meanwhile
        if (fine && known[feature.id]) known[feature.id].sharp = shape(feature.geometry);
        else if (!fine) layer.items.push(item(feature, layer));
      });
      layer.fine = Math.max(layer.fine, fine);
      layer.loaded = true;
    });
  };

  function item(feature, layer) {
    var told = feature.properties || {}, open = /^(claimed|disputed)$/.test(told.status);
    return {
      id: feature.id, feature: feature, config: layer.config, layer: layer, light: shape(feature.geometry), sharp: null, filtered: false, rule: function () { return {}; },
      contested: open, silent: layer.config.role === 'labels' || (layer.config.inert && !open)
    };
  }

  /* {areas, lines, points} of any geometry, each part with the cap of the sphere that holds it. */
  function shape(geometry) {
    var made = { areas: [], lines: [], points: [] };
    if (geometry) sort(geometry, made);
    return made;
  }
  function sort(geometry, made) {
    var held = geometry.coordinates;
    if (geometry.geometries) geometry.geometries.forEach(function (one) { sort(one, made); });
    else if (geometry.type === 'Polygon') made.areas.push(area(held));
    else if (geometry.type === 'MultiPolygon') held.forEach(function (one) { made.areas.push(area(one)); });
    else if (geometry.type === 'LineString') made.lines.push(line(held));
    else if (geometry.type === 'MultiLineString') held.forEach(function (one) { made.lines.push(line(one)); });
    else [].concat(geometry.type === 'Point' ? [held] : held).forEach(function (one) { made.points.push({ at: one, vector: versor.vector(one) }); });
  }
  function area(rings) {
    return { geometry: { type: 'Polygon', coordinates: rings }, outline: { type: 'MultiLineString', coordinates: rings }, cap: cap(rings[0]), rings: rings };
  }
  function line(path) { return { geometry: { type: 'LineString', coordinates: path }, cap: cap(path), rings: [path] }; }

  /* The middle of the vertices, and the angle to the farthest of them. */
  function cap(path) {
    var x = 0, y = 0, z = 0, least = 1, vectors = path.map(versor.vector);
    vectors.forEach(function (v) { x += v[0]; y += v[1]; z += v[2]; });
    var size = Math.hypot(x, y, z) || 1, middle = [x / size, y / size, z / size];
    vectors.forEach(function (v) { least = Math.min(least, versor.dot(v, middle)); });
    return { middle: middle, angle: Math.acos(Math.max(-1, least)) + 0.02 };
  }

  /* Whether any of a part can be in the window. */
  marchland.globeSeen = function (view, part) {
    var away = Math.acos(Math.max(-1, Math.min(1, versor.dot(view.axes[2], part.cap.middle))));
    return part.cap.angle > 1.2 || away - part.cap.angle < view.reach + 0.03;
  };

  /* What is drawn of an item: coarse while the globe turns, else as fine as it has come. */
  marchland.globeShape = function (item, view) { return item.sharp && !view.moving ? item.sharp : item.light; };

  /* A place for the item: a point of it, the middle of a line, or the middle of its largest part. */
  marchland.globeMiddle = function (item) {
    var held = item.sharp || item.light, best = null;
    if (held.points.length) return held.points[0].at;
    (held.areas.length ? held.areas : held.lines).forEach(function (part) { if (!best || part.cap.angle > best.cap.angle) best = part; });
    if (!best) return null;
    return held.areas.length ? versor.place(best.cap.middle) : best.rings[0][Math.floor(best.rings[0].length / 2)];
  };

  /* The angle around that middle within which the item lies, in radians. */
  marchland.globeExtent = function (item, middle) {
    var held = item.sharp || item.light, from = versor.vector(middle), most = 0;
    held.areas.concat(held.lines).forEach(function (part) {
      most = Math.max(most, Math.acos(Math.max(-1, Math.min(1, versor.dot(from, part.cap.middle)))) + part.cap.angle - 0.02);
    });
    return most;
  };
})();
