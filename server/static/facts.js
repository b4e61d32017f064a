/* Everything a feature says about itself, as elements: the content of a popup. */
(function () {
  'use strict';
  var el = marchland.el, words = marchland.words;

  marchland.facts = function (feature, config) {
    var told = feature.properties || {};
    return el('section', { 'class': 'facts' }, [
      el('h2', {}, told.name || feature.id),
      names(told.names),
      el('p', { 'class': 'facts-kind' }, [status(told), ' ', el('span', {}, words.plain(told.kind || ''))]),
      told.note ? el('p', { 'class': 'facts-note' }, told.note) : null,
      terms(told, feature),
      config && marchland.stated ? marchland.stated(config.id, feature.id) : null,
      block('Figures', (told.figures || []).map(figure)),
      block('Events', (told.events || []).map(event)),
      told.missing ? el('p', { 'class': 'facts-missing' }, [el('strong', {}, 'Not known: '), told.missing]) : null,
      block('Sources', (told.sources || []).map(source)),
      footer(told, feature, config)
    ]);
  };

  function names(list) {
    if (!list || !list.length) return null;
    return el('ul', { 'class': 'facts-names' }, list.map(function (name) {
      var by = name.used_by ? ' — ' + name.used_by : '';
      return el('li', {}, [el('span', { lang: name.lang }, name.text), el('span', { 'class': 'facts-by' }, ' (' + name.lang + ')' + by)]);
    }));
  }

  function status(told) {
    return el('span', { 'class': 'status status-' + told.status, title: words.meaning('status', told.status) }, words.plain(told.status || ''));
  }

  function terms(told, feature) {
    var list = el('dl', { 'class': 'facts-terms' });
    function term(name, value, title) {
      if (value == null || value === '') return;
      list.appendChild(el('dt', {}, name));
      list.appendChild(el('dd', { title: title }, value));
    }
    term('Dates', words.span(told.valid_from, told.valid_to));
    term('Parties', (told.parties || []).map(words.party).join(', '));
    term('Instrument', told.instrument);
    term('Codes', (told.codes || []).map(code).join('; '));
    term('Rests on', words.meaning('evidence', told.evidence) || words.plain(told.evidence || ''));
    term('Accuracy', told.accuracy_m == null ? null : words.accuracy(told.accuracy_m));
    term('Points', feature.vertices ? feature.vertices + ' listed in the full record' : null);
    return list.childNodes.length ? list : null;
  }

  function code(one) { return one.system + ' ' + one.code + (one.when ? ' (' + one.when + ')' : ''); }

  function figure(one) {
    var how = one.origin === 'computed' ? 'computed' : 'published';
    return el('li', {}, [el('b', {}, words.figure(one)), ' ' + one.what + ' (' + how + ')', one.note ? '. ' + one.note : null]);
  }

  function event(one) {
    return el('li', {}, [el('b', {}, words.date(one.date)), ' ' + one.text]);
  }

  function source(one) {
    var rest = [one.publisher, one.date ? words.date(one.date) : null].filter(Boolean).join(', ');
    return el('li', {}, [one.url ? marchland.link(one.url, one.title) : one.title, rest ? ', ' + rest : null]);
  }

  function block(title, items) {
    if (!items.length) return null;
    return el('details', items.length > 3 ? {} : { open: '' }, [
      el('summary', {}, title + (items.length > 3 ? ' (' + items.length + ')' : '')), el('ul', {}, items)]);
  }

  function footer(told, feature, config) {
    var licence = 'Licence ' + (told.licence || config.licence);
    var record = config.items ? marchland.link(config.items + '/' + encodeURIComponent(feature.id), 'Full record') : null;
    return el('p', { 'class': 'facts-foot' }, [licence, told.attribution ? ' · ' + told.attribution : null, record ? ' · ' : null, record]);
  }
})();
