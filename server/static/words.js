/* How codes of the data read in a sentence. The tables come from the server. */
(function () {
  'use strict';
  var UNITS = { M: 'nautical miles', km2: 'km²', degree: '°', count: '', vessels: 'vessels', people: 'people', year: '' };
  var words = (marchland.words = { status: {}, evidence: {}, parties: {} });

  words.plain = function (code) { return String(code).replace(/_/g, ' '); };
  words.capital = function (text) { return text.charAt(0).toUpperCase() + text.slice(1); };
  words.statusOf = function (code) { return words.plain(code); };
  words.meaning = function (table, code) { return (words[table] || {})[code] || null; };
  words.party = function (code) { return words.parties[code] || code; };

  words.number = function (value, unit) {
    if (unit === 'year') return String(value);
    return value.toLocaleString('en-GB', { maximumFractionDigits: 3 });
  };
  words.figure = function (figure) {
    var unit = figure.unit in UNITS ? UNITS[figure.unit] : figure.unit;
    return words.number(figure.value, figure.unit) + (unit ? (unit === '°' ? '' : '\u00a0') + unit : '');
  };

  var MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
    'September', 'October', 'November', 'December'];
  words.date = function (partial) {
    var part = String(partial).split('-');
    var month = MONTHS[Number(part[1]) - 1];
    if (!month) return part[0];
    return (part[2] ? Number(part[2]) + ' ' : '') + month + ' ' + part[0];
  };
  words.span = function (from, to) {
    if (from && to) return from === to ? words.date(from) : words.date(from) + ' to ' + words.date(to);
    if (from) return 'since ' + words.date(from);
    return to ? 'until ' + words.date(to) : null;
  };
  words.accuracy = function (metres) {
    if (metres >= 1000) return 'within about ' + words.number(metres / 1000) + '\u00a0km';
    return 'within about ' + words.number(metres) + '\u00a0m';
  };
})();
