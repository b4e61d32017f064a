/* Names on a globe: the most important first; none behind the horizon, none upon another. */
(function () {
  'use strict';
  var GAP = 3, AWAY = 7, NEAR = 12, DOT = 3, APART = 320, LIMB = 0.14, LONGEST = 28, ROOM_PX = 13, WORLD_MPP = 156543.034, EARLIER = 1.1;
  var BESIDE = /town|city|place|village|station|capital/, LAND = /state|territory|country/;
  var FACES = { sans: '400 #px "Noto Sans", "Noto Sans Armenian", "Noto Sans Georgian", system-ui, sans-serif', serif: 'italic 400 #px "Noto Sans", system-ui, sans-serif' };   // water leans; a font of its own would weigh 20 kB
  var OFFSETS = [[0, 0], [0, 0.8], [0, -0.8], [0.3, 0], [-0.3, 0], [0.3, 0.8], [0.3, -0.8], [-0.3, 0.8], [-0.3, -0.8], [0, 1.5], [0, -1.5]];   // of an area's name from its place, in its sizes
  /* Scripts that we carry no font for, and that many machines have none for either. */
  var UNDRAWN = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

  marchland.globeNames = function (context, view) {
    var wanted = [], names = {}, widths = {};

    /* What could be named, from the layers that are shown. */
    names.renew = function (layers) {
      wanted = [{ text: marchland.gettext('North Pole'), vector: [0, 0, 1], kind: 'own', rank: 1.1, from: 0, sides: true, away: 11 }, { text: marchland.gettext('South Pole'), vector: [0, 0, -1], kind: 'own', rank: 1.1, from: 0, sides: true, away: 11 }];
      layers.forEach(function (layer) {
        if (!layer.shown) return;
        layer.items.forEach(function (item) {
          if (item.filtered) return;
          if (layer.config.role === 'labels') place(item);
          else if (layer.config.role === 'overlay') own(item);
        });
      });
      wanted.sort(function (a, b) { return a.rank - b.rank; });   // stable: ties in file order
    };

    function called(told) { return marchland.words.name(told).text; }
    function short(name) { return name.split(/:| \(/)[0].trim(); }

    function place(item) {
      var told = item.feature.properties, tags = told.tags || {}, kind = tags.label_class || 'town', point = item.light.points[0], name = marchland.words.place(called(told));
      if (!point || UNDRAWN.test(name)) return;
      wanted.push({ text: name, vector: point.vector, kind: kind, rank: Number(tags.rank) || 5, from: (Number(tags.min_zoom) || 0) - EARLIER, dot: BESIDE.test(kind), sides: BESIDE.test(kind) });
    }
    function own(item) {
      var told = item.feature.properties, open = told.status === 'disputed', name = short(called(told)), point = item.light.points[0];
      if (point && name && name.length <= LONGEST) {
        wanted.push({ text: name, vector: point.vector, kind: told.status === 'context' ? 'town' : 'own', rank: told.status === 'context' ? 6 : 0, from: told.status === 'context' ? 4.5 : 0, sides: true, away: (item.rule().radius || 6) + 4, item: item });
      }
      (item.feature.places || []).forEach(function (at) {
        var fits = Math.log(ROOM_PX * WORLD_MPP / at[2]) / Math.LN2;
        wanted.push({ text: marchland.words.place(name.split(/,| north of | south of /)[0]), second: open || told.status === 'claimed' ? marchland.words.plain(told.status) : null, vector: marchland.versor.vector(at), kind: open ? 'area_open' : 'area', rank: open ? 0.2 : 1 - at[2] / 1e8, from: open ? 0 : fits - 1, sides: false, item: item });
      });
    }

    /* Draws what finds room. `taken` are boxes that names keep away from. */
    names.draw = function (theme, taken) {
      var zoom = Math.log(WORLD_MPP / view.mpp()) / Math.LN2, said = [];
      names.shown = [];
      wanted.forEach(function (one) {
        if (zoom < one.from) return;
        var at = view.pixels(one.vector), letters = theme.letters[one.kind] || theme.letters.other;
        if (at[2] < LIMB || at[0] < 0 || at[1] < 0 || at[0] > view.width || at[1] > view.height) return;
        if (said.some(function (other) { return alike(one, at, other); })) return;
        var spot = one.dot && [at[0] - DOT, at[1] - DOT, at[0] + DOT, at[1] + DOT];
        if (spot && names.shown.some(function (other) { return meet(spot, other.box, one); })) return;
        var box = room(one, at, letters, taken);
        if (!box) return;
        taken.push(box);
        if (spot) taken.push(spot);
        said.push({ at: at, text: one.text });
        names.shown.push({ text: one.text, box: box, dot: spot || null });
        if (one.dot) dot(at, theme[one.kind === 'capital' ? 'capital' : 'town']);
        write(one, box, letters);
      });
    };
    function alike(one, at, other) {
      var far = Math.hypot(at[0] - other.at[0], at[1] - other.at[1]);
      return (one.sides && far < NEAR) || (one.text === other.text && far < (LAND.test(one.kind) ? APART : 6 * NEAR));
    }
    function room(one, at, letters, taken) {
      var w = Math.max(width(one.text, letters), one.second ? width(one.second, letters) : 0), h = letters.size * (one.second ? 2.3 : 1.2), away = one.away || AWAY;
      var spots = one.sides ? [[at[0] + away, at[1] - h / 2], [at[0] - away - w, at[1] - h / 2], [at[0] - w / 2, at[1] - away - h], [at[0] - w / 2, at[1] + away]] : (one.item ? OFFSETS : OFFSETS.slice(0, 1)).map(function (by) { return [at[0] - w / 2 + by[0] * w, at[1] - h / 2 + by[1] * h]; });
      for (var n = 0; n < spots.length; n += 1) {
        var box = [spots[n][0], spots[n][1], spots[n][0] + w, spots[n][1] + h];
        if (box[0] >= 0 && box[1] >= 0 && box[2] <= view.width && box[3] <= view.height && !taken.some(function (other) { return meet(box, other, one); })) return box;
      }
      return null;
    }
    function meet(a, b, one) { return !(one.item && b.item === one.item) && a[0] < b[2] + GAP && b[0] < a[2] + GAP && a[1] < b[3] + GAP && b[1] < a[3] + GAP; }

    function dress(letters) {
      var bold = letters.style === 'sans_semibold' ? 600 : 400, face = /serif/.test(letters.style) ? FACES.serif : FACES.sans;
      context.font = face.replace('#', letters.size).replace('400', bold);
      if ('letterSpacing' in context) context.letterSpacing = letters.spacing + 'px';
    }
    function cased(text, letters) { return letters.upper ? text.toLocaleUpperCase(document.documentElement.lang || 'en') : text; }
    function width(text, letters) {
      var key = letters.style + letters.size + letters.upper + letters.spacing + text;
      if (!(key in widths)) { dress(letters); widths[key] = context.measureText(cased(text, letters)).width; }
      return widths[key];
    }
    /* Fonts that have come since then. */
    names.remeasure = function () { widths = {}; };
    names.fonts = function () { return [FACES.sans, FACES.sans.replace('400', '600')].map(function (one) { return one.replace('#', 12); }); };

    function write(one, box, letters) {
      dress(letters);
      context.textAlign = 'center';
      context.textBaseline = 'alphabetic';
      context.setLineDash([]);
      context.lineJoin = 'round';
      context.globalAlpha = 1;
      [one.text].concat(one.second || []).forEach(function (text, n) {
        var x = (box[0] + box[2]) / 2, y = box[1] + letters.size * (0.95 + 1.12 * n), line = cased(text, letters);
        context.strokeStyle = letters.halo_color;
        context.lineWidth = letters.halo_width + 0.5;
        context.globalAlpha = /serif/.test(letters.style) ? 0.55 : 0.85;
        context.strokeText(line, x, y);
        context.globalAlpha = 1;
        context.fillStyle = letters.color;
        context.fillText(line, x, y);
      });
      if ('letterSpacing' in context) context.letterSpacing = '0px';
    }
    function dot(at, how) {
      var path = new Path2D(), r = how.radius;
      if (how.shape === 'square') path.rect(at[0] - r, at[1] - r, 2 * r, 2 * r); else path.arc(at[0], at[1], r, 0, 2 * Math.PI);
      context.fillStyle = how.fill;
      context.fill(path);
      context.strokeStyle = how.color;
      context.lineWidth = how.width;
      context.setLineDash([]);
      context.stroke(path);
    }
    return names;
  };
})();
