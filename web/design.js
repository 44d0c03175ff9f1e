/* design.js -- the diagram editor of the designer's page, when it is there.
 * It reads the text of the form and writes it back when the form is sent, so
 * the form does the same with and without it.  bpmn-js and dmn-js are used as
 * they are, their logo in view. */
(function () {
  'use strict';
  var d = document;
  var box = d.querySelector('[data-editor]');
  var kind = box && box.dataset.editor;
  var Editor = kind === 'bpmn' ? window.BpmnJS : window.DmnJS;
  if (!box || !Editor) return;
  var text = d.getElementById(box.dataset.text);
  var editor = null, baseline = null;

  function make(tag, look, words) {
    var e = d.createElement(tag);
    e.className = look;
    if (words) e.textContent = words;
    return e;
  }
  var open = make('button', 'btn btn-2', '打开图形编辑器');
  var said = make('p', 'hint mt');
  var canvas = make('div', 'editor mt');
  open.type = 'button';
  said.setAttribute('role', 'status');
  canvas.hidden = true;
  box.hidden = false;
  box.append(open, said, canvas);

  /* What the drawing says before anybody touched it: only a difference from
   * this is written into the text. */
  function remember() {
    return editor.saveXML({ format: true }).then(function (r) {
      baseline = r.xml;
    });
  }
  function load() {
    baseline = null;
    var begun = text.value.trim() || kind !== 'bpmn'
      ? editor.importXML(text.value) : editor.createDiagram();
    return begun.then(remember).then(function () {
      said.textContent = '图上的改动在保存时写进文件内容。';
    }).catch(function () {
      said.textContent = '下面的内容画不出来，请改好内容或者选择文件。';
    });
  }
  open.addEventListener('click', function () {
    open.remove();
    canvas.hidden = false;
    canvas.tabIndex = -1;
    canvas.focus();
    editor = new Editor({ container: canvas });
    load();
  });
  text.addEventListener('change', function () {
    if (editor) load();
  });
  text.form.addEventListener('submit', function (e) {
    var form = text.form;
    if (!editor || baseline === null) return;
    e.preventDefault();
    editor.saveXML({ format: true }).then(function (r) {
      if (r.xml !== baseline) text.value = r.xml;
      form.submit();
    }, function () { form.submit(); });
  });
})();
