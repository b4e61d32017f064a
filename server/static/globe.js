/* The drawer (see drawer.js) of globes: d3-geo on one canvas, without tiles and without WebGL. */
(function () {
  'use strict';
  var FINE_MPP = 9000, NEAR_MPP = 3000, FIRST_MPP = 9500, FIRST_MOST = 2, MOVE_MS = 450, TOLD_MS = 160, KEY_MS = 350, FITS = 0.36, NEAREST_M = 2500, SMALL_PX = 90, SHARPEST = 3;
  var D = Math.PI / 180, el = marchland.el, versor = marchland.versor, words = marchland.words;

  marchland.globe = function (config) {
    var box = document.querySelector('.globe'), canvas = box.querySelector('canvas'), tip = box.querySelector('.globe-tip'), context = canvas.getContext('2d');
    var framed = document.documentElement.classList.contains('embed'), still = Boolean(window.matchMedia && matchMedia('(prefers-reduced-motion: reduce)').matches);
    var night = window.matchMedia ? matchMedia('(prefers-color-scheme: dark)') : { matches: false };
    var view = marchland.globeView(config.centre), paint = marchland.globePaint(context, view), base = marchland.globeBase(context, view, paint), names = marchland.globeNames(context, view);
    var layers = config.layers.map(marchland.globeLayer), voices = marchland.voices(), drawn = {}, pending = 0;
    var touched = false, asked = 0, chosen = null, wanted = null, lit = null, focused = null, passing = null, filter = null, picking = null, flight = 0, settle = null, density = 0, theme = null, dark = false, paper = false;
    Object.assign(marchland.words, config.words);
    marchland.config = config;

    /* ---- drawing ---- */
    function draw() { if (!asked) asked = requestAnimationFrame(frame); }
    function frame() {
      var began = performance.now(), taken;
      asked = 0;
      if (Math.min(SHARPEST, window.devicePixelRatio || 1) !== density) size();
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, view.width, view.height);
      base.sea(theme);
      var ground = layers.filter(function (one) { return one.config.id === 'land'; })[0];
      if (!ground) base.graticule(theme);
      layers.forEach(function (layer) {
        if (layer === ground) base.graticule(theme);
        if (!layer.shown || layer.config.role === 'labels') return;
        if (layer.config.role === 'base') base.layer(layer, theme, layers);
        else [paint.areas, paint.lines, paint.points].forEach(function (each) {
          layer.items.forEach(function (item) { if (!item.filtered) each(item, item.rule(), item === lit || item === passing, theme.panel.box); });
        });
      });
      locator();
      base.horizon(theme);
      base.poles(theme);
      halo(chosen);
      if (focused !== chosen) halo(focused);
      Object.keys(drawn).forEach(function (name) { lines(drawn[name]); });
      taken = marks();
      names.draw(theme, taken);
      canvas.dataset.ms = (performance.now() - began).toFixed(1);
    }
    function halo(item) { if (item && item.layer.shown && !item.filtered) paint.halo(item, item.rule(), theme.panel.ink, theme.panel.paper); }
    function lines(held) {
      held.parts.forEach(function (part) {
        var path = paint.geometry({ type: 'LineString', coordinates: part });
        paint.stroke(path, theme.panel.paper, 5.5, 0.95);
        paint.stroke(path, dark ? theme.panel.accent : held.style.color || theme.panel.ink, 2.5, 1, held.style.dash);
      });
      (held.style.dots || []).forEach(function (one) {
        var at = view.pixels(versor.vector(one)), path = paint.mark(at[0], at[1], 5);
        if (at[2] <= 0) return;
        paint.fill(path, theme.panel.paper);
        paint.stroke(path, theme.panel.ink, 2);
      });
    }
    /* Where the map is, while it is so small that one would look for it. */
    function locator() {
      var b = config.bbox, width = (b[2] - b[0] + 360) % 360 || 360, ring = [], n;
      if (width > 180 || (b[3] - b[1]) * D * view.radius > SMALL_PX) return;
      for (n = 0; n <= 20; n += 1) ring.push([b[0] + width * n / 20, b[1]]);
      for (n = 20; n >= 0; n -= 1) ring.push([b[0] + width * n / 20, b[3]]);
      ring.push(ring[0]);
      var path = paint.geometry({ type: 'LineString', coordinates: ring });
      paint.stroke(path, theme.panel.paper, 4.5, 0.85);
      paint.stroke(path, theme.panel.accent, 2);
    }
    /* What names may not cover: marks of points, buttons and the scale. */
    function marks() {
      var found = [], own = canvas.getBoundingClientRect();
      layers.forEach(function (layer) {
        if (layer.shown && layer.config.role === 'overlay') layer.items.forEach(function (item) {
          if (!item.filtered) item.light.points.forEach(function (point) {
            var at = view.pixels(point.vector), r = item.rule().radius || 6;
            if (at[2] > 0) { var made = [at[0] - r, at[1] - r, at[0] + r, at[1] + r]; made.item = item; found.push(made); }
          });
        });
      });
      [[0, 0, 1], [0, 0, -1]].forEach(function (pole) { var at = view.pixels(pole); if (at[2] > 0) found.push([at[0] - 7, at[1] - 7, at[0] + 7, at[1] + 7]); });
      [].forEach.call(box.querySelectorAll('.globe-buttons, .globe-scale'), function (node) {
        var b = node.getBoundingClientRect();
        found.push([b.left - own.left, b.top - own.top, b.right - own.left, b.bottom - own.top]);
      });
      return found;
    }

    function dress() {
      var said = document.documentElement.getAttribute('data-theme');
      dark = !paper && (said ? said === 'dark' : night.matches);
      theme = config.themes[dark ? 'dark' : 'light'];
      box.classList.toggle('is-dark', dark);
      swatches();
      draw();
    }
    /* The key in the colours that are drawn, on the sea that they are drawn on. */
    function swatches() {
      [].forEach.call(document.querySelectorAll('.key'), function (key) { key.classList.toggle('is-dark', dark); });
      [].forEach.call(document.querySelectorAll('.key [data-rule]'), function (button) {
        var layer = find(button.getAttribute('data-in')), area = button.getAttribute('data-form') === 'area';
        var rule = layer && (dark ? layer.config.dark : layer.config.paints)[button.getAttribute('data-rule')];
        if (!rule) return;
        [].forEach.call(button.querySelectorAll('.swatch *'), function (node) {
          var tint = rule.fill_color || rule.color, fill = node.getAttribute('fill');
          var pen = node.closest('svg svg') ? (rule.hatch || {}).color || rule.color : area && node.tagName === 'path' ? tint : rule.color;
          if (node.hasAttribute('stroke') && pen) node.setAttribute('stroke', pen);
          if (fill == null || fill === 'none') return;
          if (rule.fill === false) node.setAttribute('fill', theme.panel.box);
          else if (tint) node.setAttribute('fill', tint);
          if (area && rule.fill_opacity != null) node.setAttribute('fill-opacity', rule.fill_opacity);
        });
      });
    }

    /* ---- size and place ---- */
    function first() {
      var b = config.bbox, width = (b[2] - b[0] + 360) % 360 || 360, whole = view.whole();
      if (width > 180) return whole;
      var half = Math.max(b[3] - b[1], width * Math.cos(config.centre[1] * D)) / 2 * D;
      return Math.max(whole, Math.min(FIRST_MOST * whole, 6371008.8 / FIRST_MPP, FITS * Math.min(view.width, view.height) / Math.sin(Math.min(1.5, half))));
    }
    function size() {
      density = Math.min(SHARPEST, window.devicePixelRatio || 1);
      view.width = Math.max(1, box.clientWidth);
      view.height = Math.max(1, box.clientHeight);
      canvas.width = Math.round(view.width * density);
      canvas.height = Math.round(view.height * density);
      view.radius = touched ? view.held(view.radius) : first();
      changed();
    }
    function changed() { view.changed(); scale(); draw(); }
    function scale() {
      var bar = box.querySelector('.globe-scale'), most = 130 * view.mpp(), power = Math.pow(10, Math.floor(Math.log(most) / Math.LN10)), metres = power * [5, 3, 2, 1].filter(function (n) { return n * power <= most; })[0];
      bar.style.width = (metres / view.mpp()).toFixed(1) + 'px';
      bar.textContent = metres < 1000 ? words.metres(metres) : words.km(metres / 1000);
    }
    function moving(yes) {
      touched = true;
      if (yes) { cancelAnimationFrame(flight); hover(null); clearTimeout(settle); view.moving = true; return; }
      view.moving = false;
      changed();
      finer();
      compass();
      clearTimeout(settle);
      settle = setTimeout(function () { voices.tell('move'); }, TOLD_MS);
    }
    function compass() { box.querySelector('[data-do="north"]').hidden = Math.abs(view.rotate[2]) < 0.5; }

    /* To a turn and a scale: on a way of its own, or at once for those who want no motion. */
    function fly(rotate, radius, quick) {
      var way = versor.way(versor.ofAngles(view.rotate), versor.ofAngles(rotate)), from = view.radius, began = performance.now(), last = view.held(radius);
      cancelAnimationFrame(flight);
      moving(true);
      (function step() {
        var t = still || quick ? 1 : Math.min(1, (performance.now() - began) / MOVE_MS), e = t * t * (3 - 2 * t);
        view.rotate = t < 1 ? versor.toAngles(way(e)) : rotate;
        view.radius = from * Math.pow(last / from, e);
        changed();
        if (t < 1) flight = requestAnimationFrame(step); else moving(false);
      })();
    }
    function go(to, quick) { fly([-to.lon, -to.lat, 0], to.mpp ? view.radiusOf(to.mpp) : view.radius, quick); }
    function at() { var c = view.centre(); return { lon: c[0], lat: c[1], mpp: view.mpp() }; }
    function home() { fly([-config.centre[0], -config.centre[1], 0], first()); }
    function scaleBy(by, x, y) { moving(true); view.zoom(view.radius * by, x, y); moving(false); }

    /* ---- layers ---- */
    function find(id) { return layers.filter(function (one) { return one.config.id === id; })[0] || null; }
    function itemOf(collection, id) { var layer = find(collection); return layer && layer.items.filter(function (one) { return one.id === id; })[0] || null; }
    function load(layer) {
      layer.asked = true;
      pending += 1;
      marchland.globeLoad(layer, 0).then(came, function (error) { failed(layer, error); }).then(settled, function (error) { settled(); throw error; });
      function came() {
        layer.items.forEach(function (item) { item.rule = function () {
          var rule = (dark ? layer.config.dark : layer.config.paints)[item.feature.rule] || {};
          return marchland.refused && marchland.refused(layer.config.id, item.id) ? marchland.weaker(rule) : rule;
        }; });
        hide();
        voices.tell('loaded', layer.config.id);
        if (wanted && wanted[0] === layer.config.id) select.apply(null, wanted);
      }
      function settled() {
        pending -= 1;
        if (!pending) requestAnimationFrame(function () { requestAnimationFrame(function () { box.setAttribute('data-ready', '1'); finer(); }); });
      }
    }
    /* Rivers are drawn, and loaded, in a closer look only. */
    function due(layer) { return layer.config.id !== 'rivers' || view.mpp() < base.riversAt; }
    function finer() {
      layers.forEach(function (layer) { if (layer.shown && !layer.asked && due(layer)) load(layer); });
      if (view.mpp() > FINE_MPP || !box.hasAttribute('data-ready')) return;
      layers.forEach(function (layer) {
        var next = layer.config.near && view.mpp() < NEAR_MPP ? 2 : 1, before = layer.finer || 0;
        if (!layer.shown || !layer.loaded || before >= next || !layer.config.fine || layer.config.role === 'labels') return;
        layer.finer = next;
        marchland.globeLoad(layer, next).then(draw, function (error) { layer.finer = before; failed(layer, error); });
      });
    }
    function failed(layer, error) {
      box.setAttribute('data-failed', error.message);
      marchland.message(marchland.gettext('The layer “{title}” could not be loaded ({error}).', { title: layer.config.title, error: error.message }));
    }
    function show(id, yes) {
      var layer = find(id);
      if (!layer || layer.shown === Boolean(yes)) return;
      layer.shown = Boolean(yes);
      if (layer.shown && !layer.asked && due(layer)) load(layer);
      hide();
      finer();
      voices.tell('switch');
    }
    /* After any change of what is shown. */
    function hide() {
      layers.forEach(function (layer) {
        layer.items.forEach(function (item) { item.filtered = Boolean(filter) && layer.config.role === 'overlay' && !filter(item.feature, layer.config); });
      });
      names.renew(layers);
      keys.renew();
      draw();
    }

    /* ---- choosing ---- */
    function hit(x, y) { return marchland.globeHit(view, layers, x, y); }
    function hover(x, y) {
      if (x == null || picking) { light(null); return; }
      if (passing === hover) return;
      light(hit(x, y), x, y);
    }
    function light(item, x, y) {
      if (lit !== item) { lit = item; draw(); }
      canvas.style.cursor = picking ? 'crosshair' : item ? 'pointer' : '';
      tip.hidden = !item;
      if (!item) return;
      tip.textContent = words.name(item.feature.properties, item.id).text;
      tip.style.left = Math.max(0, Math.min(view.width - tip.offsetWidth - 4, x + 12)) + 'px';
      tip.style.top = (y + 18 + tip.offsetHeight > view.height ? y - tip.offsetHeight - 8 : y + 18) + 'px';
    }
    function click(x, y) {
      var where = view.position(x, y);
      if (picking) { if (where) picking({ lon: where[0], lat: where[1] }); return; }
      open(hit(x, y));
    }
    function open(item) {
      if (!item) { if (card) card.close(); voices.tell('select', null); return; }
      if (card) {
        select(item.config.id, item.id, null);
        card.show(item, function () { if (!keys.focus(item)) canvas.focus({ preventScroll: true }); });
      }
      voices.tell('select', { collection: item.config.id, id: item.id });
    }
    function select(collection, id, how) {
      var layer = find(collection), item = itemOf(collection, id);
      wanted = null;
      if (!layer) return false;
      if (!layer.shown) show(collection, true);
      if (!item) {
        if (layer.loaded) return false;
        wanted = [collection, id, how];
        return true;
      }
      if (!marchland.globeMiddle(item)) return false;
      chosen = item;
      if (how && how.move) bring(item);
      draw();
      return true;
    }
    function bring(item, quick) {
      var middle = marchland.globeMiddle(item), extent = marchland.globeExtent(item, middle), p = view.pixels(versor.vector(middle));
      var radius = extent > 1e-6 ? FITS * Math.min(view.width, view.height) / Math.sin(Math.min(1.4, extent)) : 6371008.8 / NEAREST_M;
      var inside = p[2] > 0.25 && p[0] > 20 && p[1] > 20 && p[0] < view.width - 20 && p[1] < view.height - 20;
      if (inside && view.radius <= radius && (extent < 1e-6 || extent * view.radius > 24)) return;
      fly([-middle[0], -middle[1], 0], Math.max(view.whole(), Math.min(radius, 6371008.8 / NEAREST_M)), quick);
    }
    function see(item) {
      var middle = marchland.globeMiddle(item), p = view.pixels(versor.vector(middle));
      if (p[2] < 0.25 || p[0] < 30 || p[1] < 30 || p[0] > view.width - 30 || p[1] > view.height - 30) fly([-middle[0], -middle[1], 0], view.radius);
    }

    /* ---- hands and keys ---- */
    var card = framed || !marchland.panel ? marchland.globeCard(box, function () { chosen = null; draw(); }) : null;
    var keys = marchland.globeKeys({
      box: box, canvas: canvas, view: view,
      items: function () {
        return [].concat.apply([], layers.filter(function (one) { return one.shown; }).map(function (layer) {
          return layer.items.filter(function (item) { return !item.silent && !item.filtered && marchland.globeMiddle(item); });
        }));
      },
      turn: function (dx, dy) {
        var next = view.rotate.slice(), step = Math.min(30, Math.hypot(dx, dy) / view.radius / D);
        next[0] -= Math.sign(dx) * step / Math.max(0.2, Math.cos(view.rotate[1] * D));
        next[1] = Math.max(-90, Math.min(90, next[1] - Math.sign(dy) * step));
        fly(next, view.radius, true);
      },
      scale: function (by) { scaleBy(by); }, home: home, north: north, open: open,
      middle: function () {
        if (picking) { var c = view.centre(); picking({ lon: c[0], lat: c[1] }); } else open(hit(view.width / 2, view.height / 2));
      },
      focus: function (item, byKey) { focused = item; if (item && byKey !== false) see(item); draw(); }
    });
    function north() { var c = view.centre(); go({ lon: c[0], lat: c[1] }); }
    marchland.globePointer({
      canvas: canvas, view: view, framed: framed, still: moving, click: click, closer: scaleBy,
      changed: function () { scale(); draw(); },
      hover: function (x, y) {
        if (passing === true) return;
        cancelAnimationFrame(hover.asked);
        hover.asked = requestAnimationFrame(function () { hover(x, y); });
      }
    });
    [].forEach.call(box.querySelectorAll('[data-do]'), function (button) {
      var how = { closer: function () { scaleBy(1.5); }, farther: function () { scaleBy(1 / 1.5); }, home: home, north: north }[button.getAttribute('data-do')];
      button.addEventListener('click', how);
    });

    /* ---- to others ---- */
    marchland.draws({
      features: function () {
        return [].concat.apply([], layers.map(function (layer) {
          return layer.items.map(function (item) {
            return { collection: layer.config.id, id: item.id, properties: item.feature.properties || {}, feature: item.feature, config: layer.config,
              shown: layer.shown && !item.filtered && Boolean(marchland.globeMiddle(item)) };
          });
        }));
      },
      layers: function () { return layers.map(function (one) { return { id: one.config.id, title: one.config.title, role: one.config.role, shown: one.shown }; }); },
      show: show, at: at, go: function (to) { go(to, true); }, select: select,
      clear: function () { chosen = wanted = null; draw(); },
      focus: function (collection, id) { return keys.focus(itemOf(collection, id)); },
      highlight: function (collection, id) { passing = collection == null ? null : itemOf(collection, id); draw(); },
      filter: function (fn) { filter = fn; hide(); },
      draw: function (name, parts, style) {
        delete drawn[name];
        if (parts.length || ((style || {}).dots || []).length) drawn[name] = { parts: parts, style: style || {} };
        draw();
      },
      pick: function (fn) {
        picking = marchland.picking = fn || null;
        box.classList.toggle('is-picking', Boolean(fn));
        light(null);
      },
      on: voices.on,
      /* For tests and the curious. */
      globe: {
        view: view, names: names, fine: function (id) { return find(id).fine; },
        hit: function (x, y) { var item = hit(x, y); return item && { collection: item.config.id, id: item.id }; },
        shapes: function (id) { return find(id).items.map(function (one) { return marchland.globeShape(one, view); }); }
      }
    });

    dress();
    size();
    hide();
    layers.slice().sort(function (a, b) { return order(a) - order(b); }).forEach(function (layer) { if (layer.shown && !layer.asked && due(layer)) load(layer); });
    function order(layer) { return ['overlay', 'base', 'labels'].indexOf(layer.config.role); }
    /* Paper is light. What is drawn for it has to be there when the listener is done. */
    ['beforeprint', 'afterprint'].forEach(function (name) { addEventListener(name, function () { paper = name === 'beforeprint'; dress(); frame(); }); });
    if (night.addEventListener) night.addEventListener('change', dress);
    new MutationObserver(dress).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    if (window.ResizeObserver) new ResizeObserver(function () { if (box.clientWidth !== view.width || box.clientHeight !== view.height) size(); }).observe(box);
    if (document.fonts) Promise.all(names.fonts().map(function (one) { return document.fonts.load(one); })).then(function () { names.remeasure(); draw(); }).catch(draw);
    if (framed && marchland.tellHeight) marchland.tellHeight();
  };
})();
