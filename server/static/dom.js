/* Elements made without markup: text goes in as text and nowhere else. */
(function () {
  'use strict';
  var marchland = (window.marchland = window.marchland || {});

  /* An element with attributes and children; a string child is text, null and undefined are left out. */
  marchland.el = function (tag, attributes, children) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (attributes[name] != null) made.setAttribute(name, attributes[name]);
    });
    [].concat(children == null ? [] : children).forEach(function (child) {
      if (child == null) return;
      made.appendChild(typeof child === 'object' ? child : document.createTextNode(String(child)));
    });
    return made;
  };

  /* A link, if the address is http or https; else its text alone. */
  marchland.link = function (address, text) {
    var url = null;
    try { url = new URL(address, document.baseURI); } catch (error) { /* no address, no link */ }
    if (!url || !/^https?:$/.test(url.protocol)) return document.createTextNode(text);
    return marchland.el('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank' }, text);
  };
})();
