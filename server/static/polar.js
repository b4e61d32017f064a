/* What only a polar map has: its first view in metres, its limits, its graticule and its pole. */
(function () {
  'use strict';
  var WORLD_M = 2 * Math.PI * 6378137, TILE = 256, STEP = 2, CIRCLE = 66.56, OUTSIDE = 2.2e7, LOOSE = 0.35;

  /* The first view holds config.polar.view; fitBounds and setMaxBounds know degrees only and do not serve. */
  marchland.lookPolar = function (map, config) {
    var held = config.polar, view = held.view, crs = map.options.crs.projection;
    map.setMaxZoom(config.zoom[1]);
    marchland.first = config.zoom[1];
    function fit() {
      map.invalidateSize({ animate: false });
      var size = map.getSize(), mpp = Math.max((view[2] - view[0]) / size.x, (view[3] - view[1]) / size.y);
      var zoom = Math.log2(WORLD_M / TILE / mpp);
      marchland.first = zoom;
      // The view before the limit: Leaflet would animate its way up to a new least zoom.
      if (!marchland.touched) map.setView(crs.unproject(L.point((view[0] + view[2]) / 2, (view[1] + view[3]) / 2)), zoom, { animate: false });
      map.setMinZoom(Math.max(0, zoom - 0.5));
    }
    fit();
    if (window.ResizeObserver) new ResizeObserver(fit).observe(map.getContainer());
    map.on('moveend', function () { keep(map, view); });
    mask(map, held.drawn);
    graticule(map, held);
  };

  /* Nobody gets to where no data is drawn: the middle stays near the first view. */
  function keep(map, view) {
    var crs = map.options.crs.projection, at = crs.project(map.getCenter());
    var across = LOOSE * (view[2] - view[0]), up = LOOSE * (view[3] - view[1]);
    var x = Math.max(view[0] - across, Math.min(view[2] + across, at.x)), y = Math.max(view[1] - up, Math.min(view[3] + up, at.y));
    if (Math.abs(x - at.x) + Math.abs(y - at.y) > 1) map.panTo(crs.unproject(L.point(x, y)), { animate: false });
  }

  /* Where the data of the base end, so does the picture: no false coast. */
  function mask(map, drawn) {
    var crs = map.options.crs.projection, rim = [], n;
    function at(x, y) { return crs.unproject(L.point(x, y)); }
    if (typeof drawn === 'number') for (n = 0; n < 360; n += STEP) rim.push(at(drawn * Math.sin(n * Math.PI / 180), drawn * Math.cos(n * Math.PI / 180)));
    else rim = drawn.map(function (one) { return at(one[0], one[1]); });
    map.createPane('mask').style.zIndex = 570;
    map.getPane('mask').classList.add('marks');
    var far = OUTSIDE / 1.8;   // the plane ends where the sphere does
    L.polygon([[at(-far / 1.5, -far / 1.5), at(far / 1.5, -far / 1.5), at(far / 1.5, far / 1.5), at(-far / 1.5, far / 1.5)], rim],
      { pane: 'mask', interactive: false, className: 'mask', weight: 1, smoothFactor: 0 }).addTo(map);
  }

  /* Meridians and parallels in their own pane above the land and below what the map is about. */
  function graticule(map, held) {
    var lines = L.layerGroup().addTo(map), wide = typeof held.drawn === 'number', grid, lat, lon;
    map.createPane('grid').style.zIndex = 410 + base();
    map.getPane('grid').classList.add('marks');
    grid = wide ? [10, 30] : spacing(held.view);
    for (lat = 90 - grid[0]; lat >= 0; lat -= grid[0]) ring(lat, 'grid');
    ring(CIRCLE, 'grid grid-circle');
    for (lon = -180; lon < 180; lon += grid[1]) line(lon);
    pole();
    function points(from, to, make) { var made = []; for (var n = from; n <= to; n += STEP) made.push(make(n)); return made; }
    function add(path, kind) { L.polyline(path, { pane: 'grid', interactive: false, className: kind, smoothFactor: 0.3 }).addTo(lines); }
    function ring(at, kind) { add(points(-180, 180, function (n) { return L.latLng(at, n); }), kind); }
    function line(at) { add(points(0, grid[1] % 90 ? 88 : 90, function (n) { return L.latLng(n, at); }), 'grid'); }
    function pole() {
      var mark = L.divIcon({ className: 'pole-mark', iconSize: [13, 13] });
      L.marker([90, 0], { icon: mark, pane: 'names', interactive: false, keyboard: false }).addTo(map);
      note(L.latLng(90, 0), marchland.gettext('North Pole'), 'pole', 0.1);
      var down = (held.lon0 + (wide ? 205 : 0));
      for (var at = 90 - grid[0]; at > 0; at -= grid[0]) note(L.latLng(at, down), degrees(at, 'N', 'S'), 'grid', 3);
      if (wide) for (var turn = -180; turn < 180; turn += grid[1]) note(L.latLng(62.5, turn), degrees(turn, 'E', 'W'), 'grid', 3);
    }
    function note(at, words, kind, rank) {
      marchland.label(at, [marchland.el('span', { 'class': 'label-name' }, words)], {
        kind: kind, rank: rank, from: 0, pane: 'names', beside: kind === 'pole', away: 9
      }).addTo(map);
    }
  }
  /* How many layers lie below the graticule: those of the base, and what is drawn under it. */
  function base() {
    return marchland.layers.reduce(function (most, group, n) { return group.marchland.role === 'base' ? n : most; }, 0);
  }
  function spacing(view) {
    var metres = Math.max(view[2] - view[0], view[3] - view[1]);
    return metres > 3e6 ? [10, 10] : metres > 1.2e6 ? [5, 5] : metres > 4e5 ? [2, 2] : [1, 1];
  }
  function degrees(value, plus, minus) {
    var size = Math.abs(value), sign = size === 0 || size === 180 ? '' : '\u00a0' + marchland.words.side(value > 0 ? plus : minus);
    return size + '°' + sign;
  }
})();
