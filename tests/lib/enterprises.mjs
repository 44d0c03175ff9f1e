// A registration, whom it lets act, a file read and judged: for the walks that
// need real ones at the addresses of the base of legal persons.

const HEAD = '统一社会信用代码,名称,机构类型,法定代表人,住所,登记机关,' +
  '登记状态,数据日期\n';

export async function enterpriseSamples(people, judge) {
  const zhou = people.of('resident.zhou'), keeper = people.of('officer.d025');
  const mine = (await zhou.get('/my/enterprises')).json?.rows ?? [];
  const code = mine.find(r => r.code.startsWith('91'))?.code;
  const shop = mine.find(r => r.code.startsWith('92'))?.code;
  judge(Boolean(code), 'the resident speaks for a company');
  const given = await zhou.post(`/my/enterprises/${code}`, { name: '王经办',
    mobile: '13900008888', matters: '办理演练事项', to: '2026-12-31' });
  const proxy = given.json?.number;
  judge(Boolean(proxy), `an authority is given: ${given.status}`,
    given.text.slice(0, 400));
  const read = await keeper.send('/enterprises/import', [['file',
    { bytes: Buffer.from(`${HEAD}${code},改名,企业法人,周文远,住所,D025,存续,` +
      '2026-11-01\n'), name: '登记.csv', type: 'text/csv' }]]);
  const file = read.json?.number;
  judge(Boolean(file), `a register's file is read: ${read.status}`,
    read.text.slice(0, 400));
  const e = '/enterprises/{code}', m = '/my/enterprises/{code}';
  return {
    '/enterprises/code': code, '/my/enterprises/code': code,
    '/enterprises/import/number': file,
    [`${e} as`]: 'officer.d025', [`${m} as`]: 'resident.zhou',
    '/enterprises/import/{number} as': 'officer.d025',
    [`${m}/{number}/end number`]: proxy,
    [`${m}/{number}/end as`]: 'resident.zhou',
    enterprises: [
      ['enterprise-some', `/enterprises/${code}`, 'officer.d070'],
      ['enterprise-why', `/enterprises/${code}?case=YX19990101000001`,
        'officer.d070'],
      ['enterprise-import-refused', '/enterprises/import', 'leader.d070'],
      ['enterprise-correct', `/my/corrections?enterprise=${code}`,
        'resident.zhou'],
    ],
    shop, proxy, file,
  };
}

// An enterprise is its representative's; a register's file its organisation's.
export function enterpriseDoors({ shop, proxy, file }) {
  const m = `/my/enterprises/${shop}`;
  return [
    ['an enterprise', 'resident.li', p => p.get(m)],
    ['letting somebody act for it', 'resident.li',
      p => p.post(m, { name: '李秀云', mobile: '13800003905',
        matters: '办理各种事项', to: '2026-12-31' })],
    ['taking an authority back', 'resident.li',
      p => p.post(`${m}/${proxy}/end`, {})],
    ['asking to have it put right', 'resident.li',
      p => p.get(`/my/corrections?enterprise=${shop}`)],
    ['another register\'s file', 'officer.d007',
      p => p.get(`/enterprises/import/${file}`)],
    ['writing it', 'officer.d007',
      p => p.post(`/enterprises/import/${file}`, {})],
  ];
}
