// One real matter for the walks to meet, and strangers who try its doors.
import { Hall } from '../lib/hall.mjs';
import { Journey } from '../lib/journey.mjs';

// Walks a journey up to and including the step it names.
async function until(journey, what) {
  while (await journey.next())
    if (journey.done.startsWith(what)) return;
}

// A case at work, a draft and everything else the {names} of addresses want.
export async function journey(place, judge) {
  const hall = new Hall(place);
  const filed = new Journey(hall, 1, hall.resident(1));
  await until(filed, 'accept');
  const draft = new Journey(hall, 2, hall.resident(2));
  await until(draft, 'paper plan');
  judge(Boolean(filed.number && filed.parts?.length && draft.draft),
    'the sample journey gives a case, its parts and a draft');
  return hall.samples(filed, draft);
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
  for (const [what, login, ask] of hall.doors(samples)) {
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
