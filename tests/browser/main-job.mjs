// The main job through the real browser, as people do it: a resident with a
// phone opens a restaurant, four offices work, everybody can see, and in the
// end there is one result and one rating.  Played with scripts and without.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Hall, pdf } from '../lib/hall.mjs';
import { citizenId, creditCode } from '../lib/made-up.mjs';

// Types, chooses or ticks, whatever the control named so is; of a list every
// row, added by its button when it is not there yet.
async function answer(page, name, value) {
  if (Array.isArray(value)) {
    for (const [i, row] of value.entries()) {
      if (!await page.locator(`main [name^="${name}.${i}."]`).count())
        await press(page, '再加一');
      for (const [k, v] of Object.entries(row))
        await answer(page, `${name}.${i}.${k}`, v);
    }
    return;
  }
  const control = page.locator(`main [name="${name}"]`).first();
  const kind = await control.evaluate(e =>
    e.tagName === 'SELECT' ? 'select' : e.type);
  if (kind === 'radio')
    await page.check(`main [name="${name}"][value="${value}"]`);
  else if (kind === 'checkbox') await control.check();
  else if (kind === 'select') await control.selectOption(value);
  else await control.fill(String(value));
}

async function press(page, words) {
  const button = page.locator('main')
    .locator('button, a.btn, input[type=submit]:not(.sr)').filter({ hasText: words });
  await Promise.all([page.waitForLoadState('load'), button.first().click()]);
  await page.waitForLoadState('load');
}

// Playing has no sight of pages without scripts but the text.
const text = page => page.locator('main').innerText();

class Job {
  constructor(options) {
    Object.assign(this, options);
    this.hall = new Hall(this.place);
    this.suffix = this.scripts ? '' : '-no-scripts';
    this.n = this.scripts ? 901 : 902;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zt-papers-'));
  }

  async shot(page, name) {
    await page.screenshot({ path: `${this.shots}/job-${name}${this.suffix}.png`,
      fullPage: true });
  }

  // The page shows these words; says so if not.
  async shows(page, what, ...words) {
    const seen = await text(page);
    for (const w of words)
      this.judge(seen.includes(w), `${what}${this.suffix}: no "${w}"`,
        `${page.url()}\n    ${seen.slice(0, 600)}`);
  }

  async ask(page) {
    await page.goto(`${this.place.base}/services/themes/canyin`);
    await press(page, '开始办理');
    for (const [k, v] of Object.entries(this.hall.situation()))
      await answer(page, k, v);
    await page.locator('main form[method=get] button').first().click();
    await page.waitForLoadState();
    await this.shows(page, 'what follows', '食品经营许可', '排水', '消防');
    await this.shot(page, '1-outcome');
  }

  async fill(page) {
    await page.locator('main form[method=post] button').first().click();
    await page.waitForLoadState();
    const groups = this.hall.groups({ shop: `清溪人家小馆${this.n}`, n: this.n,
      person: { name: '周文远', n: this.n, login: '13900000901' } });
    groups[1].values.applicant_code = citizenId(this.n);
    groups[1].values.credit_code = creditCode(this.n);
    for (const group of groups.slice(1)) {
      await this.shows(page, `group ${group.code}`, '保存');
      if (group.code === 'shop') await this.mistake(page, group.values);
      for (const [k, v] of Object.entries(group.values))
        await answer(page, k, v);
      await this.shot(page, `2-${group.code}`);
      await press(page, '保存并继续');
    }
  }

  // A wrong number comes back with a sentence and what was typed.
  async mistake(page, values) {
    for (const [k, v] of Object.entries(values)) await answer(page, k, v);
    await answer(page, 'mobile', '1380');
    await press(page, '保存并继续');
    await this.shows(page, 'a wrong number', '手机号码');
    this.judge(await page.locator('[name=shop_name]').inputValue() ===
      values.shop_name, `what was typed is still there${this.suffix}`);
    this.judge(await page.locator('.errsum').count() === 1,
      `there is a summary of mistakes${this.suffix}`);
    await this.shot(page, '2-mistake');
  }

  async upload(page) {
    await this.shows(page, 'papers', '上传材料', '免交');
    for (const paper of this.hall.papers(this.n)) {
      const file = path.join(this.folder, `${paper.code}.pdf`);
      fs.writeFileSync(file, pdf(`${paper.code} ${this.n}`));
      const form = page.locator(
        `main form[action$="/papers/${paper.code}"]`);
      if (!await form.count()) continue;
      await form.locator('input[type=file]').setInputFiles(file);
      if (this.scripts) {
        // The script uploads what was chosen, or the button still does.
        await page.waitForTimeout(300);
      }
      const there = page.locator(`#f-${paper.code} .file:not(form)`);
      if (!await there.count()) {
        await form.locator('button').click();
        await page.waitForLoadState();
      }
      await there.first().waitFor({ timeout: 10000 });
    }
    await this.shot(page, '3-papers');
    await press(page, '保存并继续');
  }

