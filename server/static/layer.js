/* A layer that fetches its features when it is first shown. */
(function () {
  'use strict';
  var el = marchland.el, pending = 0;
  var TINT = { stroke: false, fillColor: '#e3cd97', fillOpacity: 0.45 };
  marchland.layers = [];

  marchland.layer = function (config) {
    var group = config.role === 'labels' ? marchland.labels(config) : features(config), asked = false;
    group.marchland = config;
    marchland.layers.push(group);
    group.on('add', function () {
      if (asked) return;
      asked = true;
      load(group, config);
    });
    return group;
  };

  function features(config) {
    var group = L.geoJSON(null, {
      style: function (feature) { return marchland.paint(feature, config); },
      pointToLayer: function (feature, at) { return marchland.marker(feature, at, config); },
      filter: function (feature) { return Boolean(feature.geometry); },
      onEachFeature: function (feature, drawn) { leaves(drawn).forEach(function (leaf) { prepare(leaf, feature, config, group); }); }
    });
    return group;
  }

  function leaves(drawn) { return drawn.getLayers ? [].concat.apply([], drawn.getLayers().map(leaves)) : [drawn]; }

  function prepare(leaf, feature, config, group) {
    var area = leaf instanceof L.Polygon, cut = !config.inert && feature.geometry.type === 'GeometryCollection';
    var silent = (config.inert && !contested(feature)) || (cut && !area);
    // An area that the map cuts comes with its own outline, which does not run along the cut.
    if (cut) leaf.setStyle(area ? { stroke: false } : { fill: false });
    if (config.highlight.indexOf(feature.id) >= 0 && area) leaf.setStyle(TINT);
    leaf.feature = feature;
    leaf.options.interactive = !silent;
    leaf.on('add', function () { mark(leaf.getElement(), feature, config, silent); });
    if (silent) return;
    leaf.marchland = config;
    speak(leaf, feature, config);
    if (leaf instanceof L.Polyline && !area) widen(leaf, feature, config, group);
  }

  function contested(feature) { return /^(claimed|disputed)$/.test((feature.properties || {}).status); }

  function mark(node, feature, config, silent) {
    if (!node) return;
    node.setAttribute('data-layer', config.id);
    node.setAttribute('data-feature', feature.id);
    if (silent) node.setAttribute('aria-hidden', 'true');
    else marchland.reachable(node, feature);
  }

  function speak(leaf, feature, config) {
    leaf.bindPopup(function () { return marchland.facts(feature, config); }, { maxWidth: 340, minWidth: 180, autoPanPadding: [8, 8] });
    leaf.bindTooltip(function () { return el('span', {}, (feature.properties || {}).name || feature.id); }, { sticky: true, direction: 'top', opacity: 1 });
  }

  /* A thin line gets an unseen broad one to click on. */
  function widen(leaf, feature, config, group) {
    var broad = L.polyline(leaf.getLatLngs(), { pane: config.pane, weight: 14, opacity: 0, className: 'broad' });
    speak(broad, feature, config);
    leaf.on('add', function () { if (leaf._map && group._map) { broad.addTo(group._map); broad.bringToBack(); } });
    leaf.on('remove', function () { broad.remove(); });
  }

  function load(group, config) {
    pending += 1;
    fetch(config.url, { credentials: 'omit' })
      .then(function (answer) {
        if (!answer.ok) throw new Error('HTTP ' + answer.status);
        return answer.json();
      })
      .then(function (collection) { group.addData(collection); })
      .catch(function (error) { marchland.say('The layer “' + config.title + '” could not be loaded (' + error.message + ').', true); })
      .then(function () { pending -= 1; group.marchland.loaded = true; group.fire('loaded'); if (!pending && marchland.ready) marchland.ready(); });
  }
})();
