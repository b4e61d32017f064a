/* Distances between positions that the reader picks: kilometres and nautical miles. */
(function () {
  'use strict';
  var button = document.querySelector('button[data-tool="measure"]'), el = marchland.el, words = marchland.words, _ = marchland.gettext, points = [];
  if (!button) return;

  function km(metres) { return words.km(Math.round(metres / 10) / 100); }
  function miles(metres) { return words.miles(Math.round(metres / 18.52) / 100); }

  function legs() { return points.slice(1).map(function (at, n) { return marchland.distance(points[n], at); }); }

  function draw() {
    marchland.drawer.draw('measure', points.slice(1).map(function (at, n) { return marchland.arc(points[n], at); }), {
      color: '#a8232b', dash: '7 5', dots: points.map(function (at) { return [at.lon, at.lat]; })
    });
  }
  function report() {
    var parts = legs(), total = parts.reduce(function (sum, one) { return sum + one; }, 0), undo, end;
    undo = el('button', { type: 'button', 'class': 'button' }, _('Take the last away'));
    undo.addEventListener('click', function () { points.pop(); draw(); report(); });
    end = el('button', { type: 'button', 'class': 'button' }, _('Done'));
    end.addEventListener('click', function () { stop(); marchland.panel.close(); button.focus(); });
    marchland.panel.show(_('Distance'), el('section', { 'class': 'facts tool' }, [
      el('h2', {}, _('Distance')),
      points.length > 1 ? el('p', { 'class': 'tool-result', role: 'status' }, [el('b', {}, km(total)), ' ' + _('or') + ' ', el('b', {}, miles(total))])
        : el('p', { role: 'status' }, points.length ? _('Choose the next position.') : _('Click positions on the map. By key: move the map with the arrows, and Enter takes its middle.')),
      points.length ? el('ol', { 'class': 'tool-points' }, points.map(function (at, n) {
        return el('li', {}, [marchland.positionText(at), n ? el('span', { 'class': 'facts-by' }, ' ' + km(parts[n - 1])) : null]);
      })) : null,
      el('p', { 'class': 'facts-by' }, _('Along the shortest line on the ellipsoid WGS 84. M is a nautical mile of 1852 m.')),
      el('p', {}, [points.length ? undo : null, ' ', end])
    ]), button, true);
  }
  function stop() {
    if (button.getAttribute('aria-pressed') !== 'true') return;
    button.setAttribute('aria-pressed', 'false');
    points = [];
    marchland.drawer.pick(null);
    marchland.drawer.draw('measure', []);
  }
  marchland.tools.push(stop);
  marchland.panel.closed.push(stop);

  button.addEventListener('click', function () {
    if (button.getAttribute('aria-pressed') === 'true') { stop(); marchland.panel.close(); return; }
    marchland.alone();
    button.setAttribute('aria-pressed', 'true');
    report();
    marchland.drawer.pick(function (at) { points.push(at); draw(); report(); });
    marchland.toMap();
  });
})();
