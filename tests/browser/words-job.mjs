// An applicant hands in a document, a sheet and an OFD; who decides reads their
// words beside the form, marked as words, and nothing of them runs.  Of the OFD
// there are its pages, too, and what they do not show is said.
import { Hall } from '../lib/hall.mjs';
import { Journey } from '../lib/journey.mjs';
import { docx, xlsx } from '../lib/office.mjs';
import { ofd } from '../lib/ofd.mjs';

const DOCX = docx('<w:p><w:r><w:t>平面图说明</w:t></w:r></w:p><w:p><w:r><w:t>' +
  '&lt;img src=x onerror=alert(1)&gt;</w:t></w:r></w:p><w:tbl><w:tr><w:tc>' +
  '<w:p><w:r><w:t>厨房</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>40 平方米' +
  '</w:t></w:r></w:p></w:tc></w:tr></w:tbl>');
const PAPERS = {
  plan: { bytes: DOCX, name: '平面图.docx',
    wants: ['平面图说明', '<img src=x onerror=alert(1)>', '40 平方米'] },
  premises: { bytes: ofd([['房屋租赁合同', '出租方：云溪市清溪居委会'],
    ['第二页', '出租方（盖章）：']]), pages: 2, name: '合同.ofd',
  wants: ['第 1 页', '租赁合同', '清溪居委会'] },
  safety: { bytes: xlsx([['设备', '数量'], ['灶台', '4']]), name: '制度.xlsx',
    wants: ['设备清单', '灶台'] },
};

class Office extends Hall {
  upload(person, draft, paper) {
    const p = PAPERS[paper.code];
    return p ? person.send(`/drafts/${draft}/papers/${paper.code}`,
      [['file', { bytes: p.bytes, name: p.name,
        type: 'application/octet-stream' }]])
      : super.upload(person, draft, paper);
  }
}

// The papers of these names at the desk of one part, with whose it is.
async function desks(hall, journey) {
  const found = [];
  for (const part of journey.parts) {
    const officer = `officer.${part.unit}`;
    const page = await hall.read(hall.people.of(officer),
      `/desk/${part.number}`);
    for (const p of page.papers)
      if (PAPERS[p.code] && !found.some(f => f.code === p.code))
        found.push({ code: p.code, href: p.href, officer });
  }
  return found;
}

// The pages of an OFD: a picture with something on it, the next one with its
// seal, and the words folded below.
async function seePages(page, judge, name, pages) {
  const picture = page.locator('#viewer img.page-img');
  const drawn = () => picture.evaluate(async i => {
    await i.decode();
    return i.naturalWidth;
  });
  judge(await drawn() > 500, `${name}: page 1 is drawn`);
  const bar = await page.locator('#viewer .pages').innerText();
  judge(bar.includes(`共 ${pages} 页`), `${name}: ${pages} pages`, bar);
  await page.click('#viewer a[rel=next]');
  judge(await drawn() > 500, `${name}: page 2 is drawn`);
  const note = await page.locator('#viewer > .note').innerText();
  judge(note.includes('没有核验签名'), `${name}: the seal is no proof`, note);
  await page.click('#viewer summary');
}

export async function wordsJob({ place, judge, shots, axe, context }) {
  const hall = new Office(place), person = hall.resident(77);
  const journey = new Journey(hall, 77, person);
  while (await journey.next())
    if (journey.done === 'look') break;
  const found = await desks(hall, journey);
  judge(found.length === 3, `words: three office papers: ${found.length}`);
  for (const size of [{ width: 1280, height: 900 }, { width: 390, height: 844 }])
    for (const { code, href, officer } of found) {
      const name = `words ${code} ${size.width}`;
      const c = await context(size)(officer), page = await c.newPage();
      const words = page.locator('#viewer .words');
      for (let i = 0; i < 60 && !await words.count(); i++) {
        await page.waitForTimeout(i ? 500 : 0);
        await page.goto(place.base + href);
      }
      const { pages, wants } = PAPERS[code];
      if (pages) await seePages(page, judge, name, pages);
      const text = await words.innerText();
      judge(text.includes(pages ? '从文件里读出的文字' : '文字预览'),
        `${name}: says what it is`);
      for (const w of wants)
        judge(text.includes(w), `${name}: no "${w}"`, text.slice(0, 300));
      judge(await words.locator('img').count() === 0, `${name}: only words`);
      await page.evaluate(`${axe};0`);
      const bad = await page.evaluate(`axe.run('#viewer').then(r =>
        r.violations.map(v => v.id + ' ' + v.nodes[0].target).join('; '))`);
      judge(!bad, `${name}: axe`, bad);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      judge(wide <= size.width, `${name}: ${wide} pixels wide`);
      await page.screenshot({ path: `${shots}/words-${code}-${size.width}.png`,
        fullPage: true });
      await page.goto(place.base + href.replace(/\?.*/, ''));
      const seen = await page.locator(`[data-papers] a[href*="${
        href.split('?')[1]}"]`).innerText();
      judge(!seen.includes('未查看'), `${name}: that was the look`, seen);
      await c.close();
    }
}
