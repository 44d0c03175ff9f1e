/* map.js -- a point: by the device, on a map.  Comfort only: the numbers are
   always there to be written.  Leaflet (make vendor) draws the map. */
(function () {
  'use strict';
  var d = document;
  if (window.zwMap) return; /* the page has several points */
  window.zwMap = true;
  function all(s) { return [].slice.call(d.querySelectorAll(s)); }
  function make(tag, look, text) {
    var e = d.createElement(tag);
    e.className = look || '';
    if (text) e.textContent = text;
    return e;
  }

  /* ---- the numbers of a question ---- */
  function numbers(form, name) {
    var system = [].slice.call(form.querySelectorAll('[name="' + name + '.system"]'));
    return {
      lat: form.elements[name + '.lat'], lon: form.elements[name + '.lon'], system: system,
      write: function (lat, lon) {
        this.lat.value = lat.toFixed(6);
        this.lon.value = lon.toFixed(6);
        system.forEach(function (s) { s.checked = s.value === 'CGCS2000'; });
        this.lon.dispatchEvent(new Event('input', { bubbles: true }));
      },
      /* What satellites mean by them: null for none yet or another system. */
      read: function () {
        var lat = parseFloat(this.lat.value), lon = parseFloat(this.lon.value);
        return isFinite(lat) && isFinite(lon) && Math.abs(lat) < 85 && Math.abs(lon) < 180 &&
          !this.other() ? [lat, lon] : null;
      },
      other: function () {
        return system.some(function (s) { return s.checked && s.value !== 'CGCS2000'; });
      }
    };
  }

  /* ---- where this device is: satellites speak CGCS2000 (WGS-84) ---- */
  all('[data-locates]').forEach(function (box) {
    var form = box.closest('form'), button = box.querySelector('button');
    var said = box.querySelector('[role=status]');
    if (!navigator.geolocation || !window.isSecureContext || !form) return;
    button.parentNode.hidden = false;
    button.onclick = function () {
      said.textContent = '正在取得位置…';
      navigator.geolocation.getCurrentPosition(function (at) {
        var off = Math.ceil(at.coords.accuracy);
        numbers(form, box.dataset.locates).write(at.coords.latitude, at.coords.longitude);
        said.textContent = '已填写设备给出的位置，误差约 ' + off + ' 米' +
          (off > 50 ? '；误差较大，请核对后修改。' : '。');
      }, function (why) {
        said.textContent = why.code === 1
          ? '浏览器没有允许取得位置，请填写坐标。' : '没有取得位置，请填写坐标。';
      }, { enableHighAccuracy: true, timeout: 15000 });
    };
  });

  /* ---- the map ---- */
  function safe(text) {
    var e = make('i', '', text);
    return e.innerHTML;
  }
  function words(at) {
    return '北纬 ' + at[0].toFixed(6) + '°，东经 ' + at[1].toFixed(6) + '°';
  }
  function square(box) {
    var s = box.dataset.square.split(',').map(parseFloat);
    return s.length === 4 ? [[s[0], s[1]], [s[2], s[3]]] : null;
  }

  /* The map itself, opened on a point or on where it has to lie. */
  function open(box, at, said) {
    var L = window.L, pane = make('div', 'map-pane');
    var layer = { maxZoom: 18, attribution: safe(box.dataset.credit), referrerPolicy: 'strict-origin' };
    box.hidden = false;
    box.append(pane);
    var map = L.map(pane, { scrollWheelZoom: false, keyboardPanDelta: 40, zoomControl: false,
      maxZoom: 18, zoomAnimation: false, fadeAnimation: false, inertia: false });
    L.control.zoom({ zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(map);
    map.attributionControl.setPrefix(false);
    if (at) map.setView(at, 16);
    else map.fitBounds(square(box) || [[18, 73], [54, 135]]);
    [box.dataset.tiles, box.dataset.labels].forEach(function (tiles) {
      if (!tiles) return;
      L.tileLayer(tiles, layer).addTo(map).on('tileerror', function () {
        said.textContent = '地图图片没有取到，坐标照样可以填写。';
      });
    });
    var pin = L.marker([0, 0], { keyboard: false, interactive: false,
      icon: L.divIcon({ className: '', html: '<div class="map-pin"></div>', iconSize: [22, 22],
        iconAnchor: [11, 27] }) /* its tip */ });
    return { map: map, pane: pane, show: function (to) {
      if (to) pin.setLatLng(to).addTo(map); else pin.remove();
    } };
  }

  function look(box) {
    var at = [parseFloat(box.dataset.lat), parseFloat(box.dataset.lon)];
    var said = make('p', 'hint');
    said.setAttribute('role', 'status');
    var o = open(box, at, said);
    o.pane.setAttribute('role', 'group');
    o.pane.setAttribute('aria-label', '地图：' + box.dataset.label + '，' + words(at));
    o.show(at);
    box.append(said);
  }

  function pick(box) {
    var n = numbers(box.closest('form'), box.dataset.map), was = n.read(), own = false;
    var said = make('p', 'hint');
    said.setAttribute('role', 'status');
    box.append(make('p', 'hint mb', '在地图上点一下就选定；也可以把十字移到那里（键盘用方向键移动、加减号缩放、回车选定）。'));
    var o = open(box, was, said), limits = square(box);
    var button = make('button', 'btn btn-2 btn-sm', '选定十字所在的位置'), row = make('div', 'row mt');
    button.type = 'button';
    row.append(button, said);
    box.append(row);
    o.pane.append(make('div', 'map-cross'));
    o.pane.setAttribute('role', 'application');
    o.pane.setAttribute('aria-label', '地图：' + box.dataset.label);
    function choose(at) {
      var p = [at.lat, at.lng];
      own = true;
      n.write(p[0], p[1]);
      own = false;
      o.show(p);
      var out = limits && (p[0] < limits[0][0] || p[0] > limits[1][0] ||
                           p[1] < limits[0][1] || p[1] > limits[1][1]);
      said.textContent = '已选定 ' + words(p) + (out ? '；这里不在要求的范围内，请重新选。' : '');
    }
    function center() { choose(o.map.getCenter()); }
    function follow() {
      var at = n.read();
      if (own) return;
      o.show(at);
      if (at) o.map.setView(at, Math.max(o.map.getZoom(), 14));
      said.textContent = n.other() && n.lat.value
        ? '手机地图的坐标（GCJ-02）和这张图相差几百米，不在图上标出。' : '';
    }
    o.show(was);
    o.map.on('click', function (e) { choose(e.latlng); });
    button.onclick = center;
    o.pane.addEventListener('keydown', function (e) {
      if (e.key !== 'Enter' || e.target !== o.pane) return;
      e.preventDefault();
      center();
    });
    [n.lat, n.lon].concat(n.system).forEach(function (i) { i.addEventListener('input', follow); });
  }

  var boxes = all('[data-map]');
  if (!boxes.length) return;
  var sheet = make('link'), script = make('script');
  sheet.rel = 'stylesheet';
  sheet.href = boxes[0].dataset.style;
  script.src = boxes[0].dataset.script;
  script.onload = function () {
    boxes.forEach(function (box) {
      if (box.dataset.map) pick(box); else look(box);
    });
  };
  d.head.prepend(sheet);
  d.head.append(script);
})();
