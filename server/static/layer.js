/* A layer that fetches its features when it is first shown. */
(function () {
  'use strict';
  var el = marchland.el, words = marchland.words, pending = 0;
  var TINT = { stroke: false, fillColor: '#e3cd97', fillOpacity: 0.36 };
  marchland.layers = [];

  marchland.layer = function (config) {
    var group = config.role === 'labels' ? marchland.labels(config) : features(config), asked = false;
    group.marchland = config;
    group.leaves = {};
    marchland.layers.push(group);
    group.on('add', function () {
      if (asked) return;
      asked = true;
      load(group, config, config.url);
    });
    return group;
  };

  function features(config) {
    var group = L.geoJSON(null, {
      style: function (feature) { return marchland.paint(feature, config); },
      pointToLayer: function (feature, at) { return marchland.marker(feature, at, config); },
      coordsToLatLng: marchland.placed,
      filter: function (feature) { return Boolean(feature.geometry); },
      onEachFeature: function (feature, drawn) { leaves(drawn).forEach(function (leaf) { prepare(leaf, feature, config, group); }); }
    });
    return group;
  }

  /* Where the coordinates of a feature are on this map: degrees, or metres of a polar plane. */
  marchland.placed = function (coords) {
    var crs = marchland.map.options.crs;
    return crs.polar ? crs.projection.unproject(L.point(coords[0], coords[1])) : L.latLng(coords[1], coords[0]);
  };

  function leaves(drawn) { return drawn.getLayers ? [].concat.apply([], drawn.getLayers().map(leaves)) : [drawn]; }

  function prepare(leaf, feature, config, group) {
    var area = leaf instanceof L.Polygon, cut = !config.inert && feature.geometry.type === 'GeometryCollection';
    var silent = (config.inert && !contested(feature)) || (cut && !area);
    // An area that the map cuts comes with its own outline, which does not run along the cut.
    if (cut) leaf.setStyle(area ? { stroke: false } : { fill: false });
    if (config.highlight.indexOf(feature.id) >= 0 && area) leaf.setStyle(TINT);
    leaf.feature = feature;
    leaf.outlined = cut;
    leaf.options.interactive = !silent;
    (group.leaves[feature.id] = group.leaves[feature.id] || []).push(leaf);
    leaf.on('add', function () { mark(leaf.getElement(), feature, config, silent); marchland.masked(leaf); });
    if (silent) return;
    leaf.marchland = config;
    speak(leaf, feature, config);
    if (leaf instanceof L.Polyline && !area) widen(leaf, feature, config, group);
  }

  /* What the legend has filtered away is neither seen nor in reach. */
  marchland.masked = function (leaf) {
    [leaf, leaf.broad].forEach(function (one) {
      var node = one && one.getElement && one.getElement();
      if (!node) return;
      node.classList.toggle('is-filtered', Boolean(leaf.filtered));
      node.classList.toggle('is-refused', marchland.refused(node.getAttribute('data-layer'), node.getAttribute('data-feature')));
    });
  };

  function contested(feature) { return /^(claimed|disputed)$/.test((feature.properties || {}).status); }

  function mark(node, feature, config, silent) {
    if (!node) return;
    node.setAttribute('data-layer', config.id);
    node.setAttribute('data-feature', feature.id);
    if (silent) node.setAttribute('aria-hidden', 'true');
    else marchland.reachable(node, feature, config);
  }

  function speak(leaf, feature, config) {
    if (marchland.panel) {
      leaf.on('click', function () { if (!marchland.picking) marchland.chosen(config.id, feature.id); });
      leaf.on('mouseover', function () { marchland.drawer.highlight(config.id, feature.id); });
      leaf.on('mouseout', function () { marchland.drawer.highlight(null); });
    } else {
      leaf.bindPopup(function () {
        if (!marchland.facts) marchland.later(renew);
        return marchland.facts ? marchland.facts(feature, config, renew) : el('h2', {}, words.named(feature.properties || {}, feature.id));
      }, { maxWidth: 340, minWidth: 180, autoPanPadding: [8, 8] });
    }
    function renew() { if (leaf.isPopupOpen()) leaf.getPopup().update(); }
    leaf.bindTooltip(function () { return el('span', {}, words.named(feature.properties || {}, feature.id)); }, { sticky: true, direction: 'top', opacity: 1 });
  }

  /* A thin line gets an unseen broad one to click on. */
  function widen(leaf, feature, config, group) {
    var broad = (leaf.broad = L.polyline(leaf.getLatLngs(), { pane: config.pane, weight: 14, opacity: 0, className: 'broad' }));
    speak(broad, feature, config);
    leaf.on('add', function () { if (leaf._map && group._map) { broad.addTo(group._map); broad.bringToBack(); marchland.masked(leaf); } });
    leaf.on('remove', function () { broad.remove(); });
  }

  /* The same features with more of their shape; asked for once, when the reader looks closer. */
  marchland.closer = function (group) {
    if (!group.marchland.fine || group.finer || !group.marchland.loaded) return;
    group.finer = true;
    load(group, group.marchland, group.marchland.fine);
  };

  function load(group, config, address) {
    var again = Boolean(config.loaded);
    pending += 1;
    marchland.fetched(address, config.id, again ? null : config.own)
      .then(function (collection) { return config.role === 'overlay' || again ? collection : painted(collection); })
      .then(function (collection) { put(group, marchland.unpack(collection, config), again); })
      .catch(function (error) { marchland.say(marchland.gettext('The layer “{title}” could not be loaded ({error}).', { title: config.title, error: error.message }), true); })
      .then(function () {
        pending -= 1;
        config.loaded = true;
        group.fire('loaded');
        if (marchland.arrived) marchland.arrived(group);
        if (!pending && marchland.ready) marchland.ready();
      });
  }

  /* What the map is about is seen first: the rest waits for a frame. */
  function painted(collection) {
    return new Promise(function (go) {
      if (document.hidden) go(collection);
      else requestAnimationFrame(function () { setTimeout(function () { go(collection); }); });
    });
  }

  function put(group, collection, again) {
    var popup = again && group.getLayers().filter(function (leaf) { return leaf.isPopupOpen(); })[0], shown = popup && { id: popup.feature.id, at: popup.getPopup().getLatLng() };
    var at = document.activeElement, id = again && at && at.getAttribute && at.getAttribute('data-layer') === group.marchland.id ? at.getAttribute('data-feature') : null;
    if (again) { group.clearLayers(); group.leaves = {}; }
    group.features = collection.features;
    group.addData(collection);
    if (id != null && marchland.drawer) marchland.drawer.focus(group.marchland.id, id);
    if (shown && group.leaves[shown.id]) group.leaves[shown.id][0].openPopup(shown.at);
  }
})();
