/* A globe by keys. The canvas: arrows turn, + and - scale, 0 goes back, N points north up, Enter
   opens the middle. After it one tab stop leads through the features: arrows to the next, Enter
   opens. They are buttons that only screen readers see; the canvas shows which has the focus. */
(function () {
  'use strict';
  var STEP_PX = 90, SCALE = 1.5, ON = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }, SETTLE_MS = 400;
  var TURN = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  var el = marchland.el;

  /* told: {canvas, box, view, items(), go(at), turn(dx, dy), scale(by), home(), north(), focus(item), open(item), middle()} */
  marchland.globeKeys = function (told) {
    var list = told.box.querySelector('.globe-features'), live = told.box.querySelector('.globe-live'), timer = null, known = [];

    told.canvas.addEventListener('keydown', function (event) {
      var way = TURN[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (way) told.turn(way[0] * STEP_PX, way[1] * STEP_PX);
      else if (event.key === '+' || event.key === '=') told.scale(SCALE);
      else if (event.key === '-' || event.key === '_') told.scale(1 / SCALE);
      else if (event.key === '0' || event.key === 'Home') told.home();
      else if (event.key === 'n' || event.key === 'N') told.north();
      else if (event.key === 'Enter') told.middle();
      else return;
      event.preventDefault();
      if (event.key !== 'Enter') where();
    });
    /* Where one has come to, once one has come to rest. */
    function where() {
      clearTimeout(timer);
      timer = setTimeout(function () { var at = told.view.centre(); if (marchland.positionText) say(marchland.positionText({ lon: at[0], lat: at[1] })); }, SETTLE_MS);
    }
    function say(text) { live.textContent = text; }

    function renew() {
      var kept = document.activeElement && list.contains(document.activeElement) ? document.activeElement.item : null;
      var items = told.items();
      if (items.length === known.length && items.every(function (one, n) { return one === known[n]; })) return;
      known = items;
      list.replaceChildren.apply(list, known.map(button));
      var node = nodeOf(kept) || list.querySelector('button');
      if (node) node.tabIndex = 0;
      if (kept && nodeOf(kept)) node.focus({ preventScroll: true });
      list.hidden = !known.length;
    }
    function button(item) {
      var said = item.feature.properties || {}, node = el('button', { type: 'button', tabindex: '-1', 'data-layer': item.config.id, 'data-feature': item.id },
        [marchland.words.named(said, item.id), said.status ? ', ' + marchland.words.plain(said.status) : null]);
      node.item = item;
      node.addEventListener('focus', function () { told.focus(item, node.matches(':focus-visible')); });
      node.addEventListener('blur', function () { told.focus(null); });
      node.addEventListener('click', function () { told.open(item); });
      return el('li', {}, [node]);
    }
    function nodes() { return [].slice.call(list.querySelectorAll('button')); }
    function nodeOf(item) { return item && nodes().filter(function (one) { return one.item === item; })[0]; }

    list.addEventListener('keydown', function (event) {
      var all = nodes(), now = all.indexOf(event.target), to = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : ON[event.key] ? (now + ON[event.key] + all.length) % all.length : -1;
      if (now < 0 || to < 0) return;
      event.preventDefault();
      set(all[to]);
    });
    function set(node) {
      nodes().forEach(function (one) { one.tabIndex = one === node ? 0 : -1; });
      node.focus({ preventScroll: true });
    }
    return {
      renew: renew, say: say,
      focus: function (item) { var node = nodeOf(item); if (node) set(node); return Boolean(node); }
    };
  };
})();
