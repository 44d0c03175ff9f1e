/* zw.js -- comfort only: every page works without it. */
(function () {
  'use strict';
  var d = document;
  function all(s, root) { return [].slice.call((root || d).querySelectorAll(s)); }
  function make(tag, look, text) {
    var e = d.createElement(tag);
    e.className = look || '';
    if (text) e.textContent = text;
    return e;
  }
  // The country's time, as the server writes it, wherever the browser is.
  function clock() {
    return new Date(Date.now() + 8 * 3600000).toISOString().slice(11, 16);
  }

  /* ---- errors are met first ---- */
  var errors = d.querySelector('.errsum');
  if (errors) errors.focus();

  /* ---- print opens what is folded ---- */
  addEventListener('beforeprint', function () {
    all('details').forEach(function (x) { x.open = true; });
  });

  /* ---- a form says that it is on its way ---- */
  d.addEventListener('submit', function (e) {
    var b = e.submitter || e.target.querySelector('button:not([type=button])');
    if (e.defaultPrevented || !b) return;
    if (e.target.dataset.sent) return e.preventDefault();
    if (e.target.method === 'post') e.target.dataset.sent = 1;
    setTimeout(function () {
      b.setAttribute('aria-busy', 'true');
      b.dataset.was = b.innerHTML;
      b.textContent = '正在提交…';
    }, 300);
  });
  /* back from the next page: ready again */
  addEventListener('pageshow', function () {
    all('form[data-sent]').forEach(function (f) {
      delete f.dataset.sent;
      all('[aria-busy]', f).forEach(function (b) {
        b.removeAttribute('aria-busy');
        b.innerHTML = b.dataset.was;
      });
    });
  });

  /* ---- autosave: what is typed becomes the draft ---- */
  all('form[data-autosave]').forEach(function (form) {
    var timer, said = d.querySelector('[data-saved] span');
    function say(text) { if (said) said.textContent = text; }
    function save() {
      var body = new URLSearchParams();
      new FormData(form).forEach(function (v, k) {
        if (typeof v === 'string') body.append(k, v);
      });
      fetch(form.dataset.autosave, {
        method: 'POST', body: body, credentials: 'same-origin',
        headers: { Accept: 'application/json' }
      }).then(function (r) {
        if (!r.ok) throw r;
        return r.json();
      }).then(function (v) {
        var f = form.elements.revision;
        if (f && v.revision) f.value = v.revision;
        say(clock() + ' 已自动保存');
      }).catch(function () { say('还没有保存，请点“保存”'); });
    }
    form.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    });
    form.addEventListener('submit', function () { clearTimeout(timer); });
  });

  /* ---- a signature drawn by hand, kept as the path of an SVG ---- */
  all('[data-draws]').forEach(function (box) {
    var NS = 'http://www.w3.org/2000/svg', input = box.querySelector('input');
    var svg = box.querySelector('svg') || d.createElementNS(NS, 'svg');
    var path = svg.querySelector('path') || d.createElementNS(NS, 'path');
    var drawn = input.value, down = false;
    svg.setAttribute('class', 'ink');
    svg.setAttribute('viewBox', '0 0 400 160');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', '在这里手写签名');
    svg.append(path);
    var clear = make('button', 'btn btn-2 btn-sm', '清除重签');
    clear.type = 'button';
    box.prepend(make('p', 'hint', '可以用手指或者鼠标在下面的框里手写签名；不方便的只写姓名也可以。'));
    box.append(svg, clear);
    function keep() {
      path.setAttribute('d', drawn);
      input.value = drawn;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    function point(e, how) {
      var r = svg.getBoundingClientRect();
      var x = Math.round((e.clientX - r.left) / r.width * 400);
      var y = Math.round((e.clientY - r.top) / r.height * 160);
      if (x < 0 || y < 0 || x > 400 || y > 160 || drawn.length > 5980) return;
      drawn += how + x + ' ' + y;
      path.setAttribute('d', drawn);
    }
    svg.addEventListener('pointerdown', function (e) {
      down = true;
      svg.setPointerCapture(e.pointerId);
      point(e, 'M');
      point(e, 'L');
    });
    svg.addEventListener('pointermove', function (e) { if (down) point(e, drawn ? 'L' : 'M'); });
    svg.addEventListener('pointerup', function () { down = false; keep(); });
    clear.onclick = function () { drawn = ''; keep(); };
  });

  /* ---- upload: drop a file, see how far it is ---- */
  all('form[data-upload]').forEach(function (form) {
    var input = form.querySelector('input[type=file]');
    function over(e) { e.preventDefault(); form.classList.add('over'); }
    function out() { form.classList.remove('over'); }
    form.addEventListener('dragover', over);
    form.addEventListener('dragleave', out);
    form.addEventListener('drop', function (e) {
      e.preventDefault();
      out();
      if (!e.dataTransfer.files.length) return;
      input.files = e.dataTransfer.files;
      send();
    });
    input.addEventListener('change', send);
    var paper = form.closest('.mat[id]');
    function again() {
      if (paper) location.hash = paper.id;
      location.reload();
    }
    /* back at the paper just handed in, not at the top of the page; after the
       browser has gone to the fragment, which takes the focus away */
    if (paper && location.hash === '#' + paper.id)
      addEventListener('load', function () { input.focus(); });
    function send() {
      var file = input.files[0], x = new XMLHttpRequest();
      if (!file) return;
      var box = make('p', 'small grow', '上传中 0%');
      var bar = make('progress', 'bar');
      box.setAttribute('role', 'status');
      bar.max = 100;
      bar.setAttribute('aria-label', file.name + '上传进度');
      form.append(box, bar);
      x.open('POST', form.action);
      x.setRequestHeader('Accept', 'application/json');
      x.upload.onprogress = function (e) {
        bar.value = e.total ? 100 * e.loaded / e.total : 0;
        box.firstChild.data = '上传中 ' + Math.round(bar.value) + '%';
      };
      x.onload = function () {
        var why = '没有上传成功，请再试一次';
        if (x.status < 300) return again();
        try {
          var said = JSON.parse(x.responseText).error, at = (said.fields || [])[0];
          why = at ? at.sentence : said.sentence;
        } catch (e) { /* keep */ }
        bar.remove();
        box.textContent = why;
        box.className = 'errmsg';
        input.value = '';
      };
      x.onerror = function () {
        bar.remove();
        box.textContent = '网络中断，请检查网络后重新选择文件';
        box.className = 'errmsg';
        input.value = '';
      };
      x.send(new FormData(form));
    }
  });

  /* ---- live rows ---- */
  all('zw-live[src]').forEach(function (live) {
    var src = live.getAttribute('src'), rows = live.querySelector('[data-rows]');
    var stream, paused = false, last = clock();
    if (!src || !rows || !window.EventSource) return;
    var bar = make('p', 'live-bar'), note = make('span', '', '实时更新');
    var button = make('button', 'btn btn-2 btn-sm', '暂停更新');
    button.type = 'button';
    bar.append(note, button);
    live.prepend(bar);
    function show(html) {
      if (paused || rows.contains(d.activeElement)) return;
      rows.innerHTML = html;
      last = clock();
      note.textContent = last + ' 更新';
    }
    function close() { if (stream) stream.close(); stream = null; }
    function open() {
      if (stream || paused || d.hidden) return;
      stream = new EventSource(src);
      stream.addEventListener('update', function (e) { show(e.data); });
      stream.onopen = function () { note.textContent = last + ' 更新'; };
      stream.onerror = function () {
        note.textContent = '实时更新已中断，显示的是 ' + last + ' 的数据';
        if (stream.readyState !== EventSource.CLOSED) return; /* it tries again */
        button.textContent = '重试';
        close();
      };
    }
    button.onclick = function () {
      if (!stream && !paused) {
        button.textContent = '暂停更新';
        return open();
      }
      paused = !paused;
      button.textContent = paused ? '继续更新' : '暂停更新';
      if (paused) close(); else open();
    };
    d.addEventListener('visibilitychange', function () {
      if (d.hidden) close(); else open();
    });
    open();
  });

  /* ---- the hall's screen turns its own pages ---- */
  var hall = d.querySelector('[data-next]');
  if (hall) setTimeout(function () { location.replace(hall.dataset.next); }, 15000);

  /* ---- keys: off while typing, off when the reader says so ---- */
  var KEY = 'zw-keys', help;
  function off() { try { return localStorage.getItem(KEY) === 'off'; } catch (e) { return false; } }
  function rowLinks() { return all('[data-keys] th a'); }
  function move(step) {
    var links = rowLinks(), at = links.indexOf(d.activeElement);
    var next = links[Math.max(0, Math.min(links.length - 1, at + step))];
    if (at < 0) next = links[0];
    all('.kbd-row').forEach(function (r) { r.classList.remove('kbd-row'); });
    if (!next) return;
    next.focus();
    next.closest('tr').classList.add('kbd-row');
  }
  function paper(step) {
    var links = all('[data-papers] a');
    var at = links.findIndex(function (a) { return a.hasAttribute('aria-current'); });
    if (links[at + step]) links[at + step].click();
  }
  function toggleHelp() {
    if (help) { help.remove(); help = null; return; }
    help = make('section', 'card keys');
    help.setAttribute('aria-label', '快捷键');
    var list = make('dl');
    [['/', '查找'], ['J K', '上下移动'], ['Enter', '打开'], ['N', '窗口收件'], ['A', '同意'],
     ['B', '要求补正'], ['Z', '转办'], ['[ ]', '上一份、下一份材料'], ['?', '打开或关闭本表']
    ].forEach(function (k) {
      var t = make('dt');
      t.append(make('kbd', '', k[0]));
      list.append(t, make('dd', '', k[1]));
    });
    var b = make('button', 'btn btn-2 btn-sm', off() ? '启用快捷键' : '停用快捷键');
    b.type = 'button';
    b.onclick = function () {
      try { localStorage.setItem(KEY, off() ? 'on' : 'off'); } catch (e) { /* none kept */ }
      b.textContent = off() ? '启用快捷键' : '停用快捷键';
    };
    help.append(make('h2', '', '快捷键'), list, b);
    d.body.append(help);
    b.focus();
  }
  d.addEventListener('keydown', function (e) {
    var t = e.target, k = e.key.toLowerCase();
    if (e.ctrlKey || e.metaKey || e.altKey || t.isContentEditable ||
        /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName)) return;
    if (e.key === '?' && d.querySelector('.desk')) return toggleHelp();
    if (e.key === 'Escape' && help) return toggleHelp();
    if (off()) return;
    if (e.key === '/') {
      var s = d.querySelector('[role=search] input');
      if (s) { e.preventDefault(); s.focus(); }
    } else if (k === 'j' || k === 'k') {
      move(k === 'j' ? 1 : -1);
    } else if (k === '[' || k === ']') {
      paper(k === ']' ? 1 : -1);
    } else if (/^[a-z]$/.test(k)) {
      var a = d.querySelector('[data-key="' + k + '"],[data-key="' + k.toUpperCase() + '"]');
      if (a) a.click();
    }
  });
})();
