/* Small comforts of a page; everything on it works without them. */
(function () {
  'use strict';
  /* The sources of a map come when the list is opened; until then a link to them stands there. */
  [].forEach.call(document.querySelectorAll('details[data-sources]'), function (box) {
    box.addEventListener('toggle', function () {
      fetch(box.getAttribute('data-sources')).then(function (answer) { return answer.text(); }).then(function (page) {
        var list = new DOMParser().parseFromString(page, 'text/html').getElementById('sources');
        if (list) box.lastElementChild.previousElementSibling.replaceWith(document.adoptNode(list));
      }).catch(function () { /* the link stays */ });
    }, { once: true });
  });
  [].forEach.call(document.querySelectorAll('button[data-copy]'), function (button) {
    var field = document.getElementById(button.getAttribute('data-copy')), text = button.textContent, _ = window.marchland ? marchland.gettext : String;
    button.hidden = false;
    function said(word) {
      button.textContent = word;
      setTimeout(function () { button.textContent = text; }, 2000);
    }
    button.addEventListener('click', function () {
      field.select();
      var copied = navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.reject();
      copied.then(function () { said(_('Copied')); }, function () { said(document.execCommand('copy') ? _('Copied') : _('Press Ctrl+C')); });
    });
  });
})();
