/* village.js -- filing on a bad line.
 *
 * What the agent filled in is kept in the browser's database, papers too, and
 * marked 未发送 until the server has said its number.  Each is sent in three
 * steps that may each be repeated: authority, papers, application.  The key of
 * the application is made when it is filled in, so the same one sent twice is
 * filed once. */
(function () {
  'use strict';
  var d = document, busy = false;
  function one(s, root) { return (root || d).querySelector(s); }
  function make(tag, look, text) {
    var e = d.createElement(tag);
    e.className = look || '';
    if (text) e.textContent = text;
    return e;
  }
  function csrf() {
    var i = one('[name=csrf]');
    return i ? i.value : '';
  }

  /* ---- the browser's own store ---- */
  function open() {
    return new Promise(function (ok, no) {
      var r = indexedDB.open('zt-village', 1);
      r.onupgradeneeded = function () {
        r.result.createObjectStore('unsent', { keyPath: 'id' });
      };
      r.onsuccess = function () { ok(r.result); };
      r.onerror = function () { no(r.error); };
    });
  }
  function run(mode, act) {
    return open().then(function (db) {
      return new Promise(function (ok, no) {
        var t = db.transaction('unsent', mode);
        var r = act(t.objectStore('unsent'));
        t.oncomplete = function () { db.close(); ok(r.result); };
        t.onerror = t.onabort = function () { db.close(); no(t.error); };
      });
    });
  }
  function all() { return run('readonly', function (s) { return s.getAll(); }); }
  function put(x) { return run('readwrite', function (s) { return s.put(x); }); }
  function drop(id) { return run('readwrite', function (s) { return s.delete(id); }); }

  /* ---- the line ---- */
  function say(text) {
    var box = one('[data-line]');
    if (!box) return;
    box.hidden = false;
    one('[data-line-text]').textContent = text;
  }
  /* An answer, or an error with `kept`: try again later. */
  function ask(url, body, key) {
    var json = !(body instanceof FormData);
    var heads = { Accept: 'application/json', 'X-CSRF-Token': csrf() };
    if (json) heads['Content-Type'] = 'application/json';
    if (key) heads['Idempotency-Key'] = key;
    return fetch(url, { method: 'POST', headers: heads, credentials:
      'same-origin', body: json ? JSON.stringify(body) : body })
      .catch(function () { throw { kept: '没有网络' }; })
      .then(function (r) {
        return r.json().catch(function () { return {}; }).then(function (v) {
          if (r.ok) return v;
          var said = v.error && v.error.sentence || '没有发送成功';
          if (v.error && v.error.fields && v.error.fields.length)
            said = v.error.fields.map(function (f) { return f.sentence; })
              .join('；');
          if (r.status === 401 || r.status >= 500 || r.status === 429 ||
              v.error && v.error.code === 'csrf')
            throw { kept: r.status === 401 || r.status === 403
              ? '请重新登录后发送' : said };
          throw { wrong: said };
        });
      });
  }

  /* ---- sending one ---- */
  function paper(x, p) {
    if (p.upload) return Promise.resolve();
    return ask('/uploads', { name: p.file, size: p.blob.size })
      .then(function (u) {
        var f = new FormData();
        f.append('offset', '0');
        f.append('chunk', p.blob, p.file);
        return ask('/uploads/' + u.id, f).then(function () {
          p.upload = u.id;
          p.blob = null;
          return put(x);
        });
      });
  }
  function send(x) {
    return ask('/village/authority', { name: x.name, citizen_id: x.citizen_id,
      mobile: x.mobile, item: x.item, proof: x.proof }, x.id + '-a')
      .then(function () {
        return x.papers.reduce(function (before, p) {
          return before.then(function () { return paper(x, p); });
        }, Promise.resolve());
      })
      .then(function () {
        return ask('/apply/' + x.item + '/submit', {
          answers: { applicant_name: x.name, applicant_code: x.citizen_id,
            mobile: x.mobile, town: x.town, matter: x.matter },
          papers: x.papers.map(function (p) {
            return { code: p.code, upload: p.upload };
          })
        }, x.id);
      });
  }
  function flush() {
    if (busy) return;
    busy = true;
    return locked(function () {
      return all().then(function (list) {
        return list.filter(function (x) { return !x.wrong; })
          .reduce(function (before, x) {
            return before.then(function () {
              return send(x).then(function (v) {
                return drop(x.id).then(function () {
                  say('已发送：' + x.word + '，' + x.name + '，办件编号 ' +
                    v.number);
                });
              }, function (e) {
                if (e.kept) throw e;
                x.wrong = e.wrong || '没有发送成功';
                return put(x);
              });
            });
          }, Promise.resolve());
      });
    }).catch(function (e) {
      say((e && e.kept || '没有网络') + '。填好的存在这台设备上，还没有发送。');
    }).then(function () {
      busy = false;
      return show();
    });
  }
  /* Two windows of one browser do not send the same at once. */
  function locked(act) {
    return navigator.locks ? navigator.locks.request('zt-village', act) : act();
  }

  /* ---- what is not sent yet ---- */
  function button(text, look, act) {
    var b = make('button', 'btn btn-sm ' + look, text);
    b.type = 'button';
    b.addEventListener('click', act);
    return b;
  }
  function show() {
    var box = one('[data-unsent]'), list = one('[data-unsent-list]');
    if (!box) return;
    return all().then(function (rows) {
      box.hidden = !rows.length;
      list.textContent = '';
      var ul = make('ul', 'list');
      rows.forEach(function (x) {
        var li = make('li'), text = make('span', 'grow');
        text.append(make('b', '', x.word + ' ' + x.name), ' ',
          make('span', 'tag warn', '未发送'), d.createElement('br'),
          make('span', x.wrong ? 'bad' : 'muted', x.wrong
            ? '没有通过：' + x.wrong : x.saved + ' 存在这台设备'));
        li.append(text);
        li.append(button('现在发送', 'btn-2', function () {
          x.wrong = '';
          put(x).then(flush);
        }));
        li.append(button('删除', 'btn-bad', function () {
          if (confirm('删除以后这份申请就没有了，确定删除？'))
            drop(x.id).then(show);
        }));
        ul.append(li);
      });
      list.append(ul);
    });
  }

  /* ---- filling in ---- */
  function missing(form) {
    var e = form.elements, id = e.citizen_id.value.trim();
    if (!e.name.value.trim()) return '请填写居民姓名';
    if (!/^\d{17}[\dXx]$/.test(id))
      return '公民身份号码应为 18 位，您输入了 ' + id.length + ' 位';
    if (!/^1\d{10}$/.test(e.mobile.value.replace(/\s/g, '')))
      return '手机号码应为 11 位数字';
    if (e.matter.value.trim().length < 4) return '请填写申请内容，至少四个字';
    var lacks = [].filter.call(form.querySelectorAll('[data-needed]'),
      function (i) { return !i.files.length; });
    return lacks.length ? '还没有选择“' + lacks[0].dataset.name + '”' : '';
  }
  function record(form) {
    var e = form.elements, now = new Date();
    return { id: crypto.randomUUID ? crypto.randomUUID()
        : String(now.getTime()) + Math.random().toString(36).slice(2),
      item: form.dataset.item, word: form.dataset.word, town: form.dataset.town,
      name: e.name.value.trim(), citizen_id: e.citizen_id.value.trim()
        .toUpperCase(),
      mobile: e.mobile.value.replace(/\s/g, ''), matter: e.matter.value.trim(),
      proof: e.proof.value, saved: now.toLocaleString('zh-CN'), wrong: '',
      papers: [].filter.call(form.querySelectorAll('[type=file]'),
        function (i) { return i.files.length; }).map(function (i) {
        return { code: i.name, file: i.files[0].name, blob: i.files[0] };
      }) };
  }
  var filing = one('[data-filing]'), form = filing && one('form', filing);
  if (form && window.indexedDB) {
    filing.hidden = false;
    form.addEventListener('submit', function (ev) {
      var wrong = one('[data-wrong]'), why = missing(form);
      ev.preventDefault();
      wrong.hidden = !why;
      wrong.textContent = why;
      if (why) return wrong.scrollIntoView();
      put(record(form)).then(function () {
        form.reset();
        say('已存在这台设备，未发送，正在试着发送。');
        return show();
      }).then(flush);
    });
  }
  if (!window.indexedDB) return;
  show().then(flush);
  addEventListener('online', flush);
  setInterval(function () { if (!d.hidden) flush(); }, 15000);

  /* ---- the pages themselves, for when there is no line ---- */
  if (navigator.serviceWorker)
    navigator.serviceWorker.register('/village/worker.js', { scope:
      '/village/' });
})();
