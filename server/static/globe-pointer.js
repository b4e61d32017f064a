/* A globe under hands: drag by versors, two fingers or the wheel for the scale, hover, click. */
(function () {
  'use strict';
  var STILL_PX = 5, NOTCH = 420, SETTLE_MS = 180, versor = marchland.versor;

  /* told: {view, canvas, framed, still(moving), changed(), hover(x, y), click(x, y)} */
  marchland.globePointer = function (told) {
    var canvas = told.canvas, view = told.view, held = new Map(), start = null, apart = 0, travelled = 0, settle = null;

    function at(event) { var box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; }
    function middle() {
      var all = Array.from(held.values()), sum = all.reduce(function (s, one) { return [s[0] + one[0], s[1] + one[1]]; }, [0, 0]);
      return [sum[0] / all.length, sum[1] / all.length];
    }
    function spread() { var all = Array.from(held.values()); return all.length < 2 ? 0 : Math.hypot(all[0][0] - all[1][0], all[0][1] - all[1][1]); }
    /* From where the fingers are now. */
    function grasp() {
      var m = held.size ? middle() : null;
      start = m && { vector: versor.vector(view.nearest(m[0], m[1])), rotate: view.rotate.slice() };
      apart = spread();
    }

    canvas.addEventListener('pointerdown', function (event) {
      if (event.button) return;
      try { canvas.setPointerCapture(event.pointerId); } catch (error) { /* it is gone already */ }
      if (!held.size) travelled = 0;
      held.set(event.pointerId, at(event));
      grasp();
    });
    canvas.addEventListener('pointermove', function (event) {
      var here = at(event), before = held.get(event.pointerId);
      if (!before) { told.hover(here[0], here[1]); return; }
      travelled += Math.hypot(here[0] - before[0], here[1] - before[1]);
      held.set(event.pointerId, here);
      if (travelled < STILL_PX) return;
      told.still(true);
      if (held.size > 1 && apart) { view.zoom(view.radius * spread() / apart); apart = spread(); }
      var m = middle();
      view.drag(start.vector, start.rotate, m[0], m[1]);
      told.changed();
    });
    function end(event) {
      if (!held.delete(event.pointerId)) return;
      if (held.size) { grasp(); return; }
      if (travelled >= STILL_PX) { told.still(false); return; }
      if (event.type === 'pointerup') { var here = at(event); told.click(here[0], here[1]); }
    }
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
    canvas.addEventListener('pointerleave', function () { told.hover(null); });

    /* In somebody's page the wheel is theirs, until the globe has the focus or a key says so. */
    canvas.addEventListener('wheel', function (event) {
      if (told.framed && !event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      var here = at(event), steps = event.deltaMode === 1 ? event.deltaY * 20 : event.deltaY;
      told.still(true);
      view.zoom(view.radius * Math.pow(2, -Math.max(-300, Math.min(300, steps)) / NOTCH), here[0], here[1]);
      told.changed();
      clearTimeout(settle);
      settle = setTimeout(function () { told.still(false); }, SETTLE_MS);
    }, { passive: false });
    canvas.addEventListener('dblclick', function (event) { var here = at(event); told.closer(2, here[0], here[1]); });
  };
})();
