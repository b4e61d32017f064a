/* The details beside or below the map: what is known of a feature, or an answer of a tool. */
(function () {
  'use strict';
  var box = document.getElementById('panel'), el = marchland.el, state = marchland.state, close = null, body = null, back = null, wanted = null;
  if (!box) return;

  marchland.panel = { show: show, close: shut, tell: marchland.message };

  /* Shows nodes under a name. `from` gets the focus when the panel closes: a node, or a function. */
  function show(name, nodes, from, quietly) {
    box.setAttribute('aria-label', name);
    body.replaceChildren.apply(body, [].concat(nodes));
    if (from) back = from;
    box.hidden = false;
    box.scrollTop = 0;
    document.documentElement.classList.add('has-panel');
    if (!quietly) box.focus({ preventScroll: true });
  }
  function shut() {
    wanted = null;
    if (box.hidden) return;
    var inside = box.contains(document.activeElement) || document.activeElement === document.body, to = back;
    box.hidden = true;
    back = null;
    document.documentElement.classList.remove('has-panel');
    if (marchland.drawer) marchland.drawer.clear();
    state.set({ feature: null });
    (marchland.panel.closed || []).forEach(function (fn) { fn(); });
    if (!inside || !to) return;
    if (typeof to === 'function') to(); else if (to.isConnected) to.focus({ preventScroll: true });
  }
  marchland.panel.closed = [];

  box.classList.add('facts-box');
  close = el('button', { type: 'button', 'class': 'panel-close', 'aria-label': marchland.gettext('Close the details') }, '×');
  close.addEventListener('click', shut);
  body = el('div', { 'class': 'panel-body' });
  box.replaceChildren(close, body);
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && !box.hidden && !event.defaultPrevented && !marchland.picking) shut();
  });

  marchland.withDrawer(function (drawer) {
    function find(one) {
      return drawer.features().filter(function (held) { return held.collection === one.collection && held.id === one.id; })[0] || null;
    }
    /* One way for map, list, search and address: the mark, the address, the facts. */
    marchland.choose = function (collection, id, how) {
      var one = { collection: collection, id: id }, found = find(one), options = how || {};
      if (!drawer.select(collection, id, { move: Boolean(options.move) }) && !found) return false;
      state.set({ feature: one });
      wanted = one;  // and not the state: an address does not name every id that a layer may have
      if (found) marchland.later(function () { if (wanted === one) tellOf(found, options); });
      return true;
    };
    function tellOf(found, options) {
      show(marchland.words.name(found.properties, found.id).text, marchland.facts(found.feature || found, found.config), options.from || function () {
        if (!drawer.focus(found.collection, found.id)) document.querySelector('.map-frame [tabindex="0"]').focus({ preventScroll: true });
      }, options.quietly);
    }
    drawer.on('select', function (one) { if (one) marchland.choose(one.collection, one.id); else shut(); });
    drawer.on('move', function () { state.set({ at: drawer.at() }); });
    drawer.on('switch', function () { switched(drawer); });

    /* What the address says: the place, the layers, the feature, as soon as it is there. */
    var first = { at: state.get('at'), feature: state.get('feature'), off: state.get('off') || [], on: state.get('on') || [] }, started = false;
    function start() {
      if (started) return;
      started = true;
      first.off.forEach(function (id) { drawer.show(id, false); });
      first.on.forEach(function (id) { drawer.show(id, true); });
      if (first.at) drawer.go(first.at);
      if (first.feature) open(first.feature, !first.at);
    }
    function open(one, move) {
      var layer = drawer.layers().filter(function (held) { return held.id === one.collection; })[0];
      if (!layer) { state.set({ feature: null }); return; }
      if (!layer.shown) drawer.show(one.collection, true);
      if (find(one)) { if (!marchland.choose(one.collection, one.id, { move: move, quietly: true })) state.set({ feature: null }); return; }
      drawer.on('loaded', function late(id) {
        if (id !== one.collection || late.done) return;
        late.done = true;
        if (!find(one) || !marchland.choose(one.collection, one.id, { move: move, quietly: true })) state.set({ feature: null });
      });
    }
    var usual = drawer.layers().filter(function (one) { return one.shown; }).map(function (one) { return one.id; });
    function switched() {
      var shown = drawer.layers();
      state.set({
        off: shown.filter(function (one) { return !one.shown && usual.indexOf(one.id) >= 0; }).map(function (one) { return one.id; }),
        on: shown.filter(function (one) { return one.shown && usual.indexOf(one.id) < 0; }).map(function (one) { return one.id; })
      });
    }
    start();
    /* An address that a reader has edited, or gone back to. */
    window.addEventListener('hashchange', function () {
      var at = state.get('at'), one = state.get('feature'), off = state.get('off') || [], on = state.get('on') || [];
      drawer.layers().forEach(function (held) {
        drawer.show(held.id, on.indexOf(held.id) >= 0 || (usual.indexOf(held.id) >= 0 && off.indexOf(held.id) < 0));
      });
      if (at) drawer.go(at);
      if (one) open(one, !at); else shut();
    });
    switches();
    state.on('*', switches);

    /* The links of the switch keep the place, the time and the feature. */
    function switches() {
      [].forEach.call(document.querySelectorAll('a[data-to]'), function (link) {
        link.href = state.address({ projection: link.getAttribute('data-to') });
      });
      [].forEach.call(document.querySelectorAll('a[data-lang]'), function (link) {
        link.href = state.address({ lang: link.getAttribute('data-lang') });
      });
    }

    /* The buttons of the list beside the map, once there is something to show. */
    [].forEach.call(document.querySelectorAll('button[data-show]'), function (button) {
      button.hidden = false;
      button.addEventListener('click', function () {
        var one = { collection: button.getAttribute('data-in'), id: button.getAttribute('data-show') };
        document.querySelector('.map-frame').scrollIntoView({ block: 'center', behavior: marchland.still ? 'auto' : 'smooth' });
        if (!find(one)) { open(one, true); return; }
        marchland.choose(one.collection, one.id, { move: true, from: button });
      });
    });
  });
})();
