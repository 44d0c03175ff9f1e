// How programs speak to the service hall: the addresses and inputs of one
// journey through "我要开餐饮店", as JSON.  Only this file knows them.
import crypto from 'node:crypto';
import { PASSWORD, People } from './client.mjs';
import { firstOf } from './samples.mjs';
import { citizenId, creditCode, mobile } from './made-up.mjs';

const digest = bytes => crypto.createHash('sha256').update(bytes).digest('hex');

// A small PDF that differs for every name, so that each has its own digest.
export function pdf(name) {
  return Buffer.from(`%PDF-1.4
% ${name}
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
xref
0 4
0000000000 65535 f 
trailer<</Root 1 0 R/Size 4>>
startxref
9
%%EOF
`, 'utf8');
}

export class Hall {
  static LIVE = '/board/rows';

  constructor(place) {
    this.place = place;
    this.people = new People(place.base);
  }

  // The n-th resident of this place, who registers before the first matter.
  resident(n) {
    const person = this.people.of(mobile(n));
    person.n = n;
    person.name = `周${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`;
    person.filed ??= new Set(); // numbers acknowledged
    return person;
  }
  register(person) {
    return this.people.of('anyone').post('/register', { name: person.name,
      citizen_id: citizenId(person.n), mobile: person.login,
      password: PASSWORD, again: PASSWORD, agreed: '1' });
  }
  async known(person) {
    await person.bearer();
    return {};
  }

  // ---- applying ----

  situation() {
    return { area: 120, seats: 'dine', fire: 'yes', drain: 'yes', sign: 'yes' };
  }
  begin(person) {
    return person.post('/apply/canyin', this.situation());
  }
  draftOf(answer) {
    return answer.json?.number ?? /\/drafts\/([^/?]+)/
      .exec(answer.location ?? '')?.[1];
  }
  groups({ shop, person, n }) {
    return [
      { code: 'situation', values: this.situation() },
      { code: 'shop', values: { shop_name: shop,
        credit_code: creditCode(n), applicant_name: person.name,
        applicant_code: citizenId(person.n), mobile: person.login } },
      { code: 'place', values: { town: 'T01',
        address: '中津路 112 号一层 3 铺', kitchen: 40, staff: 6,
        handlers: [{ handler: '王秀英', post: 'cook',
          health_until: '2027-05-31' },
        { handler: '买买提·吐尔逊', post: 'serve',
          health_until: '2027-08-20' }],
        foods: '热食类食品制售' } },
      { code: 'outside', values: { grease: 'yes',
        sign_size: '长 6 米、高 1.2 米' } },
    ];
  }
  fill(person, draft, group) {
    return person.post(`/drafts/${draft}/${group.code}`, group.values);
  }
  papers(n) {
    return ['plan', 'premises', 'safety', 'fire_system', 'drain_plan',
      'sign_view'].map(code => {
      const bytes = pdf(`${code} ${n}`);
      return { code, bytes, sha256: digest(bytes) };
    });
  }
  upload(person, draft, paper) {
    return person.send(`/drafts/${draft}/papers/${paper.code}`, [['file',
      { bytes: paper.bytes, name: `${paper.code}.pdf`,
        type: 'application/pdf' }]]);
  }
  submit(person, draft) {
    return person.post(`/drafts/${draft}/submit`, { promise: '1' });
  }
  async cases(person) {
    const page = await this.read(person, '/my');
    return page.cases.map(c => c.number);
  }
  // The case a lost answer may have spoken of: one nobody was told of yet.
  async newest(person) {
    const number = (await this.cases(person)).find(n => !person.filed.has(n));
    return number && { json: { number } };
  }
  numberOf(answer) {
    return answer.json?.number ?? /\/cases\/([^/?]+)/
      .exec(answer.location ?? '')?.[1];
  }

  // ---- reading ----

