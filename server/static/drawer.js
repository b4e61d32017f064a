/* What everything around a map may ask of it, whatever draws it.

   A drawer (leaflet-drawer.js for flat and polar maps, globe.js for globes) calls
   marchland.draws({...}) with these methods, once its first features are there:

   features()            [{collection, id, properties, config, shown}] of all loaded, base included
   layers()              [{id, title, role, shown}] in drawing order; show(id, wanted) switches one
   at()                  {lon, lat, mpp}; go({lon, lat, mpp}) moves there, mpp may be left out
   select(collection, id, {move})   marks one feature, and brings it into view if asked; false if
                         it is not drawn; clear() takes the mark away
   focus(collection, id) gives a feature the keyboard's focus; false where it has none
   highlight(collection, id)        marks one in passing; highlight(null) nothing
   filter(fn(feature, config))      hides what is false; null shows all; asked again as layers load
   draw(name, [[[lon, lat], …]], {color, dash, dots})   lines that are drawn for now; [] removes
   pick(fn({lon, lat}))  the next clicks, and Enter for the middle, give positions; null ends it
   on(what, fn)          'loaded' (a layer came), 'move', 'select' ({collection, id} or null, by a
                         reader on the map), 'switch' (a layer on or off)

   marchland.state.feature is set by whoever selects: the panel, when it hears 'select'.
   marchland.withDrawer(fn) calls fn(drawer) as soon as there is one.
   marchland.filters.set(name, fn | null)   one filter of several (key, time, …): what any of them
                         hides is hidden; nobody else calls drawer.filter */
(function () {
  'use strict';
  var waiting = [];
  marchland.drawer = null;

  marchland.draws = function (drawer) {
    marchland.drawer = drawer;
    waiting.splice(0).forEach(function (fn) { fn(drawer); });
  };
  marchland.withDrawer = function (fn) { if (marchland.drawer) fn(marchland.drawer); else waiting.push(fn); };

  var filters = {};
  function fits(feature, config) { return Object.keys(filters).every(function (name) { return filters[name](feature, config); }); }
  marchland.filters = {
    set: function (name, fn) {
      if (!fn && !filters[name]) return;
      if (fn) filters[name] = fn; else delete filters[name];
      marchland.withDrawer(function (drawer) {
        drawer.filter(Object.keys(filters).length ? fits : null);
        if (marchland.order) marchland.order();
      });
    }
  };

  /* on() and tell() for a drawer. */
  marchland.voices = function () {
    var heard = {};
    return {
      on: function (what, fn) { (heard[what] = heard[what] || []).push(fn); },
      tell: function (what, value) { (heard[what] || []).forEach(function (fn) { fn(value); }); }
    };
  };
})();
