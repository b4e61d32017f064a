/* The ground of a globe: sea, graticule, land, waters, borders, what is contested, the poles. */
(function () {
  'use strict';
  var RIVERS_MPP = 7000, THIN_MPP = 12000, CIRCLE = 66.5622, NOWHERE = 30;   // degrees around the South Pole that no layer holds

  marchland.globeBase = function (context, view, paint) {
    var base = { riversAt: RIVERS_MPP }, cap = d3.geoCircle().center([0, -90]).radius(NOWHERE)(), grid = {};

    function ball() { var path = new Path2D(); path.arc(view.width / 2, view.height / 2, view.radius, 0, 2 * Math.PI); return path; }
    function thin(pen) { return view.mpp() > THIN_MPP ? Object.assign({}, pen, { width: pen.width * 0.75, opacity: (pen.opacity == null ? 1 : pen.opacity) * 0.75 }) : pen; }

    base.sea = function (theme) { paint.fill(ball(), theme.sea); };
    base.horizon = function (theme) { paint.pen(ball(), theme.horizon); };

    base.graticule = function (theme) {
      var step = [30, 10, 5, 2, 1][[12000, 3500, 1600, 700].filter(function (mpp) { return view.mpp() < mpp; }).length];
      grid[step] = grid[step] || d3.geoGraticule().stepMinor([step, step === 30 ? 10 : step]).stepMajor([90, 360]).extentMinor([[-180, -80 - 1e-6], [180, 80 + 1e-6]])();
      paint.pen(paint.geometry(grid[step]), theme.graticule);
      grid.circle = grid.circle || parallel(CIRCLE);
      paint.pen(paint.geometry(grid.circle), Object.assign({}, theme.graticule, { dash: [5, 4], color: theme.coast.color, opacity: 0.75, width: 1 }));
    };
    function parallel(lat) { for (var made = [], lon = -180; lon <= 180; lon += 2) made.push([lon, lat]); return { type: 'LineString', coordinates: made }; }

    /* One layer of the base; the tints of countries lie upon the land and below the waters. */
    base.layer = function (layer, theme, layers) {
      var id = layer.config.id;
      if (id === 'land') land(layer, theme, layers);
      else if (id === 'lakes') layer.items.forEach(function (item) { lake(item, theme); });
      else if (id === 'rivers') { if (view.mpp() < RIVERS_MPP) layer.items.forEach(function (item) { lines(item, thin(theme.river)); }); }
      else if (id === 'countries') countries(layer, theme);
      else layer.items.forEach(function (item) { paint.areas(item, item.rule()); paint.lines(item, item.rule()); });
    };
    function land(layer, theme, layers) {
      layer.items.forEach(function (item) { paint.fill(paint.sink(item, 'areas').path, theme.land); });
      layers.forEach(function (other) {
        if (other.shown && other.config.id === 'countries') other.items.forEach(function (item) {
          if (other.config.highlight.indexOf(item.id) >= 0 && !item.contested) paint.fill(paint.sink(item, 'areas').path, theme.highlight.color, theme.highlight.opacity);
        });
      });
      layer.items.forEach(function (item) { paint.pen(paint.sink(item, 'areas').path, thin(theme.coast)); });
      paint.fill(paint.geometry(cap), theme.space, 0.8);
    }
    function lake(item, theme) {
      var made = paint.sink(item, 'areas').path;
      paint.fill(made, theme.lake);
      paint.pen(made, thin(theme.lake_edge));
    }
    function lines(item, pen) { if (marchland.globeShape(item, view).lines.length) paint.pen(paint.sink(item, 'lines').path, pen); }
    function countries(layer, theme) {
      layer.items.forEach(function (item) {
        if (item.contested && !item.filtered) {
          var made = paint.sink(item, 'areas');
          paint.fill(made.path, theme.contested.color, theme.contested.opacity);
          paint.hatch(made, theme.contested_hatch, theme.contested_hatch.color);
          paint.pen(made.path, thin(theme.border_disputed));
        } else lines(item, thin(theme.border));
      });
    }

    /* A cross at each pole that is in sight. */
    base.poles = function (theme) {
      [[0, 0, 1], [0, 0, -1]].forEach(function (vector) {
        var at = view.pixels(vector), path = new Path2D();
        if (at[2] <= 0) return;
        path.moveTo(at[0] - 6, at[1]);
        path.lineTo(at[0] + 6, at[1]);
        path.moveTo(at[0], at[1] - 6);
        path.lineTo(at[0], at[1] + 6);
        paint.stroke(path, theme.letters.own.halo_color, 3.5, 0.8);
        paint.stroke(path, theme.letters.own.color, 1.5);
      });
    };
    return base;
  };
})();
