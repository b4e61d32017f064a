/* The lines that put the map into another page name what the reader has before them. */
(function () {
  'use strict';
  var field = document.getElementById('snippet'), link = document.querySelector('a[data-embed]'), state = window.marchland && marchland.state;
  if (!field || !link || !state) return;
  var plain = field.value, home = link.href.split('?')[0];
  function renew() {
    var query = state.query({ lang: document.documentElement.lang }), address = home + (query ? '?' + query : '');
    link.href = address;
    field.value = plain.replace(/src="[^"]*"/, function () { return 'src="' + address.replace(/&/g, '&amp;') + '"'; });
  }
  state.on('*', renew);
  renew();
})();
