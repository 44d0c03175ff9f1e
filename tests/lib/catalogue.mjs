// An item being written, a file read and judged, a partner: for the walks that
// need real ones at the addresses of the catalogue.

const FILE = '事项编码,部门,事项名称\nWALK-1,D025,演练事项\nWALK-2,D025,\n';

export async function catalogueSamples(people, judge) {
  const clerk = 'officer.d025', keeper = 'officer.d029';
  const person = people.of(clerk), code = 'DEMO-24-005';
  const item = `/catalogue/items/${code}`;
  const begun = await person.post(`${item}/do/begin`, {});
  judge(begun.status === 200, `POST ${item}/do/begin: ${begun.status}`,
    begun.text.slice(0, 400));
  const read = await person.send('/catalogue/import', [['file',
    { bytes: Buffer.from(FILE), name: '演练.csv', type: 'text/csv' }]]);
  const number = /import\/([^/?]+)/.exec(read.json?.location ?? '')?.[1];
  judge(Boolean(number), `a file is read: ${read.status}`,
    read.text.slice(0, 400));
  const sample = await person.send(`${item}/files/papers-1-sample`, [['file',
    { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), name: '样表.pdf',
      type: 'application/pdf' }]]);
  judge(sample.status === 200, `a sample is handed in: ${sample.status}`,
    sample.text.slice(0, 400));
  const live = await people.of(keeper).get('/catalogue/items/DEMO-01-001');
  const sha256 = /[0-9a-f]{64}/.exec(live.text)?.[0];
  judge(Boolean(sha256), 'an item in force has a sample');
  const i = '/catalogue/items/{code}';
  return {
    '/catalogue/items/code': code, '/catalogue/import/number': number,
    [`${i}/edit/{part} part`]: 'way',
    [`${i}/rows/{list}/{row} list`]: 'papers',
    [`${i}/rows/{list}/{row} row`]: '1',
    [`${i}/rows/{list}/{row}/move list`]: 'papers',
    [`${i}/rows/{list}/{row}/move row`]: '1',
    [`${i}/rows/{list}/{row}/remove list`]: 'papers',
    [`${i}/rows/{list}/{row}/remove row`]: '1',
    [`${i}/do/{verb} verb`]: 'begin',
    [`${i}/files/{place} place`]: 'papers-1-sample',
    [`${i}/files/{place}/remove place`]: 'papers-1-sample',
    sha256, '/samples/{sha256}/pictures/{page} page': '1',
    '/catalogue/samples/{sha256}/pictures/{page} page': '1',
    '/kiosk/{hall}/read/{item}/samples item': 'DEMO-01-001',
    '/catalogue/partners/partner': 'national',
    law: '食品安全法', article: '35',
    catalogue: [
      ['catalogue-keeper', '/catalogue?unit=all', keeper],
      ['catalogue-live', '/catalogue/items/DEMO-01-001', keeper],
      ['catalogue-send', `${item}/do/send`, clerk],
      ['catalogue-drop', `${item}/do/drop`, clerk],
      ['catalogue-pause', `${item}/do/pause`, keeper],
      ['catalogue-basis', `${item}/rows/basis/new`, clerk],
      ['catalogue-review-keeper', '/catalogue/review', keeper],
      ['catalogue-findings-rule', '/catalogue/findings?rule=basis.none',
        keeper],
      ['catalogue-import-keeper', '/catalogue/import', keeper],
      ['catalogue-partner-keeper', '/catalogue/partners/national', keeper],
      ['catalogue-preview', `/services/items/${code}/versions/2`, clerk],
    ],
  };
}
