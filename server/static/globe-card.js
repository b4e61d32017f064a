/* What is known of a feature, upon the globe itself: where there is no panel beside it. */
(function () {
  'use strict';
  var el = marchland.el;

  marchland.globeCard = function (box, closed) {
    var card = el('section', { 'class': 'globe-card', role: 'dialog', tabindex: '-1', hidden: '' }), back = null;
    box.appendChild(card);

    function shut() {
      if (card.hidden) return;
      var inside = card.contains(document.activeElement);
      card.hidden = true;
      closed();
      if (inside && back) back();
    }
    document.addEventListener('keydown', function (event) { if (event.key === 'Escape') shut(); });

    /* Shows the facts; `from` takes the focus back when the card closes. */
    return {
      show: function (item, from) {
        var close = el('button', { type: 'button', 'class': 'globe-close', 'aria-label': marchland.gettext('Close the details') }, '×');
        close.addEventListener('click', shut);
        if (!marchland.facts) { var own = this; marchland.later(function () { own.show(item, from); }); return; }
        card.setAttribute('aria-label', marchland.words.name(item.feature.properties, item.id).text);
        card.replaceChildren(close, marchland.facts(item.feature, item.config));
        card.hidden = false;
        card.scrollTop = 0;
        back = from;
        card.focus({ preventScroll: true });
      },
      close: shut
    };
  };
})();
