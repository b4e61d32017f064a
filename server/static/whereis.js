/* "Where is this?": asks our own server what lies at a position, and shows the answer beside the map. */
(function () {
  'use strict';
  var button = document.querySelector('button[data-tool="where"]'), el = marchland.el, words = marchland.words, asked = 0;
  var PARTS = [['country', 'Country'], ['contested', 'Contested areas'], ['zones', 'Zones'], ['special_areas', 'Special areas'], ['high_seas', 'High seas'],
    ['shelf', 'Claims to the sea floor'], ['disputes', 'Disputes'], ['routeing', 'Routeing measures'], ['limits', 'Nearest limits'],
    ['boundaries', 'Nearest boundaries'], ['shelf_limits', 'Nearest limits of the shelf'], ['coast', 'Nearest coast']];
  var SURFACE = { land: 'On land.', sea: 'At sea.', undecided: 'Too near to the coast to say whether on land or at sea.' };
  if (!button) return;

  function near(one) {
    if (one.distance_m == null) return null;
    return one.distance_m === 0 ? 'on the line' : words.number(one.distance_km) + '\u00a0km (' + words.number(Math.round(one.distance_M * 10) / 10) + '\u00a0M)';
  }
  function row(one) {
    var known = marchland.drawer.features().some(function (held) { return held.collection === one.collection && held.id === one.id && held.shown; }), name;
    if (known) {
      name = el('button', { type: 'button', 'class': 'as-link' }, one.name);
      name.addEventListener('click', function () { marchland.choose(one.collection, one.id, { from: button }); });
    } else name = marchland.link(marchland.config.items.replace('{collection}', encodeURIComponent(one.collection)).replace('{id}', encodeURIComponent(one.id)), one.name);
    return el('li', {}, [name, one.status ? el('span', { 'class': 'status status-' + one.status }, words.plain(one.status)) : null,
      near(one) ? el('span', { 'class': 'facts-by' }, near(one)) : null,
      one.undecided || one.relation === 'undecided' ? el('span', { 'class': 'tool-open' }, 'too near to a line to decide') : null]);
  }
  function answer(told, at) {
    var parts = PARTS.filter(function (part) { return (told[part[0]] || []).length; }).map(function (part) {
      return el('section', {}, [el('h3', {}, part[1]), el('ul', { 'class': 'tool-list' }, told[part[0]].map(row))]);
    });
    return el('section', { 'class': 'facts tool' }, [
      el('h2', {}, told.position.text || marchland.positionText(at)),
      el('p', { role: 'status' }, SURFACE[told.surface] || 'Whether on land or at sea is not known.')
    ].concat(parts.length ? parts : el('p', {}, 'No zone, claim or dispute that we hold lies here.'), [
      el('p', { 'class': 'facts-foot' }, ['No statement on any claim; not for navigation. ', marchland.link(address(at, 'html'), 'The whole answer with its sources')])]));
  }
  function address(at, form) {
    var view = marchland.state.get('view');
    return marchland.config.where + '?' + new URLSearchParams(Object.assign({ lon: at.lon.toFixed(5), lat: at.lat.toFixed(5) }, view ? { view: view } : {}, { f: form }));
  }

  function ask(at) {
    var own = ++asked;
    marchland.drawer.draw('where', [], { dots: [[at.lon, at.lat]] });
    marchland.panel.show('Where is this?', el('section', { 'class': 'facts tool' }, [el('h2', {}, marchland.positionText(at)), el('p', { role: 'status' }, 'Looking …')]), button, true);
    fetch(address(at, 'json')).then(function (found) {
      if (!found.ok) throw new Error('HTTP ' + found.status);
      return found.json();
    }).then(function (told) { if (own === asked) marchland.panel.show('Where is this?', answer(told, at), button); })
      .catch(function (error) { if (own === asked) marchland.panel.show('Where is this?', el('p', {}, 'The question could not be answered (' + error.message + ').'), button); });
  }
  function stop() {
    button.setAttribute('aria-pressed', 'false');
    if (marchland.drawer) { marchland.drawer.pick(null); marchland.drawer.draw('where', []); }
    asked += 1;
  }
  marchland.tools.push(stop);
  marchland.panel.closed.push(function () { if (button.getAttribute('aria-pressed') === 'true') stop(); });

  button.addEventListener('click', function () {
    if (button.getAttribute('aria-pressed') === 'true') { stop(); marchland.panel.close(); return; }
    marchland.alone();
    button.setAttribute('aria-pressed', 'true');
    marchland.panel.tell('Click a place on the map. By key: move the map with the arrows, and Enter asks about its middle.');
    marchland.drawer.pick(function (at) { marchland.panel.tell(''); ask(at); });
    marchland.toMap();
  });
})();
