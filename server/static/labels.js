/* Names on the map: most important first; one that would cover another is not shown. */
(function () {
  'use strict';
  var el = marchland.el, ABOVE = 1, GAP = 3, AWAY = 6, NEAR = 12, DOT = 3, ROOM = 11, BESIDE = /town|city|place|village|station|capital/;
  /* Scripts that we carry no font for, and that many machines have none for either. */
  var UNDRAWN = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

  marchland.labels = function (config) {
    var group = L.layerGroup();
    group.addData = function (collection) {
      group.clearLayers();
      collection.features.filter(function (f) { return f.geometry && f.geometry.type === 'Point'; }).forEach(function (feature) {
        group.addLayer(label(feature, config));
      });
      if (group._map) place(group._map);
    };
    group.on('add remove', function () { setTimeout(function () { if (marchland.map) place(marchland.map); }, 0); });
    return group;
  };

  function label(feature, config) {
    var told = feature.properties, tags = told.tags || {}, kind = tags.label_class || 'place';
    return text(at(feature), content(told, kind), {
      kind: kind, rank: Number(tags.rank) || 5, from: Number(tags.min_zoom) || 0, pane: config.pane,
      beside: BESIDE.test(kind), layer: config.id, feature: feature.id
    });
  }

  function at(feature) { return marchland.placed(feature.geometry.coordinates); }

  function content(told, kind) {
    var words = marchland.words, first = words.name(told), second = (told.names || []).filter(function (name) { return name.lang !== 'en' && name.lang !== first.lang && name.text !== first.text && !UNDRAWN.test(name.text); })[0];
    var parts = [el('span', { 'class': 'label-name', lang: words.place(first.text) === first.text ? first.lang : marchland.lang }, words.place(first.text))];
    if (second && /country|state|territory/.test(kind)) parts.push(el('span', { 'class': 'label-second', lang: second.lang }, second.text));
    return parts;
  }

  function text(where, parts, options) {
    var kind = options.kind.replace(/[^a-z0-9_-]/gi, '');
    var node = el('span', { 'class': 'label label-' + kind }, parts);
    var dot = options.beside && options.feature != null ? el('span', { 'class': 'label-dot label-dot-' + kind }) : null;
    var marker = L.marker(where, {
      icon: L.divIcon({ html: el('span', { 'class': 'label-whole is-away' }, [dot, node]), className: 'label-anchor', iconSize: [0, 0] }),
      pane: options.pane, interactive: false, keyboard: false
    });
    marker.label = options;
    marker.labelNode = node;
    marker.labelText = node.textContent;
    marker.on('add', function () {
      var anchor = marker.getElement();
      anchor.setAttribute('aria-hidden', 'true');
      if (options.feature == null) return;
      anchor.setAttribute('data-layer', options.layer);
      anchor.setAttribute('data-feature', options.feature);
    });
    return marker;
  }

  /* What stands before a colon or a bracket: a map has no room for more. */
  function short(name) { return name.split(/:| \(/)[0].trim(); }

  /* The short names of an area, as the view places them: in its middle once it has room for them;
     what is disputed is named beside it until then. */
  function areas(feature, found) {
    var told = feature.properties, open = told.status === 'disputed', kind = marchland.words.plain(told.kind || '');
    feature.places.forEach(function (place) {
      var parts = [el('span', { 'class': 'label-name' }, marchland.words.place(short(marchland.words.name(told).text).split(/,| north of | south of /)[0]))];
      if (open) parts.push(el('span', { 'class': 'label-second' }, marchland.gettext('{kind}, disputed', { kind: kind })));
      else if (told.status === 'claimed') parts.push(el('span', { 'class': 'label-second' }, marchland.words.plain(told.status)));
      // The room is in degrees of the equator, or in metres of a polar plane.
      var fits = Math.log2(ROOM * (marchland.map.options.crs.polar ? 2 * Math.PI * 6378137 : 360) / 256 / place[2]);
      found.addLayer(text(marchland.placed(place), parts, {
        kind: open ? 'area-open' : 'area', rank: open ? 0.2 : 0.8 - place[2] / 1000, from: open ? 0 : fits, fits: fits, pane: 'names', away: 8
      }));
    });
  }

  /* Short names of the points of overlays, above all else. */
  function own(map) {
    var found = L.layerGroup();
    marchland.layers.forEach(function (group) {
      if (group.marchland.role !== 'overlay' || !group.eachLayer || !map.hasLayer(group)) return;
      group.eachLayer(function (leaf) {
        if (leaf.filtered) return;
        if (leaf.feature && leaf.feature.places) areas(leaf.feature, found);
        var told = leaf.feature && leaf.feature.properties;
        var name = told && short(marchland.words.name(told).text);
        if (!name || !(leaf instanceof L.CircleMarker) || name.length > 28) return;
        var context = told.status === 'context';
        found.addLayer(text(leaf.getLatLng(), [el('span', { 'class': 'label-name' }, name)], {
          kind: context ? 'own-context' : 'own', rank: context ? 0.5 : 0, from: 0, pane: 'names', beside: true, away: leaf.getRadius() + 4
        }));
      });
    });
    return found;
  }

  marchland.label = text;

  marchland.name = function (map) {
    var mine = null;
    map.createPane('names').style.zIndex = 590;
    map.getPane('names').classList.add('names');
    function renew() {
      if (mine) mine.remove();
      mine = own(map).addTo(map);
      place(map);
    }
    map.on('zoomend moveend resize', function () { place(map); });
    map.on('overlayadd overlayremove', renew);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(function () { place(map, true); });
    return renew;
  };

  function place(map, measure) {
    var taken = symbols(map).concat(controls(map)), seen = [], size = map.getSize();
    map.eachLayer(function (layer) { if (layer.label) seen.push(layer); });
    seen.sort(function (a, b) { return a.label.rank - b.label.rank; }); // a stable sort: ties in file order
    taken.named = [];
    // What is due first, then all sizes, then the places: a browser lays the page out once and not for each.
    var due = seen.filter(function (one) {
      if (measure) one.labelSize = null;
      return called(one, map, size);
    });
    due.forEach(function (one) { one.labelSize = one.labelSize || [one.labelNode.offsetWidth, one.labelNode.offsetHeight]; });
    due.forEach(function (one) { settle(one, map, taken, size); });
  }

  function symbols(map) {
    var boxes = [];
    map.eachLayer(function (layer) {
      if (!(layer instanceof L.CircleMarker)) return;
      var p = map.latLngToContainerPoint(layer.getLatLng()), r = layer.getRadius();
      var box = [p.x - r, p.y - r, p.x + r, p.y + r];
      box.symbol = true;
      boxes.push(box);
    });
    return boxes;
  }

  /* What already covers the map: its buttons and its scale. */
  function controls(map) {
    var box = map.getContainer().getBoundingClientRect();
    return [].map.call(map.getContainer().querySelectorAll('.leaflet-control'), function (node) {
      var own = node.getBoundingClientRect();
      return [own.left - box.left, own.top - box.top, own.right - box.left, own.bottom - box.top];
    });
  }

  /* Whether a name is due at this zoom and near what is seen; what is not has no layout, and asks for no font. */
  function called(one, map, size) {
    var p = map.latLngToContainerPoint(one.getLatLng());
    // In Mercator places in the north come larger than their zoom says, from above they do not.
    var zoom = map.getZoom() + (map.options.crs.polar && one.label.feature != null ? ABOVE : 0);
    var near = p.x > -50 && p.y > -50 && p.x < size.x + 50 && p.y < size.y + 50;
    var due = near && zoom + 0.3 >= one.label.from, whole = one.labelNode.parentNode;
    whole.classList.toggle('is-away', !due);
    if (!due) whole.classList.remove('is-hidden');
    return due;
  }

  function settle(one, map, taken, size) {
    var p = map.latLngToContainerPoint(one.getLatLng()), w = one.labelSize[0], h = one.labelSize[1];
    var sides = one.label.beside || map.getZoom() + 0.3 < one.label.fits ? ['right', 'left', 'above', 'below'] : ['middle'], done = false;
    var dot = one.label.beside && one.label.feature != null && [p.x - DOT, p.y - DOT, p.x + DOT, p.y + DOT];
    if (!said(one, p, taken) && !(dot && taken.named.some(function (other) { return meet(dot, other.box); }))) {
      done = sides.some(function (side) {
        var box = boxAt(p, w, h, side, one.label.away || AWAY);
        if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) return false;
        if (taken.some(function (other) { return meet(box, other); })) return false;
        taken.push(box);
        if (dot) taken.push(dot);
        taken.named.push({ at: p, text: one.labelText, box: box });
        one.labelNode.style.transform = 'translate(' + (box[0] - p.x).toFixed(1) + 'px,' + (box[1] - p.y).toFixed(1) + 'px)';
        return true;
      });
    }
    one.labelNode.parentNode.classList.toggle('is-hidden', !done);
  }

  /* Whether this very place, or this very name close by, stands on the map already. */
  function said(one, p, taken) {
    return one.label.beside && taken.named.some(function (other) {
      var far = p.distanceTo(other.at);
      return far < NEAR || (other.text === one.labelText && far < 6 * NEAR);
    }) || (one.label.layer && one.label.beside && taken.some(function (box) {
      return box.symbol && p.x > box[0] - 3 && p.x < box[2] + 3 && p.y > box[1] - 3 && p.y < box[3] + 3;
    }));
  }

  function boxAt(p, w, h, side, away) {
    var x = side === 'right' ? p.x + away : side === 'left' ? p.x - away - w : p.x - w / 2;
    var y = side === 'above' ? p.y - away - h : side === 'below' ? p.y + away : p.y - h / 2;
    return [x, y, x + w, y + h];
  }

  function meet(a, b) {
    return a[0] < b[2] + GAP && b[0] < a[2] + GAP && a[1] < b[3] + GAP && b[1] < a[3] + GAP;
  }
})();
