/* The slider through the days at which something on the map changes. The days and what happens on
   them are in the list that the server has written; the address says the time as `datetime`.

   marchland.time.holds(from, to) says whether a span of partial dates meets the time that is shown;
   what has no dates is always there. */
(function () {
  'use strict';
  var state = marchland.state, el = marchland.el, words = marchland.words, _ = marchland.gettext, box = document.querySelector('.time');
  var BEAT_MS = 1800, SPOKEN = 240, timer = null, framed = document.documentElement.classList.contains('embed');

  function first(partial) { return partial.length === 4 ? partial + '-01-01' : partial.length === 7 ? partial + '-01' : partial; }
  function last(partial) {
    if (partial.length === 4) return partial + '-12-31';
    var part = partial.split('-').map(Number);
    return partial.length === 7 ? partial + '-' + new Date(Date.UTC(part[0], part[1], 0)).getUTCDate() : partial;
  }
  function now() { return box || framed ? state.get('datetime') : null; }
  function holds(from, to) {
    var at = now();
    return !at || ((!from || first(from) <= last(at)) && (!to || last(to) >= first(at)));
  }
  function filter() {
    marchland.filters.set('time', now() ? function (feature) {
      var told = feature.properties || {};
      return holds(told.valid_from, told.valid_to);
    } : null);
  }
  marchland.time = { holds: holds, now: now };
  if (!box) { filter(); return; }

  var slider = box.querySelector('input[type="range"]'), day = box.querySelector('.time-day'), said = box.querySelector('.time-said');
  var live = box.querySelector('.time-live'), every = box.querySelector('.time-all'), play = box.querySelector('.time-play'), changes = box.querySelector('.time-now');
  var stops = [].map.call(box.querySelectorAll('.time-list li[data-day]'), function (node) {
    return { day: node.getAttribute('data-day'), title: node.getAttribute('data-title'), link: node.querySelector('a'), items: [].slice.call(node.querySelectorAll('li')) };
  });

  /* The last stop that is not after the time. */
  function stopAt(at) {
    var found = 0, from = first(at);
    stops.forEach(function (one, n) { if (one.day <= from) found = n; });
    return found;
  }
  function within(at) { return stops.filter(function (one) { return one.day >= first(at) && one.day <= last(at); }); }
  function title(at) {
    var same = stops.filter(function (one) { return one.day === at; })[0];
    return same ? same.title : words.date(at);
  }

  function change(item) {
    var own = item.firstElementChild, name = own.textContent, button = el('button', { type: 'button', 'class': 'as-link', lang: own.getAttribute('lang') }, name), rest = [].slice.call(item.cloneNode(true).childNodes, 1);
    button.addEventListener('click', function () {
      stop();
      marchland.choose(item.getAttribute('data-in'), item.getAttribute('data-id'), { from: button });
    });
    return el('li', { 'data-kind': item.getAttribute('data-kind') }, [button].concat(rest));
  }

  function render() {
    var at = now(), found = at ? within(at) : [], items = [].concat.apply([], found.map(function (one) { return one.items; })), text;
    every.setAttribute('aria-pressed', String(!at));
    day.textContent = at ? title(at) : _('All times');
    if (at) slider.value = String(stopAt(at));
    box.classList.toggle('is-off', !at);
    stops.forEach(function (one, n) { if (at && n === stopAt(at)) one.link.setAttribute('aria-current', 'date'); else one.link.removeAttribute('aria-current'); });
    if (items.length) said.replaceChildren(el('ul', {}, items.map(change)));
    else said.replaceChildren(el('p', {}, at ? _('Nothing on this map changes at this time.') : _('The map shows what was there at any time. Move the slider, or step from change to change, to see one day.')));
    changes.scrollTop = 0;
    text = day.textContent + (items.length ? ': ' + items.map(function (one) { return one.textContent; }).join(' ') : '');
    slider.setAttribute('aria-valuetext', text.length > SPOKEN ? text.slice(0, SPOKEN) + ' …' : text);
  }

  function apply() { render(); filter(); }

  function go(n) { state.set({ datetime: stops[Math.max(0, Math.min(stops.length - 1, n))].day }); }
  function stop() {
    if (timer) clearInterval(timer);
    timer = null;
    play.textContent = _('Play');
  }
  function speak() { live.textContent = slider.getAttribute('aria-valuetext'); }
  function step(by) {
    var at = now();
    if (!at) go(by > 0 ? 0 : stops.length - 1);
    // Before the first day of all, or within a year, the next one is not the neighbour.
    else if (by > 0) go(stops[stopAt(at)].day > first(at) ? 0 : stopAt(at) + 1);
    else go(stops[stopAt(at)].day < first(at) ? stopAt(at) : stopAt(at) - 1);
  }

  slider.addEventListener('input', function () { stop(); go(Number(slider.value)); });
  /* Switched off, the slider stands at its end: a key there begins at that end. */
  slider.addEventListener('keydown', function (event) {
    if (now() || !/^(Home|End|Arrow|Page)/.test(event.key)) return;
    if (event.key === 'Home') go(0); else go(event.key === 'End' || /Right|Up$/.test(event.key) ? stops.length - 1 : Number(slider.value) - 1);
    event.preventDefault();
  });
  [].forEach.call(box.querySelectorAll('button[data-step]'), function (button) {
    button.addEventListener('click', function () { stop(); step(Number(button.getAttribute('data-step'))); speak(); });
  });
  every.addEventListener('click', function () { stop(); state.set({ datetime: now() ? null : stops[Number(slider.value)].day }); speak(); });
  play.addEventListener('click', function () {
    if (timer) { stop(); speak(); return; }
    if (!now() || stopAt(now()) === stops.length - 1) go(0);
    play.textContent = _('Pause');
    timer = setInterval(function () {
      step(1);
      if (stopAt(now()) === stops.length - 1) stop();
    }, BEAT_MS);
  });
  box.querySelector('.time-list').addEventListener('click', function (event) {
    var link = event.target.closest('a'), item = link && link.closest('[data-day]');
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stop();
    state.set({ datetime: item.getAttribute('data-day') || null });
    speak();
  });
  document.addEventListener('visibilitychange', function () { if (document.hidden) stop(); });
  state.on('datetime', apply);
  // All times is what the server has written.
  if (now()) apply(); else box.classList.add('is-off');
})();