  async read(client, url) {
    const r = await client.get(url);
    if (r.status !== 200)
      throw Object.assign(new Error(`GET ${url}: ${r.status} ` +
        r.text.slice(0, 200)), { status: r.status });
    return r.json;
  }
  look(number) {
    return this.people.of('anyone').get(`/cases/${number}`);
  }
  partsOf(answer) {
    return answer.json.parts.map(p => ({ number: p.number,
      unit: this.unitOf(p.unit_name) }));
  }
  // Organisations by name, from the accounts the city printed.
  unitOf(name) {
    const account = this.place.accounts.find(a => a.role === 'officer' &&
      a.who.startsWith(name));
    if (!account) throw new Error(`no account of an officer of ${name}`);
    return account.unit.toLowerCase();
  }
  board() {
    return this.people.of('anyone').get('/board');
  }
  async verbsOf(part) {
    const page = await this.read(this.people.of('anyone'),
      `/cases/${part.number}`);
    return page.events.map(e => e.verb).filter(v => VERBS.has(v)).reverse();
  }
  async ratings(number) {
    const page = await this.read(this.people.of('anyone'), `/cases/${number}`);
    return page.rating?.given ? 1 : 0;
  }
  // Digests of the papers the officers find, by their bytes.  A paper several
  // parts ask for is shown to each, so the desk with most of one counts.
  async digests({ parts, number }) {
    const most = new Map();
    for (const part of parts ?? this.partsOf(await this.look(number))) {
      const here = new Map();
      for (const sha256 of await this.papersAt(part))
        here.set(sha256, (here.get(sha256) ?? 0) + 1);
      for (const [sha256, n] of here)
        most.set(sha256, Math.max(n, most.get(sha256) ?? 0));
    }
    return [...most].flatMap(([sha256, n]) => Array(n).fill(sha256));
  }
  async papersAt(part, links = false) {
    const officer = this.people.of(`officer.${part.unit}`);
    const found = [];
    const page = await this.read(officer, `/desk/${part.number}`);
    for (const paper of page.papers) {
      const one = await this.read(officer, paper.href);
      const url = one.paper?.download;
      if (!url) continue;
      if (links) {
        found.push({ url, id: /\/papers\/([^/?]+)/.exec(url)?.[1] });
        continue;
      }
      const r = await officer.exchange('GET', url,
        { headers: await officer.bearer() });
      if (r.status === 200) found.push(digest(r.bytes));
    }
    return found;
  }

  // ---- working ----

  // What the desks do to a part; every third one takes a longer way.
  acts(part, n) {
    const officer = `officer.${part.unit}`, leader = `leader.${part.unit}`;
    const long = [['special', officer], ['resume', officer]];
    return [['accept', officer], ['review', officer], ...n % 3 ? [] : long,
      ['propose', officer], ['propose', leader], ['grant', leader]]
      .map(([verb, login]) => ({ verb, login }));
  }
  // Opens the confirm page, fills what it asks for, presses the button.
  async act(part, { verb, login }) {
    const person = this.people.of(login);
    const url = `/cases/${part.number}/${verb}`;
    const page = await person.get(url);
    if (page.status !== 200) return page;
    const inputs = { revision: page.json.revision };
    for (const f of page.json.fields) inputs[f.name] = answerTo(f);
    return person.post(url, inputs);
  }
  rate(person, number, n) {
    const level = String(1 + n % 5);
    return person.post(`/cases/${number}/rate`, { level });
  }

  // ---- for the walks over every address ----

