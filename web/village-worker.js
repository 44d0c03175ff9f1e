/* village-worker.js -- keeps the pages an agent fills in, for when there is no
 * line.  Only pages that name nobody are kept: those without a query.  What is
 * fresh always goes first. */
'use strict';
var KEPT = 'zt-village-1';
function keeps(url) {
  return url.search === '' && /^\/village\/file(\/[^/]+)?$/.test(url.pathname) ||
    url.pathname.indexOf('/assets/') === 0;
}
function fill() {
  return fetch('/village/file', { credentials: 'same-origin' })
    .then(function (r) {
      if (!r.ok || r.redirected) return;
      return r.clone().text().then(function (html) {
        var more = (html.match(/\/(?:assets|village\/file)\/[^"' ]+/g) || [])
          .map(function (x) { return x.replace(/#.*/, ''); });
        return caches.open(KEPT).then(function (c) {
          return Promise.all([c.put('/village/file', r)].concat(
            more.filter(function (x, i) { return more.indexOf(x) === i; })
              .map(function (x) { return c.add(x).catch(function () {}); })));
        });
      });
    }).catch(function () { /* next time */ });
}
addEventListener('install', function (e) {
  e.waitUntil(fill().then(function () { return skipWaiting(); }));
});
addEventListener('activate', function (e) { e.waitUntil(clients.claim()); });
addEventListener('fetch', function (e) {
  var url = new URL(e.request.url);
  if (e.request.method !== 'GET' || url.origin !== location.origin) return;
  e.respondWith(fetch(e.request).then(function (r) {
    if (r.ok && !r.redirected && keeps(url)) {
      var copy = r.clone();
      caches.open(KEPT).then(function (c) { c.put(e.request, copy); });
    }
    return r;
  }).catch(function () {
    return caches.match(e.request, { ignoreSearch: true }).then(function (r) {
      if (r) return r;
      return e.request.mode === 'navigate' ? caches.match('/village/file')
        : Response.error();
    }).then(function (r) { return r || Response.error(); });
  }));
});
