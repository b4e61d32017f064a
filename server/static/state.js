/* What a reader looks at, and the address that names it.

   In the query, which the server reads too: projection, view, datetime, lang, theme. In the hash,
   which never leaves the browser: at=lon,lat,mpp (metres to a pixel of CSS in the middle, the same
   in every projection), feature=collection/id, q (search), off and on (layers, with commas), hide
   (lines of the key that are switched off, each collection.rule.form, rules by what they ask for:
   arctic_zones.kind-overlap.area). An embed takes all of it in its query too: the page around it may
   have a use of its own for the hash.

   marchland.state.get(name), .set({name: value}), .on(name, fn), .address({name: value}), .query().
   Values: at {lon, lat, mpp}, feature {collection, id}, off, on and hide arrays, else text; null
   where nothing is said. What cannot be read is as if it were not there. */
(function () {
  'use strict';
  var marchland = (window.marchland = window.marchland || {});
  var ID = /^[a-z0-9_]{1,80}$/, LINE = /^[a-z0-9_]{1,80}\.[A-Za-z][\w-]{0,79}\.(point|line|area)$/, MOST_MPP = 200000, LONGEST = 80, MOST_IDS = 60, WAIT_MS = 250;
  var QUERY = ['projection', 'view', 'datetime', 'lang', 'theme'], HASH = ['at', 'feature', 'q', 'off', 'on', 'hide'];
  var framed = document.documentElement.classList.contains('embed');
  var box = document.querySelector('[data-projection]'), held = {}, heard = {}, timer = null;

  function choice(words) { return function (text) { return words.indexOf(text) >= 0 ? text : null; }; }
  function like(pattern) { return function (text) { return pattern.test(text) ? text : null; }; }
  function number(text, least, most) {
    var value = /^-?\d{1,6}(\.\d{1,12})?$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : NaN;
  }
  function several(pattern) {
    return function (text) {
      var list = text.split(',').filter(function (one, n, all) { return pattern.test(one) && all.indexOf(one) === n; });
      return list.length ? list.slice(0, MOST_IDS) : null;
    };
  }
  function day(text) {
    if (!/^\d{4}(-\d\d){0,2}$/.test(text)) return null;
    var part = text.split('-').map(Number), last = part[2] ? new Date(Date.UTC(part[0], part[1], 0)).getUTCDate() : 31;
    return (part.length < 2 || (part[1] >= 1 && part[1] <= 12)) && (part.length < 3 || (part[2] >= 1 && part[2] <= last)) ? text : null;
  }

  var READ = {
    projection: choice(['flat', 'polar', 'globe']),
    view: like(/^(neutral|[A-Za-z]{2})$/),
    datetime: day,
    lang: choice(['en', 'ru', 'fr']),
    theme: choice(['light', 'dark']),
    at: function (text) {
      var part = text.split(','), lon = number(part[0], -180, 180), lat = number(part[1] || '', -90, 90), mpp = number(part[2] || '', 0.01, MOST_MPP);
      return part.length === 3 && lon === lon && lat === lat && mpp === mpp ? { lon: lon, lat: lat, mpp: mpp } : null;
    },
    feature: function (text) {
      var part = text.split('/');
      return part.length === 2 && ID.test(part[0]) && ID.test(part[1]) ? { collection: part[0], id: part[1] } : null;
    },
    q: function (text) { return text.replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/g, '').slice(0, LONGEST) || null; },
    off: several(ID),
    on: several(ID),
    hide: several(LINE)
  };
  var WRITE = {
    at: function (at) { return [short(at.lon, 4), short(at.lat, 4), short(at.mpp, at.mpp < 100 ? 2 : 0)].join(','); },
    feature: function (one) { return one.collection + '/' + one.id; },
    off: list,
    on: list,
    hide: list
  };
  function list(several) { return several.join(','); }
  function short(value, decimals) { return String(Number(value.toFixed(decimals))); }
  function text(name, value) { return value == null || value.length === 0 ? null : (WRITE[name] || String)(value); }

  /* Every value through the same gate, from wherever it comes. */
  function checked(name, value) {
    var written = value == null ? null : typeof value === 'string' ? value : text(name, value);
    return written == null ? null : READ[name](written);
  }

  function read(source, names, into) {
    var params;
    try { params = new URLSearchParams(source); } catch (error) { return; }
    names.forEach(function (name) { into[name] = params.has(name) ? checked(name, params.get(name)) : null; });
  }

  function readAll() {
    var found = {}, tail = {};
    read(location.search, framed ? QUERY.concat(HASH) : QUERY, found);
    read(location.hash.replace(/^#/, ''), HASH, tail);
    HASH.forEach(function (name) { if (tail[name] != null || !framed) found[name] = tail[name]; });
    if (box) found.projection = READ.projection(box.getAttribute('data-projection')) || found.projection;
    return found;
  }

  function written(values, names) {
    return names.map(function (name) {
      var said = text(name, values[name]);
      // Commas and slashes may stand in both parts of an address, and it stays readable so.
      return said == null ? null : name + '=' + encodeURIComponent(said).replace(/%2C/g, ',').replace(/%2F/g, '/');
    }).filter(Boolean).join('&');
  }

  /* The address says a projection where it was asked for; else the map's own opens. */
  function told(changes) {
    var values = Object.assign({}, held, asked ? {} : { projection: null });
    Object.keys(changes || {}).forEach(function (name) { if (READ[name]) values[name] = checked(name, changes[name]); });
    return values;
  }

  function address(changes) {
    var values = told(changes), query = written(values, QUERY), hash = written(values, HASH);
    return location.pathname + (query ? '?' + query : '') + (hash ? '#' + hash : '');
  }

  /* The address of another page in the language that this one was asked for in. */
  function kept(href) { return held.lang ? href + (href.indexOf('?') < 0 ? '?' : '&') + 'lang=' + held.lang : href; }

  function write() {
    timer = null;
    try { history.replaceState(null, '', address()); } catch (error) { /* a sandboxed frame may not */ }
  }

  function change(values) {
    var changed = Object.keys(values).filter(function (name) { return READ[name] && text(name, values[name]) !== text(name, held[name]); });
    changed.forEach(function (name) { held[name] = values[name]; });
    changed.concat(changed.length ? ['*'] : []).forEach(function (name) {
      (heard[name] || []).forEach(function (fn) { fn(held[name], held); });
    });
    return changed;
  }

  held = readAll();
  var asked = READ.projection(new URLSearchParams(location.search).get('projection') || '') !== null;

  marchland.state = {
    kept: kept,
    get: function (name) { return held[name]; },
    set: function (changes) {
      var values = {};
      Object.keys(changes).forEach(function (name) { if (READ[name]) values[name] = checked(name, changes[name]); });
      // Browsers limit how often an address may change; a frame keeps the one it was given.
      if (change(values).length && !framed && !timer) timer = setTimeout(write, WAIT_MS);
    },
    /* Told of each change of one value, or of any under '*'. */
    on: function (name, fn) { (heard[name] = heard[name] || []).push(fn); },
    address: address,
    /* What an embed has to be asked for to show the same. */
    query: function (changes) { return written(told(Object.assign({ q: null }, changes)), QUERY.concat(HASH)); }
  };

  window.addEventListener('hashchange', function () { change(readAll()); });
  window.addEventListener('pagehide', function () { if (timer) { clearTimeout(timer); write(); } });
})();
