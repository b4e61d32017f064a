/* From whose side disputed features are told. The server writes what the party states into the rows
   of the table, in a frame into a list that is not shown; here it comes into the details, and a claim that it refuses is drawn weaker. */
(function () {
  'use strict';
  var WEAK = 0.4, state = marchland.state, menu = document.querySelector('.view-menu'), told = {}, weaker = [];
  function key(collection, id) { return collection + '/' + id; }
  [].forEach.call(document.querySelectorAll('[data-as]'), function (row) {
    told[key(row.getAttribute('data-in'), row.getAttribute('data-id'))] = row;
  });

  /* What the party states of a feature, as an element; null where the view adds nothing. */
  marchland.stated = function (collection, id) {
    var row = told[key(collection, id)];
    return row ? row.querySelector('.stated').cloneNode(true) : null;
  };
  /* Whether the party does not accept the claim that a feature is. */
  marchland.refused = function (collection, id) {
    var row = told[key(collection, id)];
    return Boolean(row) && row.getAttribute('data-as') === 'not_recognised';
  };
  /* The paint of a refused claim, for a canvas: the same object for the same paint. */
  marchland.weaker = function (paint) {
    var found = weaker.filter(function (one) { return one[0] === paint; })[0];
    if (!found) weaker.push(found = [paint, weaken(paint)]);
    return found[1];
  };
  function weaken(paint) {
    var made = Object.assign({}, paint);
    ['opacity', 'fill_opacity'].forEach(function (name) { if (made[name] != null) made[name] *= WEAK; });
    if (made.opacity == null) made.opacity = WEAK;
    if (made.hatch) made.hatch = Object.assign({}, made.hatch, { opacity: (made.hatch.opacity == null ? 1 : made.hatch.opacity) * WEAK });
    return made;
  }

  if (!menu) { if (state.get('view') && marchland.panel) state.set({ view: null }); return; }
  var links = [].slice.call(menu.querySelectorAll('a[data-view]')), shown = menu.querySelector('a[aria-current]').getAttribute('data-view');
  // What the server did not take from the address goes from it.
  state.set({ view: shown === 'neutral' ? null : shown });
  function renew() {
    links.forEach(function (link) {
      var view = link.getAttribute('data-view');
      link.href = state.address({ view: view === 'neutral' ? null : view });
    });
  }
  renew();
  state.on('*', renew);
  menu.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', function (event) { if (!menu.contains(event.target)) menu.open = false; });
})();
