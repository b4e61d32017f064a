/* The drawer (see drawer.js) of flat and polar maps: Leaflet. */
(function () {
  'use strict';
  var TILE = 256, WORLD_M = 2 * Math.PI * 6378137, D = Math.PI / 180, CLOSEST = 9, PAD = 48, SEEN_PX = 10;
  var voices = marchland.voices(), chosen = null, lit = [], wanted = null, picking = null, marks, drawn = {};

  marchland.leafletDrawer = function (map, config) {
    var polar = map.options.crs.polar, middle = polar ? polar.lon0 : (config.area[0] + config.area[2]) / 2;
    map.createPane('marks').style.zIndex = 560;
    map.getPane('marks').classList.add('marks');
    marks = L.layerGroup().addTo(map);

    function groups() { return marchland.layers.filter(function (one) { return one.marchland.role; }); }
    function group(id) { return groups().filter(function (one) { return one.marchland.id === id; })[0] || null; }
    function leaves(collection, id) { var held = group(collection); return (held && held.leaves && held.leaves[id]) || []; }
    function onMap(collection, id) { return leaves(collection, id).filter(function (leaf) { return leaf._map; }); }
    function groundMpp(lat) { return WORLD_M / TILE * (polar ? 1 : Math.cos(lat * D)); }
    function turned(lon) { return lon + 360 * Math.round((middle - lon) / 360); }
    function place(at) { return L.latLng(at.lat, polar ? at.lon : turned(at.lon)); }
    function position(where) { var lon = where.lng - 360 * Math.floor((where.lng + 180) / 360); return { lon: lon, lat: where.lat }; }

    function at() {
      var where = position(map.getCenter());
      where.mpp = groundMpp(where.lat) / Math.pow(2, map.getZoom());
      return where;
    }
    function go(to) {
      var zoom = to.mpp ? Math.log2(groundMpp(to.lat) / to.mpp) : map.getZoom();
      marchland.touched = true;
      map.setView(place(to), zoom, { animate: false });
      voices.tell('move');
    }

    /* A box in pixels of zoom 0 around what is drawn of a feature. */
    function box(found) {
      var made = L.bounds([]);
      (function each(points) { points.forEach(function (one) { if (Array.isArray(one)) each(one); else made.extend(map.project(one, 0)); }); })(
        found.map(function (leaf) { return leaf.getLatLng ? leaf.getLatLng() : leaf.getLatLngs(); }));
      return made;
    }
    function bring(found) {
      var around = box(found), extent = around.getSize(), seen = map.getSize(), scale = Math.pow(2, map.getZoom());
      var fits = Math.min(Math.log2(Math.max(64, seen.x - 2 * PAD) / extent.x), Math.log2(Math.max(64, seen.y - 2 * PAD) / extent.y));
      var zoom = Math.max(map.getMinZoom(), Math.min(fits, Math.max(map.getZoom(), Math.min(CLOSEST, map.getMaxZoom()))));
      marchland.touched = true;
      // What is small or out of sight is gone to; what can be seen stays where it is.
      var shown = map.getPixelBounds(), own = L.bounds(around.min.multiplyBy(scale), around.max.multiplyBy(scale));
      var large = Math.max(extent.x, extent.y) * scale > SEEN_PX || !found.some(function (leaf) { return leaf.getLatLngs; });
      if (!(large && shown.contains(own))) map.setView(map.unproject(around.getCenter(), 0), zoom, { animate: false });
      voices.tell('move');
    }

    /* The mark: a casing around a line, an outline, or a ring. */
    function halo(leaf) {
      var weight = leaf.options.stroke === false ? 1.5 : leaf.options.weight, plain = { pane: 'marks', interactive: false, fill: false, smoothFactor: 0.5 };
      function stroke(extra) { return Object.assign({}, plain, extra); }
      if (leaf.getRadius) {
        marks.addLayer(L.circleMarker(leaf.getLatLng(), stroke({ radius: leaf.getRadius() + 6, color: '#fff', weight: 5 })));
        marks.addLayer(L.circleMarker(leaf.getLatLng(), stroke({ radius: leaf.getRadius() + 6, color: '#111', weight: 2.5 })));
        return;
      }
      var area = leaf instanceof L.Polygon, make = area ? L.polygon : L.polyline, path = area ? shells(leaf.getLatLngs()) : leaf.getLatLngs();
      if (!area) marks.addLayer(make(path, stroke({ color: '#111', weight: weight + 7 })));
      marks.addLayer(make(path, stroke({ color: '#fff', weight: weight + 4 })));
      marks.addLayer(make(path, stroke(area ? { color: '#111', weight: 2.5 } : { color: leaf.options.color, weight: weight + 1, dashArray: leaf.options.dashArray })));
    }
    /* Without the islands in it: outlined too, they would be blots. */
    function shells(rings) { return Array.isArray(rings[0][0]) ? rings.map(shells) : [rings[0]]; }
    function mark() {
      marks.clearLayers();
      if (!chosen) return;
      var found = onMap(chosen.collection, chosen.id).filter(function (leaf) { return !leaf.filtered; }), outlined = found.filter(function (leaf) { return leaf.marchland; });
      // An area that the map cuts has its true outline beside it.
      var cut = found.filter(function (leaf) { return leaf instanceof L.Polygon && leaf.options.stroke === false && leaf.outlined; });
      (cut.length ? found.filter(function (leaf) { return cut.indexOf(leaf) < 0; }) : outlined).forEach(halo);
    }
    function choose(collection, id, how) {
      var found = leaves(collection, id);
      wanted = null;
      if (!found.length) {
        var held = group(collection);
        if (!held || held.marchland.loaded) return false;
        wanted = [collection, id, how];   // as soon as it is loaded
        if (!map.hasLayer(held)) show(collection, true);
        return true;
      }
      if (!map.hasLayer(group(collection))) show(collection, true);
      chosen = { collection: collection, id: id };
      mark();
      if (how && how.move) bring(found);
      return true;
    }
    function show(id, wantedNow) {
      var held = group(id);
      if (held && map.hasLayer(held) !== wantedNow) map[wantedNow ? 'addLayer' : 'removeLayer'](held);
    }

    function unlight() { lit.splice(0).forEach(function (one) { one.leaf.setStyle(one.was); }); }
    function light(collection, id) {
      unlight();
      if (collection == null) return;
      onMap(collection, id).forEach(function (leaf) {
        if (!leaf.marchland) return;
        var own = leaf.options, was = { weight: own.weight, stroke: own.stroke, opacity: own.opacity, fillOpacity: own.fillOpacity, color: own.color };
        lit.push({ leaf: leaf, was: was });
        if (leaf instanceof L.Polygon) leaf.setStyle({ stroke: true, weight: (own.stroke === false ? 0 : own.weight) + 1.5, opacity: 1, color: own.stroke === false ? '#222' : own.color });
        else leaf.setStyle({ weight: own.weight + 2 });
      });
    }

    /* Of all layers, or of one that has come: names are placed when the last of them is there. */
    function hide(only) {
      (only ? [only] : groups()).forEach(function (held) {
        Object.keys(held.leaves || {}).forEach(function (id) {
          held.leaves[id].forEach(function (leaf) {
            leaf.filtered = Boolean(marchland.wanted) && leaf.feature.properties != null && held.marchland.role === 'overlay' && !marchland.wanted(leaf.feature, held.marchland);
            if (marchland.masked) marchland.masked(leaf);
          });
        });
      });
      mark();
      if (marchland.rename && !only) marchland.rename();
    }

    function lines(name, parts, style) {
      if (drawn[name]) drawn[name].remove();
      drawn[name] = null;
      if (!parts.length && !((style || {}).dots || []).length) return;
      var how = style || {}, made = (drawn[name] = L.layerGroup()), copies = polar ? [0] : [-360, 0, 360];
      copies.forEach(function (shift) {
        parts.forEach(function (part) {
          pieces(part).forEach(function (piece) {
            var path = piece.map(function (c) { return L.latLng(c[1], c[0] + shift); });
            [['#fff', 5.5, null], [how.color || '#111', 2.5, how.dash || null]].forEach(function (pen) {
              made.addLayer(L.polyline(path, { pane: 'marks', interactive: false, color: pen[0], weight: pen[1], dashArray: pen[2], opacity: 0.95, smoothFactor: 0.5 }));
            });
          });
        });
        (how.dots || []).forEach(function (c) {
          made.addLayer(L.circleMarker([c[1], (polar ? c[0] : turned(c[0])) + shift], { pane: 'marks', interactive: false, radius: 5, color: '#111', weight: 2, fillColor: '#fff', fillOpacity: 1 }));
        });
      });
      made.addTo(map);
    }
    /* Without a leap of the longitude; Mercator ends at 85 degrees, and a line with it. */
    function pieces(part) {
      var made = [[]], last = null;
      part.forEach(function (c) {
        if (!polar && Math.abs(c[1]) > 85.05) { if (made[made.length - 1].length) made.push([]); last = null; return; }
        var lon = last == null ? turned(c[0]) : c[0] + 360 * Math.round((last - c[0]) / 360);
        last = lon;
        made[made.length - 1].push([lon, c[1]]);
      });
      return made.filter(function (one) { return one.length > 1; });
    }

    function pick(fn) {
      picking = marchland.picking = fn || null;
      map.getContainer().classList.toggle('is-picking', Boolean(fn));
    }
    map.on('click', function (event) { if (picking) picking(position(event.latlng)); });
    map.getContainer().addEventListener('keydown', function (event) {
      if (!picking || event.key !== 'Enter' || event.target !== map.getContainer()) return;
      event.preventDefault();
      picking(position(map.getCenter()));
    });

    map.on('moveend', function () { if (marchland.touched) voices.tell('move'); });
    map.on('overlayadd overlayremove', function () { mark(); voices.tell('switch'); });
    marchland.arrived = function (held) {
      if (wanted && wanted[0] === held.marchland.id) choose.apply(null, wanted);
      if (chosen && chosen.collection === held.marchland.id) mark();
      hide(held);
      voices.tell('loaded', held.marchland.id);
    };
    marchland.chosen = function (collection, id) { voices.tell('select', collection == null ? null : { collection: collection, id: id }); };

    marchland.draws({
      features: function () {
        return [].concat.apply([], groups().map(function (held) {
          var shown = map.hasLayer(held);
          return (held.features || []).map(function (feature) {
            var own = (held.leaves || {})[feature.id] || [];
            return { collection: held.marchland.id, id: feature.id, properties: feature.properties || {}, feature: feature, config: held.marchland,
              shown: shown && Boolean(feature.geometry) && !(own[0] && own[0].filtered) };
          });
        }));
      },
      layers: function () {
        return groups().map(function (held) { var c = held.marchland; return { id: c.id, title: c.title, role: c.role, shown: map.hasLayer(held) }; });
      },
      show: show,
      at: at,
      go: go,
      select: choose,
      clear: function () { chosen = wanted = null; mark(); },
      focus: function (collection, id) {
        var node = onMap(collection, id).map(function (leaf) { return leaf.marchland && leaf.getElement(); }).filter(Boolean)[0];
        if (!node) return false;
        node.focus({ preventScroll: true });
        return true;
      },
      highlight: function (collection, id) { light(collection, id); },
      filter: function (fn) { marchland.wanted = fn; hide(); },
      draw: lines,
      pick: pick,
      on: voices.on
    });
  };
})();
