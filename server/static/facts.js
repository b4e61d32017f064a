/* Everything a feature says about itself, as elements: the content of a popup. */
(function () {
  'use strict';
  var el = marchland.el, words = marchland.words, _ = marchland.gettext;

  /* A section that fills itself, at once and again when more has come; `renew` is called then. */
  marchland.facts = function (feature, config, renew) {
    var box = el('section', { 'class': 'facts' });
    function fill(failed) {
      box.replaceChildren.apply(box, content(feature, config).concat(failed || null).filter(Boolean));
    }
    fill();
    if (!config || config.known) return box;
    marchland.tell(config).then(function () {
      fill();
      if (renew) renew();
    }, function (error) {
      fill(el('p', { role: 'status' }, _('The layer “{title}” could not be loaded ({error}).', { title: config.title, error: error.message })));
    });
    return box;
  };

  function content(feature, config) {
    var told = feature.properties || {};
    return [
      el('h2', {}, words.named(told, feature.id)),
      names(told),
      el('p', { 'class': 'facts-kind' }, [status(told), ' ', el('span', {}, words.plain(told.kind || ''))]),
      told.note ? el('p', english({ 'class': 'facts-note' }), told.note) : null,
      terms(told, feature),
      config && marchland.stated ? marchland.stated(config.id, feature.id) : null,
      block(_('Figures'), (told.figures || []).map(figure)),
      block(_('Events'), (told.events || []).map(event)),
      told.missing ? el('p', { 'class': 'facts-missing' }, [el('strong', {}, _('Not known:')), ' ', text(told.missing)]) : null,
      block(_('Sources'), (told.sources || []).map(source)),
      footer(told, feature, config)
    ];
  }

  /* A text of the data: in English, and marked so on a page in another language. */
  function english(attributes) { return Object.assign({}, words.english, attributes); }
  function text(said) { return said == null || said === '' ? null : words.english.lang ? el('span', words.english, said) : said; }

  function names(told) {
    var shown = words.name(told).text, list = (told.names || []).slice();
    if (shown !== told.name) list = [{ text: told.name, lang: 'en' }].concat(list.filter(function (one) { return one.used_by || one.text !== shown; }));
    if (!list.length) return null;
    return el('ul', { 'class': 'facts-names' }, list.map(function (name) {
      var by = name.used_by ? [' — ', text(name.used_by)] : [];
      return el('li', {}, [el('span', { lang: name.lang }, name.text), el('span', { 'class': 'facts-by' }, [' (' + name.lang + ')'].concat(by))]);
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
    term(_('Dates'), words.span(told.valid_from, told.valid_to));
    term(_('Parties'), (told.parties || []).map(words.party).join(', '));
    term(_('Instrument'), text(told.instrument));
    term(_('Codes'), (told.codes || []).map(code).join('; '));
    term(_('Rests on'), words.meaning('evidence', told.evidence) || words.plain(told.evidence || ''));
    term(_('Accuracy'), told.accuracy_m == null ? null : words.accuracy(told.accuracy_m));
    term(_('Points'), feature.vertices ? _('{n} listed in the full record', { n: feature.vertices }) : null);
    return list.childNodes.length ? list : null;
  }

  function code(one) { return one.system + ' ' + one.code + (one.when ? ' (' + one.when + ')' : ''); }

  function figure(one) {
    var how = one.origin === 'computed' ? _('computed') : _('published');
    return el('li', {}, [el('b', {}, words.figure(one)), ' ', text(one.what), ' (' + how + ')', one.note ? '. ' : null, text(one.note)]);
  }

  function event(one) {
    return el('li', {}, [el('b', {}, words.date(one.date)), ' ', text(one.text)]);
  }

  function source(one) {
    return el('li', {}, [el('span', words.english, one.url ? marchland.link(one.url, one.title) : one.title), one.publisher ? ', ' : null, text(one.publisher), one.date ? ', ' + words.date(one.date) : null]);
  }

  function block(title, items) {
    if (!items.length) return null;
    return el('details', items.length > 3 ? {} : { open: '' }, [
      el('summary', {}, title + (items.length > 3 ? ' (' + items.length + ')' : '')), el('ul', {}, items)]);
  }

  function footer(told, feature, config) {
    var licence = _('Licence {name}', { name: told.licence || config.licence });
    var record = config.items ? marchland.link(marchland.state.kept(config.items.replace('{id}', encodeURIComponent(feature.id))), _('Full record')) : null;
    return el('p', { 'class': 'facts-foot' }, [licence, told.attribution ? ' · ' : null, text(told.attribution), record ? ' · ' : null, record]);
  }
})();
