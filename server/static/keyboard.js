/* Features in reach of the keyboard: Enter opens, Escape closes and goes back. */
(function () {
  'use strict';
  var MANY = 50, last = null;
  var STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /* Called for each feature as it comes onto the map. */
  marchland.reachable = function (node, feature, config) {
    var told = feature.properties || {};
    node.setAttribute('role', 'button');
    node.setAttribute('tabindex', '-1');
    node.setAttribute('aria-label', marchland.words.name(told, feature.id).text + (told.status ? ', ' + marchland.words.plain(told.status) : ''));
    if (!marchland.panel) return;
    node.addEventListener('focus', function () { if (node.matches(':focus-visible')) marchland.drawer.highlight(config.id, feature.id); });
    node.addEventListener('blur', function () { marchland.drawer.highlight(null); });
  };

  function reachables() {
    return [].slice.call(marchland.map.getContainer().querySelectorAll('path[role="button"]:not(.is-filtered)'));
  }

  /* Up to fifty features are tab stops of their own; of more, one is, and arrows lead on. */
  marchland.order = function () {
    var nodes = reachables(), many = nodes.length > MANY;
    nodes.forEach(function (node, n) { node.setAttribute('tabindex', many && n ? '-1' : '0'); });
  };

  function step(node, by) {
    var nodes = reachables(), next = nodes[(nodes.indexOf(node) + by + nodes.length) % nodes.length];
    node.setAttribute('tabindex', nodes.length > MANY ? '-1' : '0');
    next.setAttribute('tabindex', '0');
    next.focus({ preventScroll: true });
    var leaf = leafOf(next), map = marchland.map;
    if (leaf && !L.bounds([0, 0], map.getSize()).contains(map.latLngToContainerPoint(middle(leaf)))) map.panTo(middle(leaf));
  }

  function leafOf(node) {
    var found = null;
    marchland.map.eachLayer(function (layer) { if (layer.getElement && layer.getElement() === node) found = layer; });
    return found;
  }

  /* A point of the feature itself: the middle vertex of a line, the centre of an area as it is drawn. */
  function middle(leaf) {
    if (leaf.getLatLng) return leaf.getLatLng();
    if (leaf instanceof L.Polygon) return leaf._pxBounds ? marchland.map.layerPointToLatLng(leaf._pxBounds.getCenter()) : leaf.getBounds().getCenter();
    var points = leaf.getLatLngs();
    while (Array.isArray(points[0])) points = points[Math.floor(points.length / 2)];
    return points[Math.floor(points.length / 2)];
  }

  marchland.open = function (leaf) {
    if (marchland.panel) { marchland.chosen(leaf.marchland.id, leaf.feature.id); return; }
    leaf.openPopup(middle(leaf));
    var popup = leaf.getPopup() && leaf.getPopup().getElement();
    if (!popup) return;
    last = leaf;
    popup.setAttribute('role', 'dialog');
    popup.setAttribute('aria-label', marchland.words.name(leaf.feature.properties, leaf.feature.id).text);
    popup.setAttribute('tabindex', '-1');
    popup.focus({ preventScroll: true });
  };
  marchland.middle = middle;

  marchland.keyboard = function (map) {
    var box = map.getContainer();
    box.addEventListener('keydown', function (event) {
      var node = event.target;
      if (event.key === 'Escape') { map.closePopup(); return; }
      if (!node.getAttribute || node.getAttribute('role') !== 'button' || node.tagName !== 'path') return;
      if (event.key === 'Enter' || event.key === ' ') open(node);
      else if (STEP[event.key]) step(node, STEP[event.key]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
    map.on('popupclose', function (event) {
      var node = last && last.getElement && last.getElement(), shown = event.popup.getElement();
      var inside = document.activeElement === document.body || (shown && shown.contains(document.activeElement));
      if (node && inside) node.focus({ preventScroll: true });
      last = null;
    });
  };

  function open(node) { var leaf = leafOf(node); if (leaf) marchland.open(leaf); }
})();
