/* From the paint of a style rule to what Leaflet draws. */
(function () {
  'use strict';
  var PLAIN = { color: '#4a5568', weight: 2, opacity: 1, fillOpacity: 0.15 };
  var SIDES = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
    triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]]
  };

  /* Path options for one feature of a layer. */
  marchland.paint = function (feature, config) {
    var rule = config.paints[feature.rule] || {}, type = (feature.geometry || {}).type || '';
    var line = /LineString$/.test(type) || (type === 'GeometryCollection' && config.inert), area = /Polygon$/.test(type) || (type === 'GeometryCollection' && !config.inert);
    var made = Object.assign({}, PLAIN, { pane: config.pane, fill: !line, smoothFactor: area ? 0.25 : 0.5 });
    Object.keys(rule).forEach(function (key) {
      made[{ fill_color: 'fillColor', fill_opacity: 'fillOpacity', dash: 'dashArray' }[key] || key] = rule[key];
    });
    if (line && made.dashArray == null) made.lineCap = 'round';
    if (/Point$/.test(type)) dot(made, rule);
    if (area && (rule.hatch || (config.hatched && (feature.properties || {}).status === 'disputed' && made.fill !== false))) hatch(made, rule.hatch);
    if (made.weight === 0 || (area && config.unstroked)) made.stroke = false;
    return made;
  };

  /* What is disputed shows by a pattern and not by its colour alone; a layer can ask for one too. */
  function hatch(made, asked) {
    var how = Object.assign({ angle: 45, spacing: 6, weight: 1.5, opacity: 0.85, color: made.fillColor || made.color, cross: false }, asked);
    var tint = made.fill === false ? 0 : made.fillOpacity, ground = made.fillColor || made.color;
    var id = ['hatch', how.color, ground, tint, how.angle, how.spacing, how.weight, how.cross ? 'x' : ''].join('-').replace(/[^\w-]/g, '');
    if (!document.getElementById(id)) marchland.map.getContainer().appendChild(pattern(id, how, ground, tint));
    made.fill = true;
    made.fillColor = 'url(#' + id + ')';
    made.fillOpacity = 1;
  }

  /* Angles are anticlockwise from the right; a pattern turns clockwise, and its line stands upright. */
  function pattern(id, how, ground, tint) {
    var size = how.spacing, lines = 'M' + size / 2 + ' 0V' + size + (how.cross ? 'M0 ' + size / 2 + 'H' + size : '');
    return node('svg', { width: 0, height: 0, 'aria-hidden': 'true', 'class': 'patterns' }, [
      node('pattern', { id: id, width: size, height: size, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(' + (90 - how.angle) + ')' }, [
        node('rect', { width: size, height: size, fill: ground, 'fill-opacity': tint }, []),
        node('path', { d: lines, stroke: how.color, 'stroke-width': how.weight, 'stroke-opacity': how.opacity }, [])])]);
  }

  function node(tag, attributes, children) {
    var made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    children.forEach(function (child) { made.appendChild(child); });
    return made;
  }

  function dot(made, rule) {
    made.radius = rule.radius || 6;
    made.fillColor = rule.fill_color || rule.color || PLAIN.color;
    if (rule.fill_opacity == null) made.fillOpacity = rule.fill === false ? 0 : 0.95;
    if (rule.fill === false) { made.fill = true; made.fillColor = '#ffffff'; made.fillOpacity = 1; }
    if (rule.weight == null) made.weight = 1.5;
  }

  /* A marker of constant size whose outline is a polygon. */
  marchland.Shape = L.CircleMarker.extend({
    _updatePath: function () {
      var at = this._point, radius = this._radius;
      var corners = SIDES[this.options.shape].map(function (side) {
        return (at.x + side[0] * radius).toFixed(1) + ' ' + (at.y + side[1] * radius).toFixed(1);
      });
      this._renderer._setPath(this, this._empty() ? 'M0 0' : 'M' + corners.join('L') + 'Z');
    }
  });

  marchland.marker = function (feature, at, config) {
    var options = marchland.paint(feature, config);
    return options.shape in SIDES ? new marchland.Shape(at, options) : L.circleMarker(at, options);
  };
})();
