/* What the page says, in its language, and how codes of the data read in a sentence.

   marchland.gettext('{n} found', {n: 3}) and its kin know the texts of gettext catalogues; English
   is written where it is used, other languages come before these scripts as marchland.said. The
   tables of codes come with each map (server/maps/lexicon.py). */
(function () {
  'use strict';
  var marchland = (window.marchland = window.marchland || {}), said = marchland.said || {};
  var lang = document.documentElement.lang || 'en', locale = lang === 'en' ? 'en-GB' : lang, FORMS = ['one', 'few', 'many'];
  var words = (marchland.words = { status: {}, evidence: {}, codes: {}, parties: {}, places: {} });

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return values && name in values ? values[name] : whole; });
  }
  var _ = (marchland.gettext = function (text, values) { return filled(said[text] || text, values); });
  var pgettext = (marchland.pgettext = function (context, text, values) { return filled(said[context + '\u0004' + text] || text, values); });
  var ngettext = (marchland.ngettext = function (one, many, n, values) {
    var forms = said[one] || [one, many], at = FORMS.indexOf(new Intl.PluralRules(locale).select(n));
    return filled(forms[at < 0 ? forms.length - 1 : Math.min(at, forms.length - 1)], Object.assign({ n: words.number(n) }, values));
  });
  marchland.lang = lang;

  words.plain = function (code) { return words.codes[code] || String(code).replace(/_/g, ' '); };
  words.meaning = function (table, code) { return (words[table] || {})[code] || null; };
  words.party = function (code) { return words.parties[code] || code; };

  /* {text, lang} of a feature: its name in the language of the page, or the one it goes by. A name
     that one party alone uses is not taken for everybody's. */
  words.name = function (told, id) {
    var own = lang === 'en' ? [] : (told.names || []).filter(function (one) { return !one.used_by && one.lang.split('-')[0] === lang; });
    var best = own.filter(function (one) { return one.lang === lang; })[0] || own[0];
    return best ? { text: best.text, lang: lang } : { text: told.name || String(id == null ? '' : id), lang: 'en' };
  };
  /* A short name as a map writes it: a state is called in the language of the page. */
  words.place = function (text) { return words.places[text] || text; };
  /* The same as a node, which says its language where that is not the page's. */
  words.named = function (told, id) {
    var name = words.name(told, id);
    return name.lang === lang ? document.createTextNode(name.text) : marchland.el('span', { lang: name.lang }, name.text);
  };
  /* The attribute of elements that hold texts of the data: they are in English. */
  words.english = lang === 'en' ? {} : { lang: 'en' };

  words.number = function (value, unit) {
    if (unit === 'year') return String(value);
    return value.toLocaleString(locale, { maximumFractionDigits: 3 });
  };
  function unitOf(unit, value) {
    var n = Math.floor(value) === value ? value : 2;
    if (unit === 'M') return ngettext('nautical mile', 'nautical miles', n);
    if (unit === 'people') return ngettext('person', 'people', n);
    if (unit === 'vessels') return ngettext('vessel', 'vessels', n);
    return { km: _('km'), m: _('m'), km2: _('km²'), Mt: _('Mt'), degree: '°', count: '', year: '' }[unit];
  }
  words.figure = function (figure) {
    var unit = unitOf(figure.unit, figure.value);
    if (unit == null) unit = figure.unit;
    return words.number(figure.value, figure.unit) + (unit ? (unit === '°' ? '' : '\u00a0') + unit : '');
  };
  words.km = function (kilometres) { return words.number(kilometres) + '\u00a0' + _('km'); };
  words.metres = function (metres) { return words.number(metres) + '\u00a0' + _('m'); };
  words.miles = function (miles) { return words.number(miles) + '\u00a0' + pgettext('nautical miles', 'M'); };
  words.side = function (letter) {
    return { N: pgettext('latitude', 'N'), S: pgettext('latitude', 'S'), E: pgettext('longitude', 'E'), W: pgettext('longitude', 'W') }[letter];
  };

  /* The name of a month as it stands alone, or beside a day: июнь, but 3 июня. */
  function month(number, beside) {
    var at = new Date(Date.UTC(2001, number - 1, 1));
    if (!beside) return new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(at);
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).formatToParts(at).filter(function (part) { return part.type === 'month'; })[0].value;
  }
  function date(partial, beside) {
    var part = String(partial).split('-'), number = Number(part[1]), day = Number(part[2]);
    if (!(number >= 1 && number <= 12)) return part[0];
    if (!day) return _('{month} {year}', { month: month(number, beside), year: part[0] });
    return _('{day} {month} {year}', { day: day === 1 ? pgettext('first day of a month', '1') : day, month: month(number, true), year: part[0] });
  }
  function long(partial, beside) { return partial.indexOf('-') > 0 ? date(partial, beside) : pgettext('a year among words', '{year}', { year: partial }); }
  words.date = function (partial) { return date(partial); };
  words.span = function (from, to) {
    var one = { date: long(from || to || '', true) }, exact = (from || to || '').split('-').length;
    if (from && to) return from === to ? date(from) : _('{begin} to {end}', { begin: long(from), end: long(to) });
    if (from) return exact > 2 ? pgettext('before a day', 'since {date}', one) : exact > 1 ? pgettext('before a month', 'since {date}', one) : pgettext('before a year', 'since {date}', one);
    if (to) return exact > 2 ? pgettext('before a day', 'until {date}', one) : exact > 1 ? pgettext('before a month', 'until {date}', one) : pgettext('before a year', 'until {date}', one);
    return null;
  };
  words.accuracy = function (metres) {
    return _('within about {distance}', { distance: metres >= 1000 ? words.km(metres / 1000) : words.metres(metres) });
  };
})();
