/* The pictures that a map page offers show what the reader has before them. */
(function () {
  'use strict';
  var state = window.marchland && marchland.state, pictures = [].slice.call(document.querySelectorAll('a[data-picture]'));
  if (!state || !pictures.length) return;
  // The equator in a pixel of zoom 0, in metres; off the flat map, zoom counts as at 70° beyond it.
  var METRES = 40075016.6856 / 256, FLATTEST = 70, MOST_ZOOM = 16;
  function zoom(at) {
    var lat = Math.min(Math.abs(at.lat), state.get('projection') === 'flat' ? 90 : FLATTEST) * Math.PI / 180;
    return Math.max(0, Math.min(MOST_ZOOM, Math.log2(METRES * Math.cos(lat) / at.mpp))).toFixed(2);
  }
  function told() {
    var at = state.get('at'), view = state.get('view'), feature = state.get('feature');
    return {
      view: view === 'neutral' ? null : view,
      datetime: state.get('datetime'),
      feature: feature && feature.collection + '/' + feature.id,
      center: at && [at.lon.toFixed(4), at.lat.toFixed(4)].join(','),
      zoom: at && zoom(at)
    };
  }
  function renew() {
    var said = told();
    pictures.forEach(function (picture) {
      var url = new URL(picture.href);
      Object.keys(said).forEach(function (name) {
        if (said[name]) url.searchParams.set(name, said[name]); else url.searchParams.delete(name);
      });
      picture.href = url.href;
    });
  }
  state.on('*', renew);
  renew();
})();