  // A value for every {name} of an address: by its name alone, by what stands
  // before it, or "PATH name" for one address; "PATH as" is whose eyes it needs.
  async samples({ filed, draft, ended, rated }) {
    const [part, wanting] = filed.parts;
    const officer = `officer.${part.unit}`;
    const [paper] = await this.papersAt(part, true);
    await this.act(wanting, { verb: 'supplement',
      login: `officer.${wanting.unit}` });
    await this.drawn(this.people.of(officer), `${paper.url}/pictures/1`);
    await this.drawn(draft.person,
      `/drafts/${draft.draft}/papers/plan/pictures/1`);
    const upload = await draft.person.post('/uploads',
      { name: 'plan.pdf', size: 1000 });
    const partner = await this.partnerOf(draft);
    const cards = await this.read(this.people.of('supervisor.he'),
      '/supervision/cards');
    const c = '/cases/{number}', d = '/drafts/{number}';
    const licence = await this.licenceOf(ended.person);
    const complaint = await this.complain(filed);
    const l = '/my/licences/{identifier}';
    const own = { [`${l} as`]: ended.person.login,
      '/licences/{identifier} as': 'leader.d025',
      '/licences/{identifier}/{verb} as': 'leader.d025',
      '/licences/{identifier}/{verb} verb': 'revoke', identifier: licence };
    for (const [paths, person] of [
      [[`${c}/receipt`, `${c}/receipt.pdf`, `${c}/supply`], filed.person],
      [[`${d}/papers`, `${d}/check`, `${d}/{group}`, '/uploads/{id}',
        `${d}/partners`, `${d}/partners/{partner}/paper.pdf`,
        `${d}/papers/{code}/pictures/{page}`],
        draft.person],
      [[`${c}/complain`, '/my/remedies/{code}'], filed.person],
      [[`${c}/rate`], ended.person]])
      for (const path of paths) own[`${path} as`] = person.login;
    const counter = await this.counterSamples();
    const gaps = await this.gapSamples();
    const authority = await this.authority();
    return { ...own, ...await this.feeSamples(),
      ...counter, states: [...await this.madeStates(draft),
        ['intake-missing', `/intake/${counter.intake}?tried=1`, 'window'],
        ['intake-item', '/intake?item=DEMO-05-001', 'window'],
        ...gaps.states,
        ['case-authority', `/desk/${authority.number}`, 'officer.d005']],
      authority: authority.id, authorityCase: authority.number,
      '/my/authorities/{authority} as': 'resident.li',
      '/my/authorities/{authority}/paper as': 'resident.li',
      code: 'canyin', number: filed.number, group: 'shop',
      [`${d}/partners/partner`]: partner,
      kind: 'acceptance', verb: 'review', channel: 'web', id: paper.id,
      '/services/items/code': 'DEMO-24-004', version: '1',
      '/design/processes/key': 'joint', '/design/tables/key': 'canyin',
      '/supervision/units/code': part.unit.toUpperCase(),
      '/supervision/units/{code} as': `leader.${part.unit}`,
      '/supervision/cards/{code} as': 'supervisor.he',
      '/supervision/ratings/{number}/{channel} as':
        await this.leaderOf(filed.parts, `/supervision/ratings/${rated.number}/web`),
      '/supervision/cards/code': firstOf(cards, 'code') ??
        firstOf(cards, 'number'),
      '/drafts/number': draft.draft, '/desk/number': part.number,
      '/uploads/id': upload.json?.id ?? '0',
      [`${d}/papers/{code} code`]: 'plan',
      [`${d}/papers/{code}/pictures/{page} code`]: 'plan',
      [`${d}/papers/{code}/pictures/{page} page`]: '1',
      '/papers/{id}/pictures/{page} page': '1',
      [`${c}/notices/{kind} number`]: part.number,
      [`${c}/{verb} number`]: part.number, [`${c}/{verb} as`]: officer,
      [`${c}/supply number`]: wanting.number,
      [`${c}/handin number`]: gaps.number, [`${c}/handin as`]: gaps.login,
      [`${c}/handin/{code} number`]: gaps.number,
      [`${c}/handin/{code} code`]: gaps.code,
      [`${c}/handin/{code}/take number`]: gaps.number,
      [`${c}/handin/{code}/take code`]: gaps.code,
      gaps: gaps.number,
      [`${c}/rate number`]: ended.number,
      '/supervision/ratings/number': rated.number,
      '/my/remedies/code': complaint, '/remedies/code': complaint,
      '/remedies/{code} as': 'supervisor.he',
      [`${c}/reopen as`]: 'supervisor.he', complaint,
      '/desk/{number} as': officer,
      filed, draft, part, officer, paper: paper.url,
    };
  }

