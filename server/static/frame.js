/* The map as a whole: first view, limits, scale, messages, and the list beside it. */
(function () {
  'use strict';
  var CLOSER = 0.7, SAID_MS = 8000, _ = marchland.gettext;
  var still = window.matchMedia && matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (still) {
    var pan = L.Map.prototype.panBy;
    L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });
    L.Map.include({ panBy: function (offset) { return pan.call(this, offset, { animate: false }); } });
  }

  /* Leaflet measures at the left edge; on a map of the north that is another scale than in the middle. */
  L.Control.Scale.include({
    _update: function () {
      var map = this._map, size = map.getSize(), half = this.options.maxWidth / 2;
      var left = map.containerPointToLatLng([size.x / 2 - half, size.y / 2]);
      var right = map.containerPointToLatLng([size.x / 2 + half, size.y / 2]);
      this._updateScales(map.distance(left, right));
    },
    _updateMetric: function (most) {
      var metres = this._getRoundNum(most);
      this._updateScale(this._mScale, metres < 1000 ? marchland.words.metres(metres) : marchland.words.km(metres / 1000), metres / most);
    }
  });

  /* At once: an animation of this that something else ends would begin the next one. */
  var inside = L.Map.prototype.panInsideBounds;
  L.Map.include({
    panInsideBounds: function (bounds, options) { return inside.call(this, bounds, Object.assign({ animate: false }, options)); }
  });

  /* A popup may move the map past its limits for as long as it is open, or its top could not be read. */
  var adjust = L.Popup.prototype._adjustPan;
  L.Popup.include({
    _adjustPan: function () {
      if (this._map) this._map.setMaxBounds(null);
      adjust.call(this);
    }
  });

  marchland.frame = function (map, config) {
    marchland.map = map;
    marchland.config = config;
    Object.assign(marchland.words, config.words);
    if (location.hash.length > 1) glanced(); // the address names another view
    dress(map, config);
    var rename = (marchland.rename = marchland.name(map));
    (config.polar ? marchland.lookPolar : look)(map, config);
    marchland.keyboard(map);
    marchland.leafletDrawer(map, config);
    scales(map);
    map.on('moveend overlayadd', function () { closer(map); });
    marchland.ready = function () {
      glanced();
      rename();
      marchland.order();
      map.getContainer().setAttribute('data-ready', '1');
      closer(map);
    };
    ['pointerdown', 'wheel', 'keydown'].forEach(function (kind) {
      map.getContainer().addEventListener(kind, function (event) { if (event.key !== 'Tab') marchland.touched = true; }, { passive: true });
    });
    if (document.documentElement.classList.contains('embed')) marchland.embed(map);
  };

  /* The outline that stood in for the map (server/maps/glance.py). */
  function glanced() {
    var drawn = document.querySelector('.glance');
    if (drawn) drawn.remove();
  }

  /* A message for readers and screen readers; `lasting` marks the map as incomplete, others go again. */
  marchland.say = function (message, lasting) {
    if (lasting) marchland.map.getContainer().setAttribute('data-failed', message);
    marchland.message(message, lasting ? 0 : SAID_MS);
  };

  function dress(map, config) {
    var box = map.getContainer();
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', config.polar ? _('{title}, map seen from above the North Pole', { title: config.title }) : _('{title}, map', { title: config.title }));
    label('.leaflet-control-zoom-in', _('Closer'));
    label('.leaflet-control-zoom-out', _('Farther'));
    function label(what, said) {
      var node = box.querySelector(what);
      if (node) { node.title = said; node.setAttribute('aria-label', said); }
    }
    L.control.scale({ maxWidth: 120, imperial: false }).addTo(map);
    var toggle = box.querySelector('.leaflet-control-layers-toggle');
    if (toggle) { toggle.textContent = _('Layers'); toggle.title = _('Choose layers'); }
    map.on('overlayadd overlayremove', function () { setTimeout(marchland.order, 0); });
    map.on('popupopen', function () {
      box.classList.add('has-popup');
      label('.leaflet-popup-close-button', _('Close the details'));
    });
    map.on('popupclose', function () {
      box.classList.remove('has-popup');
      if (!config.polar) map.setMaxBounds(corners(config.area));
    });
  }

  /* Finer shapes once the reader looks closer. */
  function closer(map) {
    if (!map.getContainer().hasAttribute('data-ready') || map.getZoom() < marchland.first + CLOSER) return;
    marchland.layers.forEach(function (group) { if (map.hasLayer(group)) marchland.closer(group); });
  }

  function corners(box) { return L.latLngBounds([box[1], box[0]], [box[3], box[2]]); }

  /* The first view holds config.view; nobody gets to where no data is drawn (config.area). */
  function look(map, config) {
    var view = corners(config.view), area = corners(config.area);
    map.setMaxZoom(config.zoom[1]);
    marchland.first = config.zoom[1];
    function fit() {
      map.invalidateSize({ animate: false });
      var least = Math.min(Math.max(config.zoom[0], map.getBoundsZoom(area, true)), config.zoom[1]);
      var best = Math.min(Math.max(map.getBoundsZoom(view), least), config.zoom[1]);
      marchland.first = best;
      // The view before the limit: Leaflet would animate its way up to a new least zoom.
      if (!marchland.touched) map.setView(centre(map, view, best), best, { animate: false });
      map.setMinZoom(least);
    }
    fit();
    map.setMaxBounds(area);
    if (window.ResizeObserver) new ResizeObserver(fit).observe(map.getContainer());
  }

  /* The middle of the box as it is seen, not of its latitudes. */
  function centre(map, box, zoom) {
    var low = map.project(box.getSouthWest(), zoom), high = map.project(box.getNorthEast(), zoom);
    return map.unproject(low.add(high).divideBy(2), zoom);
  }

  /* Layers that make no sense at this scale step back, and say so when a reader brings that about. */
  function scales(map) {
    var before = null;
    function check() {
      var zoom = map.getZoom(), gone = [];
      marchland.layers.forEach(function (group) {
        var config = group.marchland, pane = map.getPane(config.pane);
        // In the first view nothing is out that the map is about, however narrow the window is.
        var least = config.zoom && (config.role === 'overlay' ? Math.min(config.zoom[0], marchland.first) : config.zoom[0]);
        var out = config.zoom && (zoom < least || zoom > config.zoom[1] + 0.99);
        pane.classList.toggle('is-out', Boolean(out));
        if (out && map.hasLayer(group)) gone.push(config.title);
      });
      var now = gone.length ? _('Not drawn at this scale: {layers}.', { layers: gone.join(', ') }) : '';
      if (before !== null && now !== before && !map.getContainer().hasAttribute('data-failed')) marchland.say(now);
      before = now;
    }
    map.on('zoomend overlayadd overlayremove', check);
    check();
  }
})();
