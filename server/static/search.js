/* Search over the names of everything on the map, in every language that the data have. */
(function () {
  'use strict';
  var field = document.getElementById('map-search'), list = document.getElementById('map-found'), el = marchland.el, words = marchland.words, state = marchland.state, _ = marchland.gettext;
  var MOST = 12, LEAST = 2, found = [], active = -1, learning = null, open = false;
  if (!field) return;

  /* Letters without their accents and case; scripts stay what they are. */
  function plain(text) { return String(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ı/g, 'i').replace(/[ʻʼ‘’'`]/g, '').trim(); }

  function names(one) {
    var told = one.properties;
    return [{ text: told.name || one.id }].concat(told.names || []);
  }

  function matches(query) {
    var wanted = plain(query), parts = wanted.split(/\s+/), seen = {}, made = [];
    if (wanted.length < LEAST && !/[^\u0000-\u024f]/.test(wanted)) return [];
    marchland.drawer.features().forEach(function (one) {
      if (!one.feature || !one.feature.geometry) return;
      var best = null;
      names(one).forEach(function (name) {
        var text = plain(name.text), at = text.indexOf(wanted), all = at >= 0 || parts.every(function (word) { return text.indexOf(word) >= 0; });
        if (!all) return;
        var rank = (at === 0 ? 0 : at > 0 && /[\s(-]/.test(text[at - 1]) ? 1 : 2) + (one.config.role === 'overlay' ? 0 : 0.5);
        if (!best || rank < best.rank) best = { rank: rank, name: name, one: one };
      });
      if (!best) return;
      var same = (one.config.role === 'overlay') + ' ' + (one.properties.name || one.id);   // a state and its label are one place
      if (seen[same]) return;
      seen[same] = true;
      made.push(best);
    });
    return made.sort(function (a, b) { return a.rank - b.rank; }).slice(0, MOST);
  }

  function render() {
    list.replaceChildren.apply(list, found.map(function (hit, n) {
      var told = hit.one.properties, own = words.name(told, hit.one.id), other = hit.name.text !== own.text ? hit.name : null;
      var row = el('li', { role: 'option', id: 'found-' + n, 'aria-selected': String(n === active) }, [
        el('span', {}, words.named(told, hit.one.id)), other ? el('span', { 'class': 'found-other', lang: other.lang || 'en' }, other.text) : null,
        el('span', { 'class': 'found-kind' }, hit.one.config.title)]);
      row.addEventListener('mousedown', function (event) { event.preventDefault(); });
      row.addEventListener('click', function () { take(n); });
      return row;
    }));
    list.hidden = !found.length;
    field.setAttribute('aria-expanded', String(found.length > 0));
    if (active >= 0) field.setAttribute('aria-activedescendant', 'found-' + active); else field.removeAttribute('aria-activedescendant');
    var row = list.children[active];
    if (row) row.scrollIntoView({ block: 'nearest' });
  }

  /* Names in other languages come when somebody searches. */
  function learn() {
    var unknown = [];
    marchland.drawer.features().forEach(function (one) { if (one.config.told && !one.config.known && unknown.indexOf(one.config) < 0) unknown.push(one.config); });
    if (!unknown.length || learning) return;
    learning = Promise.all(unknown.map(marchland.tell)).then(function () {
      learning = null;
      if (field.value) ask();
    }, function () { learning = null; });
  }

  function ask() { marchland.withDrawer(look); }
  function look() {
    open = true;
    learn();
    found = matches(field.value);
    active = -1;
    render();
    state.set({ q: field.value || null });
    marchland.panel.tell(field.value.trim().length < LEAST ? '' : found.length ? found.length === MOST ? _('{n} or more found.', { n: MOST }) : marchland.ngettext('{n} found.', '{n} found.', found.length) : _('Nothing on this map has that name.'));
  }
  function shut() { open = false; found = []; active = -1; render(); }

  function take(n) {
    var hit = found[n], one = hit && hit.one;
    if (!one) return;
    shut();
    marchland.panel.tell('');
    if (one.config.role === 'overlay' || /claimed|disputed/.test(one.properties.status)) marchland.choose(one.collection, one.id, { move: true, from: field });
    else if (!marchland.drawer.select(one.collection, one.id, { move: true })) marchland.panel.tell(_('{name} has no place of its own on this map.', { name: words.name(one.properties, one.id).text }));
  }

  // A layer that comes while somebody searches is searched too.
  marchland.withDrawer(function (drawer) { drawer.on('loaded', function () { if (open && field.value && active < 0) look(); }); });
  field.addEventListener('input', ask);
  field.addEventListener('focus', function () { if (field.value && !found.length) ask(); });
  field.addEventListener('blur', function () { setTimeout(shut, 150); });
  field.addEventListener('keydown', function (event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!found.length) ask();
      active = found.length ? (active + (event.key === 'ArrowDown' ? 1 : -1) + found.length + (active < 0 && event.key === 'ArrowUp' ? 1 : 0)) % found.length : -1;
      render();
    } else if (event.key === 'Enter') take(active < 0 ? 0 : active);
    else if (event.key === 'Escape' && (found.length || field.value)) { if (found.length) shut(); else { field.value = ''; ask(); } }
    else return;
    event.preventDefault();
  });
  // What has been typed before this script was there stays.
  if (field.value) ask(); else field.value = state.get('q') || '';
  state.on('q', function (q) { if (document.activeElement !== field) field.value = q || ''; });
})();