  // What somebody filed in another's name on a paper authority.
  async authority() {
    const agent = this.people.of('resident.zhou');
    const draft = this.draftOf(await agent.post('/apply/YX-0157', {}));
    const d = `/drafts/${draft}`;
    await agent.post(`${d}/applicant`, { applicant_name: '李秀云',
      applicant_code: '341881190001010018', mobile: '13800003905',
      town: 'T01' });
    await agent.post(`${d}/matter`, { matter: '技术改造项目备案' });
    const file = [['file', { bytes: pdf('authority'), name: '委托书.pdf',
      type: 'application/pdf' }]];
    await agent.send(`${d}/papers/m2`, file);
    await agent.post(`${d}/partners`, { role: 'principal', name: '李秀云',
      mobile: '13800003905', scope: '代为提交', until: '2027-01-31' });
    const page = await this.read(agent, `${d}/partners`);
    const { id } = page.partners[0];
    await agent.send(`${d}/partners/${id}/authority`, file);
    const filed = await this.submit(agent, draft);
    if (filed.status !== 201)
      throw new Error(`an authority: ${filed.status} ${filed.text}`);
    return { id, number: this.numberOf(filed) };
  }

  // Pictures come a little after their paper.
  async drawn(person, url) {
    for (let i = 0; i < 60; i++) {
      if ((await person.get(url)).status === 200) return;
      await new Promise(done => setTimeout(done, 500));
    }
    throw new Error(`no picture at ${url}`);
  }

  // Whose leader may see it: one of the departments of a case.
  async leaderOf(parts, url) {
    for (const { unit } of parts) {
      const login = `leader.${unit}`;
      if ((await this.people.of(login).get(url)).status === 200) return login;
    }
    throw new Error(`${url}: no leader may see it`);
  }

  // 容缺后补: cases of the city in every stage of it.
  async gapSamples() {
    const title = '公共租赁住房资格认定', login = 'resident.zhou';
    const mine = await this.read(this.people.of(login), '/my');
    const { number } = mine.cases.find(c => c.title === title);
    const page = await this.read(this.people.of(login),
      `/cases/${number}/handin`);
    const [handed] = (await this.read(this.people.of('officer.d007'),
      '/desk?state=gaps')).rows;
    return { number, login, code: page.papers[0].code, states: [
      ['gaps-progress', `/cases/${number}`, login],
      ['gaps-desk', `/desk/${number}`, 'officer.d013'],
      ['gaps-counter', `/cases/${number}/handin`, 'window'],
      ['gaps-again', `/cases/${number}/again`, 'officer.d013'],
      ['gaps-verify', `/cases/${handed.number}/verify`, 'officer.d007'],
      ['gaps-grant', `/cases/${number}/grant`, 'leader.d013']] };
  }

  // A notice that was paid, a refund that waits, a day of the books and a
  // difference: the city has them.
  async feeSamples() {
    const clerk = this.people.of('finance.qian');
    const mine = await this.read(this.people.of('resident.zhou'), '/my/fees');
    const fee = mine.rows.find(r => r.state.text === '已缴费').number;
    const page = await this.read(clerk, `/fees/${fee}`);
    const refunds = await this.read(clerk, '/fees/refunds');
    const days = await this.read(clerk, '/fees/days');
    const { day } = days.rows.find(d => d.differences > 0);
    const books = await this.read(clerk, `/fees/days/${day}`);
    return { fee, '/my/fees/number': fee, '/fees/number': fee,
      '/my/fees/{number} as': 'resident.zhou',
      '/fees/{number} as': 'finance.qian',
      '/fees/{number}/{verb} verb': 'again',
      receipt: page.receipts[0].number, refund: refunds.rows[0].number,
      '/fees/days/day': day, difference: books.rows[0].id,
      delivery: 'NONE' };
  }

  // A complaint about the last step of a case, by whose it is.
  async complain({ number, person }) {
    const url = `/cases/${number}/complain`;
    const page = await this.read(person, url);
    const r = await person.post(url, { text: '请核实这一步。',
      step: page.fields[0].choices[0].value });
    if (!r.json?.code) throw new Error(`${url}: ${r.status} ${r.text}`);
    return r.json.code;
  }

