/* A map in somebody's frame has no panel beside it: what its address asks for is done here. */
(function () {
  'use strict';
  var state = marchland.state;
  if (marchland.panel) return;
  marchland.withDrawer(function (drawer) {
    var at = state.get('at'), one = state.get('feature');
    (state.get('off') || []).forEach(function (id) { drawer.show(id, false); });
    (state.get('on') || []).forEach(function (id) { drawer.show(id, true); });
    if (at) drawer.go(at);
    if (one) drawer.select(one.collection, one.id, { move: !at });
  });
})();
