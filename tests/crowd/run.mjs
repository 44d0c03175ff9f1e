// Two hundred residents apply at once: each signs up, opens the same theme,
// fills every group, hands in every paper and submits, all in the same seconds.
// Nobody may see an error or "busy", and afterwards everybody has one case and
// the register as many more as there were people.
//
//   node tests/crowd/run.mjs [--server build/zhengtong] [--people 200]
import { Hall } from '../lib/hall.mjs';
import { Journey } from '../lib/journey.mjs';
import { Place, databases, options } from '../lib/place.mjs';

const given = options();
const people = Number(given.people ?? 200);
let passed = 0, failed = 0;

function judge(ok, what, why = '') {
  if (ok) passed++;
  else failed++;
  console.log(ok ? `ok  ${what}` : `BAD ${what}: ${why}`);
}

// To the receipt and no further.
async function apply(journey) {
  try {
    while (journey.done !== 'submit' && await journey.next());
    return '';
  } catch (e) {
    return e.message.split('\n')[0];
  }
}

async function crowd(kind) {
  const place = await new Place({ server: given.server, kind }).start();
  const hall = new Hall(place);
  const began = Date.now();
  const journeys = Array.from({ length: people },
    (_, i) => new Journey(hall, i + 1, hall.resident(i + 1)));
  const errors = (await Promise.all(journeys.map(apply))).filter(Boolean);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`    ${kind}: ${people} people, ${seconds} s`);
  judge(errors.length === 0, `${kind}: nobody sees an error`,
    `${errors.length} did, the first: ${errors[0]}`);
  const numbers = new Set(journeys.map(j => j.number));
  judge(numbers.size === people && !numbers.has(undefined),
    `${kind}: everybody has a number of their own`, `${numbers.size} numbers`);
  const wrong = (await Promise.all(journeys.map(j => j.checkCases()))).flat();
  judge(wrong.length === 0, `${kind}: everybody sees their one case`,
    wrong.slice(0, 3).join('; '));
  await place.stop();
  const said = place.run('check');
  judge(said.ok, `${kind}: every invariant holds`,
    said.text.split('\n').slice(-12).join('\n    '));
  place.remove();
}

for (const kind of databases()) await crowd(kind);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
