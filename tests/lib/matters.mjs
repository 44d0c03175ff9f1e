// A matter on its way, an incident and a move of versions, for the walks that
// need real ones at the addresses of 事项流转.
import { sleep } from './place.mjs';
import { firstOf } from './samples.mjs';

// The demonstration city has versions, incidents and people with duties.
export async function matterSamples(people, judge) {
  const officer = 'officer.d014', admin = people.of('sysadmin');
  const person = people.of(officer);
  const begun = await person.post('/matters/new/promised',
    { title: '演练事项', days: 5 });
  judge(begun.status === 201, `POST /matters/new/promised: ${begun.status}`,
    begun.text.slice(0, 400));
  const number = begun.json?.number;
  const running = (await admin.get('/running')).json;
  const old = running.versions.find(v => !v.live && v.running);
  const live = running.versions.find(v => v.live && v.key === old?.key);
  judge(Boolean(old && live), 'the city has cases of an older version');
  const move = await admin.post(`/running/${old.id}/move`, { to: live.id });
  judge(move.status === 201, `POST /running/${old.id}/move: ${move.status}`,
    move.text.slice(0, 400));
  // The job that asks outside, and is not answered, may not have run yet.
  let incident;
  for (let i = 0; i < 100 && !incident; i++) {
    if (i) await sleep(100);
    incident = firstOf((await admin.get('/running/incidents')).json, 'id');
  }
  judge(Boolean(incident), 'the city has an incident of a process');
  const m = '/matters/{number}';
  return {
    '/matters/number': number, '/matters/new/key': 'workorder',
    [`${m}/{verb} verb`]: 'suspend', [`${m} as`]: officer,
    [`${m}/{verb} as`]: officer, '/running/def': live.id,
    '/running/incidents/id': incident, '/moves/id': move.json?.move ?? '0',
    states: [
      ['matter-complete', `/matters/${number}/complete?task=${begun.json?.task}`,
        officer],
      ['matter-add', `/matters/${number}/add?task=${begun.json?.task}`, officer],
      ['matter-refused', `/matters/${number}/resume`, officer],
      ['tasks-done', '/tasks?view=done', officer],
      ['move-trial', `/running/${live.id}/move?to=${old.id}`, 'sysadmin'],
    ],
    matter: { number, task: begun.json?.task, officer },
  };
}
