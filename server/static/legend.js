/* The key as switches: of a layer by its box, of what a line of the key stands for by its button. */
(function () {
  'use strict';
  var key = document.querySelector('.key[data-filters]'), off = {};
  if (!key) return;

  function form(geometry) {
    var one = geometry;
    while (one && one.geometries) one = one.geometries[0];
    return !one ? '' : /Point$/.test(one.type) ? 'point' : /LineString$/.test(one.type) ? 'line' : 'area';
  }
  function name(collection, rule, kind) { return collection + ' ' + rule + ' ' + kind; }

  marchland.withDrawer(function (drawer) {
    var buttons = [].slice.call(key.querySelectorAll('button[data-rule]')), boxes = [].slice.call(key.querySelectorAll('input[data-layer]'));
    var every = key.querySelector('.key-all');

    function apply() {
      var some = Object.keys(off).length > 0;
      marchland.filters.set('key', some ? function (feature, config) { return !off[name(config.id, feature.rule, form(feature.geometry))]; } : null);
      every.hidden = !some;
    }
    buttons.forEach(function (button) {
      var own = name(button.getAttribute('data-in'), button.getAttribute('data-rule'), button.getAttribute('data-form'));
      button.disabled = false;
      button.addEventListener('click', function () {
        var shown = button.getAttribute('aria-pressed') === 'true';
        if (shown) off[own] = true; else delete off[own];
        button.setAttribute('aria-pressed', String(!shown));
        apply();
      });
    });
    every.addEventListener('click', function () {
      off = {};
      buttons.forEach(function (button) { button.setAttribute('aria-pressed', 'true'); });
      apply();
      if (buttons[0]) buttons[0].focus();
    });

    function layers() {
      var shown = {};
      drawer.layers().forEach(function (one) { shown[one.id] = one.shown; });
      boxes.forEach(function (box) {
        var id = box.getAttribute('data-layer');
        box.disabled = !(id in shown);
        box.checked = Boolean(shown[id]);
        var section = box.closest('.legend-layer');
        if (section) section.classList.toggle('is-off', !shown[id]);
      });
    }
    boxes.forEach(function (box) { box.addEventListener('change', function () { drawer.show(box.getAttribute('data-layer'), box.checked); }); });
    drawer.on('switch', layers);
    layers();
  });
})();
