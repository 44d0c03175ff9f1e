// What the walks need of published information: one that anybody reads, and a
// draft, one to be looked over and one to be released of the city's management
// bureau.
const BODY = '九月一日起，城北市场搬到竹海路南侧，原址改建停车场，摊位保留，' +
  '搬迁期间照常营业，有意见的可以在三十日内提出。';

export const words = (title, formed) => ({ title, formed, category: 'C2303',
  topic: '10', summary: '城北市场搬到竹海路。', body: BODY });

async function draftOf(person, title) {
  const r = await person.post('/disclosure/desk/new',
    words(title, '2026-11-02'));
  const code = r.json?.code ?? /\/desk\/([^/?]+)/.exec(r.location ?? '')?.[1];
  if (!code) throw new Error(`/disclosure/desk/new: ${r.status} ${r.text}`);
  return code;
}

export async function disclosureSamples(people, judge) {
  const writer = people.of('officer.d014'), anyone = people.of('anyone');
  const list = await anyone.get('/disclosure/entries?class=C02');
  const open = list.json.rows.at(-1).code;
  const gone = (await anyone.get('/disclosure/entries?gone=1')).json.rows[0].code;
  const draft = await draftOf(writer, '城北市场搬迁（草稿）');
  const waits = await draftOf(writer, '城北市场搬迁（待保密审查）');
  const looked = await draftOf(writer, '城北市场搬迁（待审核）');
  for (const code of [waits, looked]) {
    const r = await writer.post(`/disclosure/desk/${code}/submit`, {});
    judge(r.status < 400, `submitting ${code}: ${r.status}`);
  }
  const r = await people.of('officer2.d014')
    .post(`/disclosure/desk/${looked}/secrecy`, { said: 'open' });
  judge(r.status < 400, `looking over ${looked}: ${r.status}`);
  const d = '/disclosure/desk/{code}', one = code => `/disclosure/desk/${code}`;
  const own = {};
  for (const path of [d, `${d}/edit`, `${d}/versions/{version}`])
    own[`${path} as`] = 'officer.d014';
  return { ...own, '/disclosure/entries/code': open, '/disclosure/desk/code': draft,
    entry: open, publicDraft: draft, publicWaits: waits, publicLooked: looked,
    disclosure: [['disclosure-found', '/disclosure/entries?words=低保'],
      ['disclosure-none', '/disclosure/entries?words=没有这样的字'],
      ['disclosure-gone', '/disclosure/entries?gone=1'],
      ['disclosure-entry-gone', `/disclosure/entries/${gone}`],
      ['kiosk-open-class', '/kiosk/H1/open?class=C02'],
      ['kiosk-open-words', '/kiosk/H1/open?words=低保'],
      ['disclosure-secrecy', one(waits), 'officer2.d014'],
      ['disclosure-check', one(looked), 'leader.d014'],
      ['disclosure-quality', '/disclosure/quality?unit=D012', 'supervisor']] };
}

// Another organisation's, and one's own words.
export function disclosureDoors({ publicDraft, publicWaits, publicLooked }) {
  const d = '/disclosure/desk';
  return [
    ['a draft nobody released', 'anyone',
      p => p.get(`/disclosure/entries/${publicDraft}`)],
    ['another organisation\'s draft', 'officer.d013',
      p => p.get(`${d}/${publicDraft}`)],
    ['changing it', 'officer.d013',
      p => p.post(`${d}/${publicDraft}/edit`, words('别人的信息', '2026-11-02'))],
    ['submitting it', 'leader.d013',
      p => p.post(`${d}/${publicDraft}/submit`, {})],
    ['looking over one\'s own words', 'officer.d014',
      p => p.post(`${d}/${publicWaits}/secrecy`, { said: 'open' })],
    ['looking over without the duty', 'officer3.d014',
      p => p.post(`${d}/${publicWaits}/secrecy`, { said: 'open' })],
    ['releasing one\'s own words', 'officer.d014',
      p => p.post(`${d}/${publicLooked}/check`, { decision: 'release' })],
    ['releasing another organisation\'s', 'leader.d013',
      p => p.post(`${d}/${publicLooked}/check`, { decision: 'release' })],
  ];
}
