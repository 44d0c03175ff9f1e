// Every role walks every address, and what happens is what the table says.
//
//   node tests/permissions/walk.mjs [--server build/zhengtong]
//
// The table is the route tables' own, as /api/openapi.json tells it: x-roles of
// each operation.  A role that has the permission must not be refused for its
// role; one that has not must get 403 (somebody not signed in: 401, or as a
// browser the log-in page).  Then the same for people: what belongs to somebody
// else stays closed even to those whose role is right.
import { People } from '../lib/client.mjs';
import { Place, options } from '../lib/place.mjs';
import { fillPath, operations } from '../lib/samples.mjs';
import { journey, strangers } from './people.mjs';

const given = options();
let passed = 0, failed = 0;

function judge(ok, what) {
  if (ok) passed++;
  else {
    failed++;
    console.log(`BAD ${what}`);
  }
}

// What begins or ends the session one walks with.
const ENDS = /\/log(in|out)$|^POST \/kiosk\/\{hall\}\/end$/;

// Not refused for the role: 401 (to nobody) and 403 only where the address
// names a thing that may be somebody else's.
function admitted(r, path, role) {
  if (r.status === 401) return role === 'anyone' && path.includes('{');
  if (r.status === 403) return role !== 'anyone' && path.includes('{');
  return r.status < 500;
}

async function walk(place, samples) {
  const people = new People(place.base);
  const { rows } = await operations(people.of('anyone'));
  const roles = new Map([['anyone', 'anyone']]);
  for (const a of place.accounts)
    if (!roles.has(a.role)) roles.set(a.role, a.login);
  if (roles.size < 8)
    throw new Error(`the city has accounts of ${roles.size} roles only`);

  for (const row of rows) {
    if (row.stream || ENDS.test(`${row.method} ${row.path}`)) continue;
    const { filled, missing } = fillPath(row.path, samples);
    if (missing) {
      judge(false, `${row.method} ${row.path}: no sample for ${missing}`);
      continue;
    }
    for (const [role, login] of roles) {
      const person = people.of(login);
      const r = row.method === 'GET'
        ? await person.get(filled) : await person.post(filled, {});
      const may = row.permission === 'anyone' || row.roles.includes(role);
      const what = `${row.method} ${filled} as ${role} ` +
        `(${row.permission}): ${r.status}`;
      if (may) judge(admitted(r, row.path, role), `${what}, should be let in`);
      else judge(r.status === (role === 'anyone' ? 401 : 403),
        `${what}, should be refused`);
    }
  }
  return rows.length;
}

const place = await new Place({ server: given.server }).start();
try {
  const samples = await journey(place, judge);
  const n = await walk(place, samples);
  await strangers(place, samples, judge);
  judge(n > 20, `only ${n} addresses were walked`);
  await place.stop();
} catch (e) {
  failed++;
  console.log(`BAD ${e.stack}\n${place.tail(30)}`);
}
place.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
