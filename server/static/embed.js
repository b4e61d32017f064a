/* A map in somebody's frame leaves the wheel to the page until it has the focus. */
(function () {
  'use strict';
  marchland.embed = function (map) {
    map.scrollWheelZoom.disable();
    map.on('focus click', function () { map.scrollWheelZoom.enable(); });
    map.on('blur', function () { map.scrollWheelZoom.disable(); });
    marchland.tellHeight();
  };
})();
