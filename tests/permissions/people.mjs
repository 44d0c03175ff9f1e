// One real matter for the walks to meet, and strangers who try its doors.
import { catalogueSamples } from '../lib/catalogue.mjs';
import { designSamples } from '../lib/design.mjs';
import { disclosureDoors, disclosureSamples } from '../lib/disclosure.mjs';
import { enterpriseDoors, enterpriseSamples } from '../lib/enterprises.mjs';
import { grantDoors, grantSamples } from '../lib/grants.mjs';
import { Hall } from '../lib/hall.mjs';
import { Journey } from '../lib/journey.mjs';
import { matterSamples } from '../lib/matters.mjs';

// Walks a journey up to and including the step it names.
async function until(journey, last) {
  const is = typeof last === 'function' ? last : s => s.startsWith(last);
  while (await journey.next())
    if (is(journey.done)) return;
}

// A case at work, a draft, an ended case, one rated badly: everything the
// {names} of addresses want.
export async function journey(place, judge) {
  const hall = new Hall(place);
  const start = async (n, last) => {
    const j = new Journey(hall, n, hall.resident(n));
    await until(j, last);
    return j;
  };
  const filed = await start(1, 'accept');
  const draft = await start(2, 'paper plan');
  const ended = await start(3, last => /^grant .*-4$/.test(last));
  const rated = await start(4, 'rate');
  judge(Boolean(filed.number && draft.draft && ended.number && rated.rated),
    'the sample journeys give a case, a draft, an ended and a rated case');
  const admin = hall.people.of('sysadmin');
  const served = await hall.samples({ filed, draft, ended, rated });
  const matters = await matterSamples(hall.people, judge);
  const { catalogue, ...items } = await catalogueSamples(hall.people, judge);
  const { enterprises, ...firms } = await enterpriseSamples(hall.people, judge);
  const { disclosure, ...open } = await disclosureSamples(hall.people, judge);
  const { grants, ...data } = await grantSamples(hall.people, judge);
  return { ...served, ...matters, ...await designSamples(admin, judge),
    ...items, ...firms, ...open, ...data, states: [...served.states,
      ...matters.states, ...catalogue, ...enterprises, ...disclosure,
      ...grants] };
}

// A matter belongs to its organisation and to who has it on his desk.
function matterDoors({ matter }) {
  const m = `/matters/${matter.number}`;
  return [
    ['a matter', 'officer.d002', p => p.get(m)],
    ['doing somebody else\'s task', 'officer.d002',
      p => p.post(`${m}/complete`, { task: matter.task })],
    ['cancelling it', 'leader.d002',
      p => p.post(`${m}/cancel`, { reason: '不办了' })],
  ];
}

// What is somebody else's stays closed, though the role would be right; and
// what everybody may see says nothing of the person.
export async function strangers(place, samples, judge) {
  const hall = new Hall(place);
  const secrets = hall.personal(samples.filed.person);
  for (const [url, owner] of hall.keys(samples)) {
    const r = await owner.get(url);
    judge(r.status === 200, `${url} as ${owner.login}, whose it is: ${r.status}`);
  }
  const shows = r => secrets.filter(s => r.text.includes(s));
  for (const [what, login, ask] of [...hall.doors(samples),
    ...matterDoors(samples), ...enterpriseDoors(samples),
    ...disclosureDoors(samples), ...grantDoors(samples)]) {
    const r = await ask(hall.people.of(login));
    judge([401, 403, 404].includes(r.status), `${what} as ${login}: ${r.status}`);
    judge(!shows(r).length, `${what} as ${login} shows ${shows(r)}`);
  }
  for (const url of [`/cases/${samples.number}`, `/cases/${samples.part.number}`,
    '/board', `/board?words=${samples.number}`, '/hall', '/board.csv'])
    for (const login of ['anyone', 'resident.li', 'officer.d001']) {
      const person = hall.people.of(login);
      for (const r of [await person.get(url), await person.page(url)])
        judge(!shows(r).length, `${url} as ${login} shows ${shows(r)}`);
    }
}
