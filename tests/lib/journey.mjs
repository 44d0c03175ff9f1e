// One matter from the empty form to the rating, a step at a time, by programs:
// what the crash and race tests let many people do at once.
//
// A step is one request.  When its answer is lost (the server was killed, or
// says it is busy) the step is in doubt: it is asked for again, as a person
// would, and the platform must answer as if once had been enough.  check() then
// compares what the platform shows with what it acknowledged: all of it there,
// none of it twice.  How the hall is spoken to is hall.mjs; here is the order.
export class Lost extends Error {}
export class Refused extends Error {}

export class Journey {
  // hall: how to speak to this server; n: makes the names of this one unique;
  // person: who applies, one matter at a time
  constructor(hall, n, person) {
    Object.assign(this, { hall, n, person, doubt: false, acknowledged: 0 });
    this.shop = `清溪小馆第${n}分店`;
    this.papers = new Set(); // digests of papers acknowledged
    this.acts = new Map();   // number of a part -> verbs acknowledged, in order
    this.rated = false;
    this.plan = this.steps();
  }

  // Every step: run() asks, took(answer) keeps what was acknowledged; again()
  // tells whether a step that is refused the second time had been done.
  async *steps() {
    const { hall, person } = this;
    if (!person.registered)
      yield { what: 'register', run: () => hall.register(person),
        again: () => hall.known(person),
        took: () => { person.registered = true; } };
    yield { what: 'begin', run: () => hall.begin(person),
      took: a => { this.draft = hall.draftOf(a); } };
    for (const group of hall.groups(this))
      yield { what: `group ${group.code}`,
        run: () => hall.fill(person, this.draft, group) };
    for (const paper of hall.papers(this.n))
      yield { what: `paper ${paper.code}`,
        run: () => hall.upload(person, this.draft, paper),
        took: () => this.papers.add(paper.sha256) };
    yield { what: 'submit', run: () => hall.submit(person, this.draft),
      again: () => hall.newest(person),
      took: a => {
        this.number = hall.numberOf(a);
        person.filed.add(this.number);
      } };
    yield { what: 'look', run: () => hall.look(this.number),
      took: a => { this.parts = hall.partsOf(a); } };
    for (const part of this.parts) {
      this.acts.set(part.number, []);
      for (const act of hall.acts(part, this.n))
        yield { what: `${act.verb} ${part.number}`,
          run: () => hall.act(part, act),
          again: async () => (await hall.verbsOf(part))
            .includes(act.verb) ? {} : undefined,
          took: () => this.acts.get(part.number).push(act.verb) };
    }
    yield { what: 'rate', run: () => hall.rate(person, this.number, this.n),
      again: async () => (await hall.ratings(this.number)) > 0 ? {} : undefined,
      took: () => { this.rated = true; } };
  }

  // Does one step; false when the journey has ended.  Throws Lost when there
  // was no answer, Refused when the answer is not what a person would expect.
  async next() {
    if (!this.step) {
      const { done, value } = await this.plan.next();
      if (done) return false;
      this.step = value;
    }
    const { step } = this;
    let answer;
    try {
      answer = await step.run();
      if (answer.status === 503) throw new Error('busy');
      if (answer.status >= 400 && this.doubt && step.again)
        answer = await step.again() ?? answer;
    } catch (e) {
      this.doubt = true;
      throw new Lost(`${step.what}: ${e.cause?.code ?? e.message}`);
    }
    if (answer.status >= 400)
      throw new Refused(`${step.what} of ${this.shop}: ${answer.status} ` +
        answer.text.slice(0, 400));
    step.took?.(answer);
    this.done = step.what;
    this.step = undefined;
    this.doubt = false;
    this.acknowledged++;
    return true;
  }

  // Every case this person filed is there once, and no other.
  async checkCases() {
    if (!this.person.registered) return [];
    const seen = await this.hall.cases(this.person);
    const wanted = [...this.person.filed];
    const extra = seen.filter(n => !this.person.filed.has(n));
    const spare = this.doubt && this.step?.what === 'submit' ? 1 : 0;
    const bad = wanted.filter(n => seen.filter(s => s === n).length !== 1)
      .map(n => `${n} is there ${seen.filter(s => s === n).length} times`);
    if (extra.length > spare) bad.push(`nobody was told of ${extra}`);
    return bad;
  }

  // What is not as it was acknowledged; empty when all is well.
  async check() {
    const bad = [];
    const { hall } = this;
    bad.push(...await this.checkCases());
    if (!this.number) return bad;
    const digests = await hall.digests(this);
    for (const sha256 of this.papers) {
      const n = digests.filter(d => d === sha256).length;
      if (n !== 1) bad.push(`${this.number}: a paper is there ${n} times`);
    }
    for (const [part, acts] of this.acts) {
      const seen = await hall.verbsOf({ number: part });
      const doubtful = this.doubt && this.step?.what.endsWith(` ${part}`)
        ? [this.step.what.split(' ')[0]] : [];
      const wanted = [acts, [...acts, ...doubtful]].map(a => a.join(' '));
      if (!wanted.includes(seen.join(' ')))
        bad.push(`${part}: ${seen.join(' ')}, acknowledged ${acts.join(' ')}`);
    }
    const ratings = await hall.ratings(this.number);
    if (this.rated ? ratings !== 1
      : ratings > (this.doubt && this.step?.what === 'rate' ? 1 : 0))
      bad.push(`${this.number}: ${ratings} ratings`);
    return bad;
  }
}
