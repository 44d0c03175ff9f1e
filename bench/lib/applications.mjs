// What people hand in, as whole requests: the joint application of a
// restaurant with its papers, by a resident and by a window.
import { Client } from '../../tests/lib/client.mjs';
import { Hall } from '../../tests/lib/hall.mjs';
import { citizenId, creditCode } from '../../tests/lib/made-up.mjs';
import { base, post } from './measure.mjs';

export async function applications() {
  const papers = new Hall({ base }).papers(1);
  const requests = [];
  // An agent files on recorded authority only, which these people never gave.
  for (const login of ['resident.zhou', 'resident.li', 'window.chen']) {
    const person = new Client(base, login);
    await person.bearer();
    const more = `Authorization: Bearer ${person.token}\r\n`;
    const list = [];
    for (const p of papers) list.push(await handIn(person, p));
    const answers = { area: 120, seats: 'dine', fire: 'yes', drain: 'yes',
      sign: 'yes', shop_name: '清溪小馆第######分店', credit_code: creditCode(7),
      applicant_name: '周文远', applicant_code: citizenId(7),
      mobile: '13900000001', town: 'T01', address: '中津路 112 号一层 3 铺',
      kitchen: 30, staff: 6,
      handlers: [{ handler: '王秀英', post: 'cook',
        health_until: '2027-05-31' }], foods: '热食类食品制售', grease: 'yes',
      sign_size: '长 6 米、高 1.2 米' };
    requests.push(post('/apply/canyin/submit',
      JSON.stringify({ answers, papers: list }), more));
  }
  return requests;
}

async function handIn(person, paper) {
  const begun = await person.post('/uploads', { name: `${paper.code}.pdf`,
    size: paper.bytes.length });
  const done = await person.send(`/uploads/${begun.json.id}`, [['offset', '0'],
    ['chunk', { bytes: paper.bytes, name: `${paper.code}.pdf`,
      type: 'application/pdf' }]]);
  if (done.status >= 300) throw new Error(done.text);
  return { code: paper.code, upload: begun.json.id,
    name: `${paper.code}.pdf` };
}