  // Pages that ask by rows, a table, a point, a signature, a division: begun by
  // the person of the draft, half filled in.
  async madeStates({ person, draft }) {
    const house = this.draftOf(await person.post('/apply/zhaijidi',
      { kind: 'new', farmland: 'no', storeys: 3, land_area: 120 }));
    const baby = this.draftOf(await person.post('/apply/xinshenger',
      { married: 'yes', insure: 'no', card: 'no', birth_reg: 'yes' }));
    await person.post(`/drafts/${house}/person`, { 'household.n': '1',
      'household.0.member': '汪长根', do: 'household.add' });
    await person.post(`/drafts/${baby}/parent`, { 'home.4': '341881001',
      'home.detail': '', 'home.find': '城北', do: 'home.find' });
    await person.post(`/drafts/${house}/partners`, { role: 'joint',
      name: '李秀云', mobile: '13800003905' });
    const asked = await this.read(person, `/drafts/${house}/partners`);
    const sign = `/my/sign?asked=${asked.partners[0].id}`;
    return [['asked-list', '/my', 'resident.li'],
      ['asked-sign', sign, 'resident.li'],
      ['made-rows', `/drafts/${house}/person`, person.login],
      ['made-table-point', `/drafts/${house}/place`, person.login],
      ['made-signature', `/drafts/${house}/oath`, person.login],
      ['made-check', `/drafts/${house}/check`, person.login],
      ['made-division', `/drafts/${baby}/parent`, person.login],
      ['made-design', '/design/forms/zhaijidi/1/try?do=household.add', 'sysadmin'],
      ['made-preview', '/design/forms/zhaijidi/1/preview?step=place', 'sysadmin'],
      ['made-partners', `/drafts/${draft}/partners`, person.login],
      ['narrow-some', '/services/items?object=个人&unit=D025&level=县级&words=食品'],
      ['narrow-none', '/services/items?unit=D025&level=村级']];
  }

  // Somebody a draft waits for: its principal, so that there is a paper.
  async partnerOf({ person, draft }) {
    const r = await person.post(`/drafts/${draft}/partners`, {
      role: 'principal', name: person.name, mobile: '13800003905',
      scope: '代为提交、补正材料', until: '2027-01-31' });
    if (r.status >= 400)
      throw new Error(`/drafts/${draft}/partners: ${r.status} ${r.text}`);
    const page = await this.read(person, `/drafts/${draft}/partners`);
    return page.partners[0].id;
  }

  // A number, an appointment, a resident of a village.
  async counterSamples() {
    const zhou = this.people.of('resident.zhou');
    const agent = this.people.of('agent.t01v001');
    const number = await this.people.of('anyone').post('/halls/H1/take',
      { line: 'H1-A', mobile: '13877770001' });
    const booked = await this.read(zhou, '/bookings');
    const roll = await this.read(agent, '/village/residents');
    const intake = await this.intake();
    return { z: '12', x: '3401', y: '1681', hall: 'H1', item: 'DEMO-40-004',
      '/tickets/code': /[^/]+$/.exec(number.location ?? '')?.[0] ??
        'AAAAAAAAAAAA',
      '/bookings/number': firstOf(booked, 'number'),
      '/bookings/{number} as': 'resident.zhou',
      '/intake/number': intake, '/intake/{number} as': 'window.chen', intake,
      '/counter/verb': 'recall', '/village/residents/id': firstOf(roll, 'id'),
      '/village/residents/{id} as': 'agent.t01v001' };
  }

  // An application begun at the first counter.
  async intake() {
    const clerk = this.people.of('window.chen');
    const { seat } = await this.read(clerk, '/counter');
    if (!seat) await clerk.post('/counter/open', { counter: 'H1-01' });
    const r = await clerk.post('/intake', { item: 'DEMO-05-001',
      code: `${citizenId(5)} 周甲` });
    return r.json?.number;
  }

