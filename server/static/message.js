/* The line for readers and screen readers that lies on the map; whoever writes it last has it. */
(function () {
  'use strict';
  var going;

  /* Shows a message, for `ms` or until the next one; an empty one takes the line away. */
  marchland.message = function (text, ms) {
    var line = document.getElementById('map-message');
    clearTimeout(going);
    if (!line) return;
    line.textContent = text;
    line.hidden = !text;
    if (text && ms) going = setTimeout(function () { line.hidden = true; }, ms);
  };
})();