  async submit(page) {
    await this.shows(page, 'check', `清溪人家小馆${this.n}`, '提交后会发生什么');
    await this.shot(page, '4-check');
    await answer(page, 'promise', '1');
    await press(page, '签名并提交');
    await this.shows(page, 'receipt', '办件编号');
    await this.shot(page, '5-receipt');
    this.number = /\/cases\/([^/?]+)/.exec(page.url())?.[1];
    this.judge(Boolean(this.number), `there is a number${this.suffix}`,
      page.url());
  }

  // One desk by hand, from the list to the confirm page; the others by program.
  async work(wide) {
    const look = await this.hall.look(this.number);
    this.parts = this.hall.partsOf(look);
    this.judge(this.parts.length === 4,
      `four departments have it${this.suffix}: ${this.parts.length}`);
    const [first, ...rest] = this.parts;
    for (const act of this.hall.acts(first, 1)) {
      const context = await wide(act.login);
      const page = await context.newPage();
      await page.goto(`${this.place.base}/desk/${first.number}`);
      if (act.verb === 'accept') await this.shot(page, '6-case');
      const link = page.locator(
        `main a[href*="/cases/${first.number}/${act.verb}"]`);
      await link.first().click();
      await page.waitForLoadState();
      await this.confirm(page, act);
      await context.close();
    }
    for (const part of rest)
      for (const act of this.hall.acts(part, 1)) {
        const r = await this.hall.act(part, act);
        this.judge(r.status < 300, `${act.verb} of ${part.number}: ${r.status}`,
          r.text.slice(0, 300));
      }
  }

  async confirm(page, act) {
    await this.shows(page, act.verb, '法定条件');
    const fields = await page.locator('main form[method=post] [name]')
      .evaluateAll(all => all.filter(e => e.type !== 'hidden')
        .map(e => ({ name: e.name, empty: !e.value, kind: e.type,
          options: [...e.options ?? []].map(o => o.value) })));
    for (const f of fields) {
      if (f.kind === 'select-one' && f.empty)
        await answer(page, f.name, f.options.find(Boolean));
      else if (/text/.test(f.kind) && f.empty)
        await answer(page, f.name, '材料齐全，符合法定条件。');
    }
    if (act.verb === 'accept') await this.shot(page, '7-confirm');
    await press(page, '确认');
    this.judge(!/\/cases\/[^/]+\/\w+$/.test(new URL(page.url()).pathname) ||
      !await page.locator('.errsum').count(),
    `${act.verb} was done${this.suffix}`, await text(page));
  }

  async watch(phone) {
    const context = await phone(undefined);
    const page = await context.newPage();
    await page.goto(`${this.place.base}/cases/${this.number}`);
    await this.shows(page, 'progress', '我要开餐饮店', '市场监督管理局');
    this.judge(!(await text(page)).includes('周文远'),
      `strangers read no name${this.suffix}`);
    await this.shot(page, '8-progress');
    await context.close();
  }

  async rate(page) {
    await page.goto(`${this.place.base}/cases/${this.number}`);
    await this.shows(page, 'the end', '办结');
    await page.goto(`${this.place.base}/cases/${this.number}/rate`);
    await answer(page, 'level', '1');
    await this.shot(page, '9-rate');
    await press(page, '提交评价');
    await this.shows(page, 'rated', '非常满意');
  }
}

export async function mainJob(options) {
  const job = new Job(options);
  const context = await job.phone('resident.zhou');
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', e => errors.push(String(e)));
  page.setDefaultTimeout(10000);
  try {
    for (const step of ['ask', 'fill', 'upload', 'submit'])
      await job[step](page);
    await job.watch(job.phone);
    await job.work(job.wide);
    await job.rate(page);
    job.judge(!errors.length, `no script failed${job.suffix}`,
      errors.join('\n    '));
  } catch (e) {
    await job.shot(page, 'stopped').catch(() => {});
    job.judge(false, `the main job${job.suffix} stopped at ${page.url()}`,
      `${e.message}\n    ${(await text(page).catch(() => '')).slice(0, 800)}`);
  }
  await context.close();
  fs.rmSync(job.folder, { recursive: true, force: true });
}
