/* A map in somebody's frame says how high it wants to be; nothing about the reader is told. */
(function () {
  'use strict';
  var LEAST = 200, MOST = 1000, OWN = 320, SLOPE = 0.62;

  marchland.tellHeight = function () {
    if (window.parent === window) return;
    var sent = 0, secret = (/[#&?]secret=([\w-]+)/.exec(location.hash) || [])[1];
    function wanted() {
      return Math.round(Math.max(LEAST, Math.min(MOST, Math.max(OWN, document.documentElement.clientWidth * SLOPE))));
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
