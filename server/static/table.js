/* The table of what is on the map: sorted, filtered, and in step with what is chosen. */
(function () {
  'use strict';
  var table = document.querySelector('.twin'), state = marchland.state, el = marchland.el;
  if (!table) return;
  var body = table.tBodies[0], rows = [].slice.call(body.rows), heads = [].slice.call(table.tHead.rows[0].cells), wrap = table.parentNode;
  var field = document.getElementById('twin-text'), status = document.getElementById('twin-status'), count = document.querySelector('.twin-count');
  var order = new Intl.Collator(marchland.lang, { numeric: true, sensitivity: 'base' }), sorted = -1, down = false;

  // As blocks in a narrow window the parts of a table would lose what they are.
  [[table, 'table'], [table.tHead, 'rowgroup'], [body, 'rowgroup']].forEach(function (one) { one[0].setAttribute('role', one[1]); });
  [].concat([table.tHead.rows[0]], rows).forEach(function (row) {
    row.setAttribute('role', 'row');
    [].forEach.call(row.cells, function (cell) { cell.setAttribute('role', cell.tagName === 'TD' ? 'cell' : cell.scope === 'row' ? 'rowheader' : 'columnheader'); });
  });

  function plain(text) { return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(); }
  var texts = null;
  function textsOf() { return rows.map(function (row) { return plain([].map.call(row.cells, function (cell) {
    return cell.scope === 'row' ? cell.querySelector('a').textContent : cell.textContent;
  }).join(' ')); }); }

  function value(row, column) {
    var cell = row.cells[column], own = cell.getAttribute('data-sort');
    if (own != null) return own;
    return (cell.querySelector('a') || cell).textContent.trim();
  }
  /* Rows that say nothing there come last in both directions. */
  function sort(column) {
    var keys = new Map();
    down = sorted === column && !down;
    sorted = column;
    rows.forEach(function (row) { keys.set(row, value(row, column)); });
    rows.slice().sort(function (a, b) {
      var one = keys.get(a), other = keys.get(b);
      if (!one || !other) return one ? -1 : other ? 1 : 0;
      return order.compare(one, other) * (down ? -1 : 1);
    }).forEach(function (row) { body.appendChild(row); });
    heads.forEach(function (head, n) { if (n === column) head.setAttribute('aria-sort', down ? 'descending' : 'ascending'); else head.removeAttribute('aria-sort'); });
  }
  heads.forEach(function (head, n) {
    var button = el('button', { type: 'button', 'class': 'twin-head' }, head.textContent);
    button.addEventListener('click', function () { sort(n); });
    head.replaceChildren(button);
  });

  function filter() {
    var wanted = plain(field.value).split(/\s+/).filter(Boolean), code = status.value, at = marchland.time.now(), shown = 0;
    if (wanted.length) texts = texts || textsOf();
    rows.forEach(function (row, n) {
      var fits = (!code || row.getAttribute('data-status') === code)
        && wanted.every(function (word) { return texts[n].indexOf(word) >= 0; })
        && marchland.time.holds(row.getAttribute('data-from'), row.getAttribute('data-to'));
      row.hidden = !fits;
      shown += fits;
    });
    count.textContent = marchland.ngettext('{shown} of {n} row', '{shown} of {n} rows', rows.length, { shown: shown }) + (at ? marchland.gettext(', as of {date}', { date: marchland.words.date(at) }) : '');
  }
  field.addEventListener('input', filter);
  status.addEventListener('change', filter);
  state.on('datetime', filter);
  if (marchland.time.now()) filter();

  function mark() {
    var one = state.get('feature');
    rows.forEach(function (row) {
      var own = Boolean(one) && row.getAttribute('data-in') === one.collection && row.getAttribute('data-id') === one.id;
      if (!own) { row.removeAttribute('aria-current'); return; }
      row.setAttribute('aria-current', 'true');
      // Within its own box only: the page stays where the reader is.
      if (wrap.scrollHeight > wrap.clientHeight && !wrap.contains(document.activeElement)) wrap.scrollTop = row.offsetTop - table.tHead.offsetHeight - 8;
    });
  }
  state.on('feature', mark);
  mark();
  body.addEventListener('click', function (event) {
    var row = event.target.closest('tr'), show = row && row.querySelector('button[data-show]');
    if (!show || event.target.closest('a, button, details') || String(getSelection())) return;
    marchland.choose(row.getAttribute('data-in'), row.getAttribute('data-id'), { from: show, quietly: true });
  });
})();
