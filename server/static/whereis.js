/* "Where is this?": asks our own server what lies at a position, and shows the answer beside the map. */
(function () {
  'use strict';
  var button = document.querySelector('button[data-tool="where"]'), el = marchland.el, words = marchland.words, state = marchland.state, _ = marchland.gettext, asked = 0;
  var PARTS = [['country', _('Country')], ['contested', _('Contested areas')], ['zones', _('Zones')], ['special_areas', _('Special areas')], ['high_seas', _('High seas')],
    ['shelf', _('Claims to the sea floor')], ['disputes', _('Disputes')], ['routeing', _('Routeing measures')], ['limits', _('Nearest limits')],
    ['boundaries', _('Nearest boundaries')], ['shelf_limits', _('Nearest limits of the shelf')], ['coast', _('Nearest coast')]];
  var SURFACE = { land: _('On land.'), sea: _('At sea.'), undecided: _('Too near to the coast to say whether on land or at sea.') };
  if (!button) return;

  function near(one) {
    if (one.distance_m == null) return null;
    return one.distance_m === 0 ? _('on the line') : words.km(one.distance_km) + ' (' + words.miles(Math.round(one.distance_M * 10) / 10) + ')';
  }
  /* The name as the map has it, where the feature is on the map; the answer is in English. */
  function named(one) {
    var held = marchland.drawer.features().filter(function (each) { return each.collection === one.collection && each.id === one.id; })[0];
    return words.name(held ? held.properties : one, one.id).text;
  }
  function row(one) {
    var known = marchland.drawer.features().some(function (held) { return held.collection === one.collection && held.id === one.id && held.shown; }), name;
    if (known) {
      name = el('button', { type: 'button', 'class': 'as-link' }, named(one));
      name.addEventListener('click', function () { marchland.choose(one.collection, one.id, { from: button }); });
    } else name = marchland.link(state.kept(marchland.config.items.replace('{collection}', encodeURIComponent(one.collection)).replace('{id}', encodeURIComponent(one.id))), named(one));
    return el('li', {}, [name, one.status ? el('span', { 'class': 'status status-' + one.status }, words.plain(one.status)) : null,
      near(one) ? el('span', { 'class': 'facts-by' }, near(one)) : null,
      one.undecided || one.relation === 'undecided' ? el('span', { 'class': 'tool-open' }, _('too near to a line to decide')) : null]);
  }
  function answer(told, at) {
    var parts = PARTS.filter(function (part) { return (told[part[0]] || []).length; }).map(function (part) {
      return el('section', {}, [el('h3', {}, part[1]), el('ul', { 'class': 'tool-list' }, told[part[0]].map(row))]);
    });
    return el('section', { 'class': 'facts tool' }, [
      el('h2', {}, marchland.lang === 'en' && told.position.text || marchland.positionText(at)),
      el('p', { role: 'status' }, SURFACE[told.surface] || _('Whether on land or at sea is not known.'))
    ].concat(parts.length ? parts : el('p', {}, _('No zone, claim or dispute that we hold lies here.')), [
      el('p', { 'class': 'facts-foot' }, [_('No statement on any claim; not for navigation.'), ' ', marchland.link(address(at, 'html'), _('The whole answer with its sources'))])]));
  }
  function address(at, form) {
    var view = state.get('view'), lang = form === 'html' && state.get('lang');
    return marchland.config.where + '?' + new URLSearchParams(Object.assign({ lon: at.lon.toFixed(5), lat: at.lat.toFixed(5) }, view ? { view: view } : {}, lang ? { lang: lang } : {}, { f: form }));
  }

  function ask(at) {
    var own = ++asked;
    marchland.drawer.draw('where', [], { dots: [[at.lon, at.lat]] });
    marchland.panel.show(_('Where is this?'), el('section', { 'class': 'facts tool' }, [el('h2', {}, marchland.positionText(at)), el('p', { role: 'status' }, _('Looking …'))]), button, true);
    fetch(address(at, 'json')).then(function (found) {
      if (!found.ok) throw new Error('HTTP ' + found.status);
      return found.json();
    }).then(function (told) { if (own === asked) marchland.panel.show(_('Where is this?'), answer(told, at), button); })
      .catch(function (error) { if (own === asked) marchland.panel.show(_('Where is this?'), el('p', {}, _('The question could not be answered ({error}).', { error: error.message })), button); });
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
    marchland.panel.tell(_('Click a place on the map. By key: move the map with the arrows, and Enter asks about its middle.'));
    marchland.drawer.pick(function (at) { marchland.panel.tell(''); ask(at); });
    marchland.toMap();
  });
})();
