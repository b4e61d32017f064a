/* The key as switches: of a layer by its box, of what a line of the key stands for by its button.
   The address names the lines that are switched off; in a frame there are no buttons, and it holds. */
(function () {
  'use strict';
  var key = document.querySelector('.key[data-filters]'), state = marchland.state;

  function form(geometry) {
    var one = geometry;
    while (one && one.geometries) one = one.geometries[0];
    return !one ? '' : /Point$/.test(one.type) ? 'point' : /LineString$/.test(one.type) ? 'line' : 'area';
  }
  function line(collection, rule, kind) { return collection + '.' + rule + '.' + kind; }
  function off() { return state.get('hide') || []; }

  function apply() {
    var gone = off();
    marchland.filters.set('key', gone.length ? function (feature, config) { return gone.indexOf(line(config.id, feature.rule, form(feature.geometry))) < 0; } : null);
  }
  state.on('hide', apply);
  apply();
  if (!key) return;

  marchland.withDrawer(function (drawer) {
    var buttons = [].slice.call(key.querySelectorAll('button[data-rule]')), boxes = [].slice.call(key.querySelectorAll('input[data-layer]'));
    var every = key.querySelector('.key-all');

    function own(button) { return line(button.getAttribute('data-in'), button.getAttribute('data-rule'), button.getAttribute('data-form')); }
    function press() {
      var gone = off();
      buttons.forEach(function (button) { button.setAttribute('aria-pressed', String(gone.indexOf(own(button)) < 0)); });
      every.hidden = !gone.length;
    }
    buttons.forEach(function (button) {
      button.disabled = false;
      button.addEventListener('click', function () {
        var gone = off(), mine = own(button), kept = gone.filter(function (one) { return one !== mine; });
        state.set({ hide: kept.length < gone.length ? kept : gone.concat(mine) });
      });
    });
    every.addEventListener('click', function () {
      state.set({ hide: null });
      if (buttons[0]) buttons[0].focus();
    });
    state.on('hide', press);
    press();

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