  // The food licence a finished journey gave, once the outbox has been read.
  async licenceOf(person) {
    for (let i = 0; i < 50; i++) {
      const { rows } = await this.read(person, '/my/licences');
      const row = rows.find(r => r.name.includes('食品经营'));
      if (row) return row.identifier;
      await new Promise(done => setTimeout(done, 200));
    }
    throw new Error(`${person.login} has no licence`);
  }

  // Doors that stay shut to people whose role would fit: what, who, how.
  doors({ filed, draft, part, paper, identifier, fee, receipt, refund,
    complaint, intake, gaps, authority, authorityCase,
    '/village/residents/id': person,
    '/bookings/number': booking }) {
    const get = url => person => person.get(url);
    const post = (url, value) => person => person.post(url, value);
    const c = `/cases/${filed.number}`, d = `/drafts/${draft.draft}`;
    const other = 'officer.d001', stranger = 'resident.li';
    return [
      ['the receipt', stranger, get(`${c}/receipt`)],
      ['the receipt', 'anyone', get(`${c}/receipt`)],
      ['the receipt as PDF', stranger, get(`${c}/receipt.pdf`)],
      ['a notice', stranger, get(`/cases/${part.number}/notices/acceptance`)],
      ['supplying papers', stranger, get(`${c}/supply`)],
      ['supplying papers', stranger, post(`${c}/supply`, {})],
      ['handing in what may come later', stranger,
        get(`/cases/${gaps}/handin`)],
      ['looking at what was handed in', other,
        post(`/cases/${gaps}/verify`, { paper: 'all', verdict: 'right' })],
      ['accepting with gaps', other, post(`/cases/${part.number}/admit`,
        { pledge: '已收申请人签名的书面承诺' })],
      ['withdrawing', stranger, post(`${c}/withdraw`, { reason: '不办了' })],
      ['a draft', stranger, get(`${d}/shop`)],
      ['a draft\'s check', stranger, get(`${d}/check`)],
      ['a draft\'s papers', stranger, get(`${d}/papers`)],
      ['a draft\'s file', stranger, get(`${d}/papers/plan`)],
      ['a draft\'s picture', stranger, get(`${d}/papers/plan/pictures/0`)],
      ['saving a draft', stranger, post(`${d}/shop`, { shop_name: '别人家' })],
      ['who signs a draft', stranger, get(`${d}/partners`)],
      ['asking somebody to sign a draft', stranger, post(`${d}/partners`,
        { role: 'joint', name: '别人', mobile: '13800000001' })],
      ['submitting a draft', stranger, post(`${d}/submit`, { promise: '1' })],
      ['a paper authority of another', 'resident.zhou',
        get(`/my/authorities/${authority}`)],
      ['the file of an authority', 'resident.zhou',
        get(`/my/authorities/${authority}/paper`)],
      ['objecting to another\'s authority', 'resident.zhou',
        post(`/my/authorities/${authority}`, { act: 'revoke' })],
      ['an authority at another desk', 'officer.d001',
        post(`/desk/${authorityCase}/authorities/${authority}`,
          { verdict: 'confirm', revision: '1' })],
      ['another clerk\'s intake', 'window.wu', get(`/intake/${intake}`)],
      ['another clerk\'s intake', 'window.wu',
        post(`/intake/${intake}`, { do: 'file' })],
      ['a case at the desk', other, get(`/desk/${part.number}`)],
      ['a case at the desk', 'leader.d001', get(`/desk/${part.number}`)],
      ['a paper', other, get(paper)],
      ['a paper', stranger, get(paper)],
      ['a paper\'s picture', other, get(`${paper}/pictures/1`)],
      ['a paper\'s small picture', stranger, get(`${paper}/pictures/0`)],
      ['reviewing', other, post(`/cases/${part.number}/review`, {})],
      ['reviewing', stranger, post(`/cases/${part.number}/review`, {})],
      ['a licence', stranger, get(`/my/licences/${identifier}`)],
      ['a licence\'s sheet', stranger, get(`/licences/${identifier}/pdf`)],
      ['a licence\'s sheet', other, get(`/licences/${identifier}/pdf`)],
      ['a licence at the desk', other, get(`/licences/${identifier}`)],
      ['a licence\'s delivery', stranger,
        post(`/my/licences/${identifier}`, { delivery: 'electronic' })],
      ['a payment notice', stranger, get(`/my/fees/${fee}`)],
      ['a payment notice as PDF', stranger, get(`/fees/${fee}/pdf`)],
      ['a payment notice as PDF', other, get(`/fees/${fee}/pdf`)],
      ['a receipt', stranger, get(`/fees/${fee}/receipt/${receipt}`)],
      ['a payment notice at the desk', other, get(`/fees/${fee}`)],
      ['reckoning a fee', other, post(`/fees/${fee}/assess`, {})],
      ['cancelling a fee', other,
        post(`/fees/${fee}/cancel`, { reason: '不应当收取' })],
      ['asking money back', stranger,
        post(`/my/fees/${fee}`, { reason: '请退给我吧' })],
      ['approving a refund', other,
        post(`/fees/refunds/${refund}`, { act: 'approve' })],
      ['suspending', other, post(`/licences/${identifier}/suspend`,
        { reason: '行政处罚决定' })],
      ['revoking, not being the leader', 'officer.d025',
        post(`/licences/${identifier}/revoke`, { reason: '行政决定书',
          ground: '超越法定职权作出准予决定' })],
      ['complaining about another\'s case', stranger, get(`${c}/complain`)],
      ['another\'s complaint', stranger, get(`/my/remedies/${complaint}`)],
      ['withdrawing it', stranger, post(`/my/remedies/${complaint}/withdraw`,
        {})],
      ['a complaint of another desk', other, get(`/remedies/${complaint}`)],
      ['answering it, not being the supervisor', `leader.${part.unit}`,
        post(`/remedies/${complaint}/answer`, { verdict: 'dismiss',
          text: '没有问题。' })],
      ['doing it again, being another desk', 'leader.d001',
        post(`/cases/${part.number}/reopen`, { ground: 'error',
          text: '试一试。' })],
      ['a resident of another village', 'agent.t01v002',
        get(`/village/residents/${person}`)],
      ['filing for him', 'agent.t01v002',
        get(`/village/file/DEMO-40-004?resident=${person}`)],
      ['an appointment', stranger, get(`/bookings/${booking}`)],
      ['cancelling it', stranger, post(`/bookings/${booking}/cancel`, {})],
      ['an opinion', other,
        post(`/desk/${part.number}/opinion`, { text: '同意' })],
      ['granting, not being the leader', `officer.${part.unit}`,
        post(`/cases/${part.number}/grant`, {})],
    ];
  }

