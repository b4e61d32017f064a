/* A map in somebody's frame: says how high it wants to be, and leaves the wheel to the page. */
(function () {
  'use strict';
  var LEAST = 200, MOST = 1000;

  marchland.embed = function (map) {
    map.scrollWheelZoom.disable();
    map.on('focus click', function () { map.scrollWheelZoom.enable(); });
    map.on('blur', function () { map.scrollWheelZoom.disable(); });
    if (window.parent === window) return;
    var sent = 0, secret = (/[#&?]secret=([\w-]+)/.exec(location.hash) || [])[1];
    function wanted() {
      return Math.round(Math.max(LEAST, Math.min(MOST, Math.max(320, document.documentElement.clientWidth * 0.62))));
    }
    function post() {
      var height = wanted();
      if (height === sent) return;
      sent = height;
      parent.postMessage({ type: 'marchland:height', height: height }, '*');
      if (secret) parent.postMessage({ message: 'height', value: height, secret: secret }, '*'); // WordPress
    }
    window.addEventListener('resize', post);
    window.addEventListener('message', function (event) {
      if (event.source !== parent || !event.data || event.data.type !== 'marchland:ask') return;
      sent = 0;
      post();
    });
    post();
  };
})();
