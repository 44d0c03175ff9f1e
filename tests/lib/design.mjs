// A process, a decision table and a form in two versions each, the form being
// changed, and a post somebody holds: for the walks that need real ones at the
// designer's addresses.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const PROCESS = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
  targetNamespace="https://example.invalid/walk">
  <process id="walk" name="审批" isExecutable="true">
    <startEvent id="start" name="提交"/>
    <sequenceFlow id="a" sourceRef="start" targetRef="review"/>
    <userTask id="review" name="审核"/>
    <sequenceFlow id="b" sourceRef="review" targetRef="end"/>
    <endEvent id="end" name="结束"/>
  </process>
</definitions>`;

// What the addresses of the designer want, or why they cannot have it.
export async function designSamples(person, judge) {
  const table = fs.readFileSync(
    path.join(root, 'data/themes/canyin/rules.dmn'), 'utf8');
  const form = fs.readFileSync(path.join(root, 'data/forms/new.json'), 'utf8');
  const made = [['tables', 'walk-table', table, '<!-- 第二版 -->\n'],
    ['processes', 'walk-process', PROCESS, '<!-- 第二版 -->\n'],
    ['forms', 'walk-form', form, '']];
  const samples = {};
  for (const [kind, key, xml, second] of made) {
    // The same text again is no new version, so the second says more.
    for (const [url, more] of [[`/design/${kind}/new`, ''],
      [`/design/${kind}/${key}/new`, second]]) {
      const text = url.endsWith(`${key}/new`) && !more
        ? xml.replace('我要……', '我要演练') : xml + more;
      const r = await person.post(url,
        { key, title: '演练', note: '演练', xml: text });
      judge(r.status < 300, `POST ${url}: ${r.status}`, r.text.slice(0, 400));
    }
    samples[`/design/${kind}/key`] = key;
  }
  const r = await person.post('/design/forms/walk-form/1/edit', {});
  judge(r.status < 300, `a form is being changed: ${r.status}`,
    r.text.slice(0, 400));
  const held = await person.get('/design/posts?unit=D025');
  const work = '/design/forms/{key}/work';
  return { ...samples, version: '1', [`${work}/groups/code`]: 'applicant',
    [`${work}/fields/code`]: 'mobile', [`${work}/papers/code`]: 'form',
    [`${work}/parts/code`]: 'one',
    '/design/posts/id': held.json?.rows?.find(h => h.href)?.id ?? '0' };
}
