/* hall.js -- the service hall's pages: a number that follows the queue, a wall
 * that speaks, a terminal that forgets.  Each does the same without it, by
 * refreshing itself. */
(function () {
  'use strict';
  var d = document;
  function one(s, root) { return (root || d).querySelector(s); }

  /* ---- what is said is spoken, once ---- */
  var last = one('[data-say]') && one('[data-say]').textContent;
  function speak() {
    var e = one('[data-say]'), text = e ? e.textContent : '';
    if (!text || text === last) return;
    last = text;
    if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) return;
    var u = new SpeechSynthesisUtterance(text.replace(/[A-Z0-9]/g, '$& '));
    u.lang = 'zh-CN';
    speechSynthesis.speak(u);
  }

  /* ---- one's own number: asked for again ---- */
  var poll = one('[data-poll]');
  if (poll) setInterval(function () {
    if (d.hidden) return;
    fetch(location.href, { credentials: 'same-origin' }).then(function (r) {
      return r.ok ? r.text() : Promise.reject(r);
    }).then(function (html) {
      var next = new DOMParser().parseFromString(html, 'text/html');
      var from = one('[data-poll] [data-live]', next);
      if (!from) return location.reload(); /* done, missed, given up */
      one('[data-live]', poll).innerHTML = from.innerHTML;
      d.title = next.title;
      speak();
    }).catch(function () { /* the line is bad: what is shown stays */ });
  }, 1000 * poll.dataset.poll);

  /* ---- the wall: told by the server ---- */
  var wall = one('[data-stream]'), time = one('[data-clock]');
  if (wall && window.EventSource) {
    new EventSource(wall.dataset.stream).addEventListener('update',
      function (e) {
        one('[data-live]', wall).innerHTML = e.data;
        speak();
      });
    setInterval(function () {
      time.textContent = new Date().toTimeString().slice(0, 5);
    }, 5000);
  }

  /* ---- print ---- */
  [].forEach.call(d.querySelectorAll('[data-print]'), function (b) {
    b.hidden = false;
    b.addEventListener('click', function () { print(); });
  });

  /* ---- the terminal: digits to touch, and it forgets ---- */
  var idle = one('[data-idle]');
  if (!idle) return;
  var kiosk = d.body.classList.contains('kiosk');
  var inputs = d.querySelectorAll((kiosk ? 'form[method=post]'
    : 'form[data-pad]') + ' .input');
  if (inputs.length) {
    var to = inputs[0], pad = d.createElement('div');
    pad.className = 'pad';
    [].forEach.call(inputs, function (i) {
      i.addEventListener('focus', function () { to = i; });
    });
    var keys = kiosk ? '0123456789ABCDEFGHJKMNPQRSTVWXYZ-⌫'
      : '1234567890qwertyuiopasdfghjklzxcvbnm.-_@!#⇧⌫';
    var big = false;
    keys.split('').forEach(function (k) {
      var b = d.createElement('button');
      b.type = 'button';
      b.className = 'btn btn-2';
      b.textContent = k;
      if (k === '⌫') b.setAttribute('aria-label', '删除一个字');
      if (k === '⇧') b.setAttribute('aria-label', '大写');
      b.addEventListener('click', function () {
        if (k === '⇧') {
          big = !big;
          b.setAttribute('aria-pressed', big);
          [].forEach.call(pad.children, function (c) {
            c.textContent = big ? c.textContent.toUpperCase()
              : c.textContent.toLowerCase();
          });
        } else to.value = k === '⌫' ? to.value.slice(0, -1)
          : to.value + b.textContent;
        to.focus();
      });
      pad.append(b);
    });
    inputs[0].form.append(pad);
    inputs[0].focus();
  }
  var WARN = 15, left = +idle.dataset.idle;
  var box = d.createElement('div');
  box.className = 'kiosk-warn';
  box.setAttribute('role', 'alert');
  box.hidden = true;
  var words = d.createElement('p'), stay = d.createElement('button');
  stay.className = 'btn btn-lg';
  stay.type = 'button';
  stay.textContent = '我还在用';
  box.append(words, stay);
  d.body.append(box);
  function again() {
    left = +idle.dataset.idle;
    box.hidden = true;
  }
  ['pointerdown', 'keydown', 'scroll', 'input'].forEach(function (what) {
    addEventListener(what, again, { passive: true });
  });
  setInterval(function () {
    left--;
    if (left <= 0) {
      [].forEach.call(d.forms, function (f) { f.reset(); });
      var ends = one('form[data-ends]'); /* ends the session as well */
      left = 1e9;
      return ends ? ends.submit() : location.replace(idle.dataset.end);
    }
    if (left <= WARN && box.hidden) {
      words.textContent = '没有人操作，马上结束并清除您的内容。';
      box.hidden = false;
    }
  }, 1000);
})();
