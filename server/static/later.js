/* What nobody needs before a hand moves (details, search, distances, positions) comes at the first
   sign of one: a touch of the page, a key, the focus. */
(function () {
  'use strict';
  var box = document.querySelector('[data-later]'), SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin'];
  var node = null, here = false, waiting = [], pressed = [];

  /* Calls fn as soon as these scripts are there: at once, where they are. */
  marchland.later = function (fn) {
    if (here) { if (fn) fn(); return; }
    if (fn) waiting.push(fn);
    if (node || !box) return;
    node = marchland.el('script', { src: box.getAttribute('data-later') });
    node.addEventListener('load', function () {
      here = true;
      waiting.splice(0).forEach(function (fn) { fn(); });
    });
    node.addEventListener('error', function () { node.remove(); node = null; });
    document.head.appendChild(node);
  };

  function sign() {
    SIGNS.forEach(function (kind) { document.removeEventListener(kind, sign, true); });
    marchland.later();
  }
  SIGNS.forEach(function (kind) { document.addEventListener(kind, sign, { capture: true, passive: true }); });

  /* A tool that is pressed before its script and the map are there begins as soon as they are; who
     presses again meanwhile, since nothing happens, wants it to begin and not to end. */
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('button[data-tool="measure"], button[data-tool="where"]'), first;
    if (!button || (here && marchland.drawer)) return;
    event.stopPropagation();
    first = pressed.indexOf(button) < 0;
    if (first) pressed.push(button);
    marchland.later(first && function () {
      marchland.withDrawer(function () { pressed.splice(pressed.indexOf(button), 1); button.click(); });
    });
  }, true);
  // A view that has been searched, or opened at a feature.
  if (marchland.state.get('q') || marchland.state.get('feature')) marchland.later();
})();
