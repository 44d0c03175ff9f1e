// Grants of data of the demonstration city, one in force and one taken back,
// for the walks that need real ones at the addresses of 数据授权.

export async function grantSamples(people, judge) {
  const giver = people.of('leader.d025');
  const first = async state =>
    (await giver.get(`/grants?side=given&state=${state}`)).json?.rows?.[0];
  const valid = await first('valid'), taken = await first('withdrawn');
  judge(Boolean(valid && taken), 'the city has grants of each kind');
  const g = '/grants/{number}';
  return {
    '/grants/number': valid?.number, [`${g} as`]: 'leader.d025',
    [`${g}/withdraw as`]: 'leader.d025', grant: valid?.number,
    grants: [
      ['grants-all', '/grants', 'supervisor'],
      ['grants-none', '/grants?words=没有这样的数据', 'leader.d025'],
      ['grant-withdrawn', `/grants/${taken?.number}`, 'leader.d025'],
      ['grant-withdraw-refused', `/grants/${taken?.number}/withdraw`,
        'leader.d025'],
      ['datarequest-new', '/matters/new/datarequest', 'officer.d036'],
    ],
  };
}

// A grant is its two organisations'; taking it back who gave it.
export function grantDoors({ grant }) {
  const g = `/grants/${grant}`;
  return [
    ['a grant of others', 'officer.d002', p => p.get(g)],
    ['taking a grant of others back', 'leader.d002',
      p => p.post(`${g}/withdraw`, { reason: '超出约定的用途。' })],
    ['taking back what one was given', 'leader.d036',
      p => p.post(`${g}/withdraw`, { reason: '超出约定的用途。' })],
  ];
}
