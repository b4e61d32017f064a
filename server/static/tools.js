/* The tools above the map: one at a time; full screen; paper. */
(function () {
  'use strict';
  marchland.tools = [];
  marchland.still = Boolean(window.matchMedia && matchMedia('(prefers-reduced-motion: reduce)').matches);
  if (!marchland.panel) return;

  /* Ends whatever tool is in use. */
  marchland.alone = function () {
    marchland.tools.forEach(function (stop) { stop(); });
    marchland.panel.close();
  };
  /* The focus to the map, so that its keys work. */
  marchland.toMap = function () {
    var map = document.querySelector('.map-frame [tabindex="0"]');
    if (map) map.focus({ preventScroll: true });
  };
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && marchland.picking) { marchland.alone(); marchland.panel.tell(''); }
  });

  var full = document.querySelector('button[data-tool="full"]'), print = document.querySelector('button[data-tool="print"]'), area = document.querySelector('.map-and-key');
  if (full && !document.fullscreenEnabled) full.hidden = true;
  if (full) full.addEventListener('click', function () {
    if (document.fullscreenElement) document.exitFullscreen();
    else area.requestFullscreen().catch(function (error) { marchland.panel.tell(marchland.gettext('Full screen is not possible here ({error}).', { error: error.message })); });
  });
  document.addEventListener('fullscreenchange', function () { if (full) full.setAttribute('aria-pressed', String(Boolean(document.fullscreenElement))); });
  if (print) print.addEventListener('click', function () { window.print(); });
  /* A map goes to paper as it stands on the screen, enlarged or reduced, and nothing of it is cut. */
  addEventListener('beforeprint', function () {
    var frame = document.querySelector('.map-frame'), wide = frame.clientWidth, high = frame.clientHeight;
    frame.style.setProperty('--wide', wide + 'px');
    frame.style.setProperty('--high', high + 'px');
    frame.style.setProperty('--ratio', wide / high);
    frame.classList.add('is-printed');
  });
  addEventListener('afterprint', function () { document.querySelector('.map-frame').classList.remove('is-printed'); });
})();
