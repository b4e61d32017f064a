/* The key as switches: of a layer by its box, of what a line of the key stands for by its button.
   The address names the lines that are switched off; in a frame there are no buttons, and it holds:
   there the key says of each line, and of a whole layer, that it is not shown. */
(function () {
  'use strict';
  var key = document.querySelector('.key'), state = marchland.state, _ = marchland.gettext, names = {};
  var lines = key ? [].slice.call(key.querySelectorAll('[data-rule]')) : [];

  function said(node, name) { return node.getAttribute('data-' + name); }
  function form(geometry) {
    var one = geometry;
    while (one && one.geometries) one = one.geometries[0];
    return !one ? '' : /Point$/.test(one.type) ? 'point' : /LineString$/.test(one.type) ? 'line' : 'area';
  }
  function own(node) { return [said(node, 'in'), said(node, 'name'), said(node, 'form')].join('.'); }
  function off() { return state.get('hide') || []; }
  // Features know their rule by its number, which another rule may shift; addresses by its name.
  lines.forEach(function (node) { names[[said(node, 'in'), said(node, 'rule'), said(node, 'form')]] = own(node); });

  function apply() {
    var gone = off();
    marchland.filters.set('key', gone.length ? function (feature, config) { return gone.indexOf(names[[config.id, feature.rule, form(feature.geometry)]]) < 0; } : null);
  }
  state.on('hide', apply);
  apply();
  if (!key) return;

  marchland.withDrawer(function (drawer) {
    var buttons = lines.filter(function (node) { return node.tagName === 'BUTTON'; }), boxes = [].slice.call(key.querySelectorAll('input[data-layer]'));
    var every = key.querySelector('.key-all');

    function press() {
      var gone = off();
      lines.forEach(function (node) {
        var shown = gone.indexOf(own(node)) < 0;
        if (buttons.length) node.setAttribute('aria-pressed', String(shown));
        else tell(node, shown);
      });
      if (every) every.hidden = !gone.length;
    }
    /* Where nothing can be pressed: struck through, and in words for who does not see that. */
    function tell(node, shown) {
      var note = node.querySelector('.key-gone');
      node.classList.toggle('is-gone', !shown);
      if (shown && note) node.removeChild(note);
      if (!shown && !note) node.appendChild(marchland.el('span', { 'class': 'key-gone unseen' }, ' (' + _('not shown') + ')'));
    }
    buttons.forEach(function (button) {
      button.disabled = false;
      button.addEventListener('click', function () {
        var gone = off(), mine = own(button), kept = gone.filter(function (one) { return one !== mine; });
        state.set({ hide: kept.length < gone.length ? kept : gone.concat(mine) });
      });
    });
    if (every) every.addEventListener('click', function () {
      state.set({ hide: null });
      if (buttons[0]) buttons[0].focus();
    });
    state.on('hide', press);
    press();

    function layers() {
      var shown = {};
      drawer.layers().forEach(function (one) { shown[one.id] = one.shown; });
      boxes.forEach(function (box) {
        var id = said(box, 'layer');
        box.disabled = !(id in shown);
        box.checked = Boolean(shown[id]);
        var section = box.closest('.legend-layer');
        if (section) section.classList.toggle('is-off', !shown[id]);
      });
      [].forEach.call(key.querySelectorAll('section[data-layer]'), function (section) {
        var on = shown[said(section, 'layer')] !== false, standing = section.querySelector('.legend-off');
        section.classList.toggle('is-off', !on);
        if (standing) standing.hidden = on;
        else tell(section.querySelector('h3'), on);
      });
    }
    boxes.forEach(function (box) { box.addEventListener('change', function () { drawer.show(said(box, 'layer'), box.checked); }); });
    drawer.on('switch', layers);
    layers();
  });
})();