  // The same doors, opened by those they belong to.
  keys({ filed, draft, part, paper, officer }) {
    const c = `/cases/${filed.number}`, d = `/drafts/${draft.draft}`;
    const desk = this.people.of(officer);
    return [[`${c}/receipt`, filed.person], [`${c}/receipt.pdf`, filed.person],
      [`/cases/${part.number}/notices/acceptance`, filed.person], [`${d}/shop`, draft.person],
      [`${d}/check`, draft.person], [`${d}/partners`, draft.person], [`${d}/papers`, draft.person],
      [`${d}/papers/plan`, draft.person], [`/desk/${part.number}`, desk],
      [`/cases/${part.number}/review`, desk], [paper, desk]];
  }

  // What strangers must never read of a person.
  personal(person) {
    return [person.name, citizenId(person.n), person.login];
  }
}

const VERBS = new Set(['accept', 'refuse', 'supplement', 'supply', 'review',
  'admit', 'handin', 'verify', 'again',
  'special', 'resume', 'extend', 'transfer', 'propose', 'return', 'grant',
  'deny', 'withdraw', 'cosign', 'unsign', 'sign', 'delegate', 'recall']);

// What a person would type into a field of a confirm page.
function answerTo(field) {
  if (field.value) return field.value;
  if (field.choices?.length) return field.choices[0].value;
  if (field.date) return '2026-12-10';
  if (field.keys === 'numeric') return '5';
  return field.optional ? '' : '材料齐全，符合法定条件。';
}
