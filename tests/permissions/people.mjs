// One real matter for the walks to meet, and strangers who try its doors.
import { Hall } from '../lib/hall.mjs';
import { Journey } from '../lib/journey.mjs';

// Walks a journey up to and including the step it names.
async function until(journey, what) {
  while (await journey.next())
    if (journey.done === what) return;
}

// A case at work, a draft and everything else the {names} of addresses want.
export async function journey(place, judge) {
  const hall = new Hall(place);
  const filed = new Journey(hall, 1, hall.resident(1));
  await until(filed, 'look');
  const draft = new Journey(hall, 2, hall.resident(2));
  await until(draft, 'paper plan');
  judge(Boolean(filed.number && filed.parts?.length && draft.draft),
    'the sample journey gives a case, its parts and a draft');
  return hall.samples(filed, draft);
}

// What is somebody else's stays closed, though the role would be right.
export async function strangers(place, samples, judge) {
  const hall = new Hall(place);
  for (const [what, login, ask] of hall.doors(samples)) {
    const r = await ask(hall.people.of(login));
    judge(r.status === 403 || r.status === 404,
      `${what} as ${login}: ${r.status}`);
    const personal = hall.personal.filter(p => r.text.includes(p));
    judge(personal.length === 0, `${what} as ${login} shows ${personal}`);
  }
}
