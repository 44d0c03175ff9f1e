// One matter of 事项流转 from its beginning to its end, a step at a time: what
// the crash test lets people do beside the hall's own journeys.
//
// Nothing here is refused the second time by itself -- beginning twice would be
// two matters -- so whoever is in doubt looks first, as a person would.
import { Journey } from './journey.mjs';

const UNITS = ['d013', 'd014', 'd025', 'd070'];
const STEPS = [['officer', { q_decision: 'to-first' }],
  ['officer', { q_special: 'false' }], ['leader', { q_decision: 'to-decide' }],
  ['leader', { q_decision: 'to-issue' }], ['officer', {}]];

export class MatterJourney extends Journey {
  as(role) {
    return this.hall.people.of(`${role}.${UNITS[this.n % UNITS.length]}`);
  }
  get title() {
    return `演练事项第${this.n}号`;
  }
  // The matters of this title, as the pages of who began them show.
  async mine() {
    const found = [];
    for (let next = '/matters?view=mine'; next;) {
      const list = await this.hall.read(this.as('officer'), next);
      found.push(...list.rows.filter(r => r.title === this.title));
      next = list.pager?.next;
    }
    return found;
  }
  async look() {
    return this.hall.read(this.as('officer'), `/matters/${this.number}`);
  }
  static done(page) {
    return page.events.filter(e => e.verb === 'complete').length;
  }

  async *steps() {
    yield { what: 'begin', run: async () => {
      const [known] = this.doubt ? await this.mine() : [];
      return known ? { status: 201, json: known }
        : this.as('officer').post('/matters/new/promised',
          { title: this.title });
    }, took: a => { this.number = a.json.number; } };
    this.completed = 0;
    for (const [role, answers] of STEPS)
      yield { what: `complete by ${role}`, run: async () => {
        const page = await this.look();
        if (this.doubt && MatterJourney.done(page) > this.completed)
          return { status: 200 };
        return this.as(role).post(`/matters/${this.number}/complete`,
          { task: page.tasks[0].task, revision: page.revision, ...answers });
      }, took: () => { this.completed++; } };
  }

  async check() {
    const bad = [], mine = await this.mine();
    const spare = this.doubt ? 1 : 0;
    if (!this.number) return mine.length > spare
      ? [`${this.title}: nobody was told of ${mine.length}`] : [];
    if (mine.length !== 1)
      bad.push(`${this.number} is there ${mine.length} times`);
    const page = await this.look(), seen = MatterJourney.done(page);
    if (seen < this.completed || seen > this.completed + spare)
      bad.push(`${this.number}: ${seen} steps, acknowledged ` +
        `${this.completed}`);
    if (seen === STEPS.length && page.tasks.length)
      bad.push(`${this.number}: ended with a task left`);
    return bad;
  }
}
