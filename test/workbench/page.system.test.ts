import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { bakeryTopic } from '../bakery.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { openSqlite } from '../storage/open-sqlite.ts';
import { type BrowserPage, noBrowser, useBrowser } from './browser.ts';
import { openWorkbench } from './workbench.ts';

if (noBrowser) console.warn(`The tests of the workbench’s page are skipped: ${noBrowser}.`);

describe.skipIf(noBrowser)('the workbench’s page', () => {
  const browse = useBrowser();
  let page: BrowserPage | undefined;

  /** Opens a section of the workbench in the browser. */
  async function open(
    section: string,
    surroundings: Parameters<typeof openWorkbench>[0] = {},
    options: Parameters<typeof browse>[1] = {},
  ) {
    const { bakery, url } = await openWorkbench(surroundings);
    page = await browse(`${url}#${section}`, options);
    return { bakery, page };
  }

  // Whatever a test is about: nothing leaves the machine, nothing goes wrong unseen.
  afterEach(() => {
    expect(page?.complaints ?? []).toEqual([]);
    page = undefined;
  });

  const channel = ({ page }: { page: BrowserPage }) => page.getByRole('log', { name: 'Channel' });
  const why = ({ page }: { page: BrowserPage }) => page.getByRole('region', { name: 'Why' });
  const shows = async (place: Locator, text: string | RegExp) => place.filter({ hasText: text }).first().waitFor();
  const shown = (place: Locator) => place.innerText();

  async function say(page: BrowserPage, text: string) {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  }

  describe('as a list of changes', () => {
    test('shows reworded answers before and after, and who gets another reply, and counts them in the menu', async () => {
      const { bakery, page } = await open('changes');
      const main = page.getByRole('main');
      await shows(main, 'Everybody gets the same reply as before.');
      bakery.edit('topics/bread.yaml', 'kostet laut Artikel drei Euro', 'kostet drei Euro, sagt der Artikel');
      await shows(
        main,
        /Before[\s\S]*kostet laut Artikel drei Euro[\s\S]*After[\s\S]*kostet drei Euro, sagt der Artikel/,
      );
      bakery.edit('topics/hours.yaml', '- when do you open', '- xyzzy');
      bakery.edit('topics/bread.yaml', '[how much is the bread', '[when do you open, how much is the bread');
      await shows(
        main,
        /No longer as expected[\s\S]*when do you open\s+answered with hours\s+answered with bread\s+expected: hours/,
      );
      await page.getByRole('link', { name: /^changes \d+ changes$/ }).waitFor();
    });
  });

  describe('as a list of test messages', () => {
    test('shows the figures, and asks a message that goes wrong in the conversation, whatever was said there', async () => {
      const bakery = bakeryCopy();
      mkdirSync(join(bakery.folder, 'evaluation'));
      const message = { text: 'was kostet das brot', lang: 'de', kind: 'ask', topics: ['hours'] };
      bakery.write('evaluation/tuning.jsonl', JSON.stringify(message));
      const opened = await open('conversation', { bakery });
      await say(opened.page, 'wann macht ihr auf');
      await shows(channel(opened), bakeryTopic('hours', 'de').answer);
      await opened.page.getByRole('radio', { name: 'Overheard' }).check();
      await opened.page.getByRole('link', { name: 'changes' }).click();
      await opened.page.getByText('Figures for tuning.jsonl').click();
      await shows(opened.page.getByRole('row'), /questions: answered wrongly\s*100\.0\s%\s*1 of 1/);
      await opened.page.getByText('Wrong replies 1').click();
      await opened.page.getByRole('button', { name: 'was kostet das brot' }).click();
      await shows(channel(opened), bakeryTopic('bread', 'de').answer);
      expect(await shown(channel(opened))).toMatch(/@Bot was kostet das brot/);
    });
  });

  describe('as a conversation', () => {
    test('shows the reply with its source, and why: what was checked, topics, words', async () => {
      const opened = await open('conversation');
      await say(opened.page, 'was kosdet das brot');
      await shows(channel(opened), bakeryTopic('bread', 'de').answer);
      await shows(channel(opened), 'Quelle: Dorfblatt · berichtet');
      const reasons = await shown(why(opened));
      expect(reasons).toMatch(/Answers “What does the rye bread cost\?”, \d+\s% sure\. The text is German/);
      expect(reasons).toMatch(/met:\s+sure of the topic\s+\d+\s% of \d+\s% needed/);
      expect(reasons).toMatch(/kosdet\s+kostet typo/);
      await opened.page.getByText('Had the bot overheard it in a channel').click();
      await shows(why(opened), 'Stays silent');
      await say(opened.page, 'brot xyzzy');
      await shows(why(opened), /xyzzy\s*xyzzy unknown/);
    });

    test('continues the latest answer, or the one that is replied to, or starts over', async () => {
      const opened = await open('conversation');
      const composer = opened.page.locator('.composer');
      await say(opened.page, 'was kostet das brot');
      await shows(composer, 'Continues “What does the rye bread cost?”');
      await say(opened.page, 'wann macht ihr auf');
      await shows(composer, 'Continues “When is the bakery open?”');
      await opened.page.getByRole('button', { name: 'Reply' }).first().click();
      await shows(composer, 'Continues “What does the rye bread cost?”');
      await say(opened.page, 'öffnungszeiten bäckerei huber');
      await shows(channel(opened), '↪ What does the rye bread cost?');
      await opened.page.getByRole('button', { name: 'Start over' }).click();
      await expect.poll(() => shown(composer)).not.toContain('Continues');
    });

    test('works the buttons as Discord would: related question, other language, feedback, removal', async () => {
      const opened = await open('conversation');
      const press = (name: string | RegExp) => opened.page.getByRole('button', { name, exact: true }).click();
      await say(opened.page, 'was kostet das brot');
      await opened.page.getByRole('combobox', { name: /^Dazu passt/ }).selectOption(bakeryTopic('hours', 'de').title);
      await shows(channel(opened), bakeryTopic('hours', 'de').answer);
      expect(await shown(channel(opened))).not.toContain(bakeryTopic('bread', 'de').answer);
      await press('English');
      await shows(channel(opened), bakeryTopic('hours', 'en').answer);
      await press('👍');
      await shows(channel(opened), 'Only you can see this');
      await press('🗑️');
      await expect.poll(() => shown(channel(opened))).not.toContain(bakeryTopic('hours', 'en').answer);
    });

    test('stays silent about what it overhears, and says why', async () => {
      const opened = await open('conversation');
      await opened.page.getByLabel('Overheard').check({ force: true });
      await say(opened.page, 'das brot ist gut');
      await shows(channel(opened), /Stays silent: not met: “names something in the article”/);
    });

    test('shows bold text as such, and markup of a hostile member as text', async () => {
      const opened = await open('conversation');
      await say(opened.page, '**bold** <img src=x onerror=alert(1)> <script>alert(2)</script>');
      await shows(channel(opened), 'bold <img src=x onerror=alert(1)> <script>alert(2)</script>');
      expect(await channel(opened).locator('strong').allInnerTexts()).toEqual(['bold']);
      expect(await opened.page.locator('img[src=x]').count()).toBe(0);
    });
  });

  describe('as the article', () => {
    test('links from a sentence to the file of the topic that rests on it', async () => {
      const opened = await open('article');
      const sentence = opened.page.locator('.sentence', { hasText: 'Das Roggenbrot kostet dort drei Euro.' });
      const file = join(opened.bakery.folder, 'topics/bread.yaml');
      const link = sentence.getByRole('link', { name: 'What does the rye bread cost?' });
      expect(await link.getAttribute('href')).toBe(`vscode://file${file}:1:1`);
    });

    test('highlights sentences that no topic covers', async () => {
      const bakery = bakeryCopy();
      bakery.edit('article.txt', 'drei Euro.', 'drei Euro. Im Hof steht ein sehr alter Ofen.');
      const opened = await open('article', { bakery });
      await shows(opened.page.locator('.sentence .uncovered'), 'Im Hof steht ein sehr alter Ofen.');
      await shows(opened.page.getByRole('main'), '1 of 4 sentences say something that no topic covers');
    });
  });

  describe('as a list of problems', () => {
    test('follows each saved file without a reload: a mistake, its fix, and the answers all the while', async () => {
      const opened = await open('problems');
      const main = opened.page.getByRole('main');
      await shows(main, 'Warnings');
      const link = main.getByRole('link', { name: /topics\/bread\.yaml:8$/ }).first();
      const file = join(opened.bakery.folder, 'topics/bread.yaml');
      expect(await link.getAttribute('href')).toMatch(`vscode://file${file}:8:`);
      opened.bakery.edit('topics/bread.yaml', 'status: reported', 'status: maybe');
      await shows(main, /topics\/bread\.yaml:2\s[\s\S]*"status"[\s\S]*maybe[\s\S]*reported/);
      await shows(opened.page.getByRole('alert'), '1 error in the files. Until it is fixed');
      await opened.page.getByRole('link', { name: 'conversation' }).click();
      await say(opened.page, 'was kostet das brot');
      await shows(channel(opened), 'drei Euro');
      opened.bakery.edit('topics/bread.yaml', 'status: maybe', 'status: reported');
      await opened.page.getByRole('alert').waitFor({ state: 'detached' });
    });

    test('opens on a folder with errors, and answers once they are fixed', async () => {
      const bakery = bakeryCopy();
      bakery.edit('topics/bread.yaml', 'status: reported', 'status: maybe');
      const opened = await open('problems', { bakery });
      await shows(opened.page.getByRole('alert'), 'The bot can’t answer until it is fixed');
      bakery.edit('topics/bread.yaml', 'status: maybe', 'status: reported');
      await shows(opened.page.getByRole('status'), /3 topics/);
    });

    test('shows what a hostile file says as text', async () => {
      const bakery = bakeryCopy();
      bakery.edit('topics/bread.yaml', 'wie teuer ist ein laib', '"<img src=x onerror=alert(1)>"');
      bakery.edit(
        'topics/bread.yaml',
        'kostet laut Artikel drei Euro.',
        'kostet <img src=x onerror=alert(1)> drei Euro.',
      );
      bakery.edit('words.yaml', 'Bäckerei Huber', '<b onclick=alert(1)>Huber');
      bakery.edit('topics/hours.yaml', 'title: Wann', 'title: <b>Wann');
      const opened = await open('conversation', { bakery });
      await shows(opened.page.getByRole('heading', { level: 1 }), '<b onclick=alert(1)>Huber');
      await say(opened.page, 'was kostet das brot');
      await shows(channel(opened), 'kostet <img src=x onerror=alert(1)> drei Euro.');
      for (const section of ['article', 'problems', 'changes', 'conversation']) {
        await opened.page.getByRole('link', { name: new RegExp(`^${section}`) }).click();
        await opened.page.locator(`a[href="#${section}"][aria-current]`).waitFor();
        expect(await opened.page.locator('img[src=x], b').count()).toBe(0);
      }
    });
  });

  describe('as a list of unanswered questions', () => {
    test('shows the most asked first, and the very lines that would answer one', async () => {
      const bakery = bakeryCopy();
      // Block style, as every topic of the product's own has it.
      const list = '\n    - was kostet das brot\n    - wie teuer ist ein laib\n    - preis roggenbrot';
      bakery.edit(
        'topics/bread.yaml',
        ' [was kostet das brot, wie teuer ist ein laib, preis roggenbrot, brot zu teuer?]',
        list,
      );
      await record(bakery.folder, ['brezel mit salz', 'habt ihr kipferl', 'habt ihr kipferl']);
      const opened = await open('unanswered', { bakery });
      const questions = opened.page.locator('.gaps > li');
      await shows(questions, 'habt ihr kipferl');
      expect(await questions.first().innerText()).toMatch(/2×\s*habt ihr kipferl/);
      const addition = questions.first().locator('details', { hasText: 'If it belongs to bread' });
      await addition.locator('summary').click();
      await shows(addition, /Add after \S*topics\/bread\.yaml:8/);
      const [lines = ''] = await addition.locator('pre').allTextContents();
      expect(lines).toBe('    - habt ihr kipferl');
      const yaml = readFileSync(join(bakery.folder, 'topics/bread.yaml'), 'utf8').split('\n');
      bakery.write('topics/bread.yaml', yaml.toSpliced(11, 0, lines).join('\n'));
      await shows(questions.first(), 'answered now by What does the rye bread cost?');
    });

    test('says that nothing is recorded', async () => {
      const opened = await open('unanswered');
      await shows(opened.page.getByRole('main'), 'No unanswered questions have been recorded.');
      await shows(opened.page.getByRole('main'), 'RECORD_QUESTIONS is off');
    });

    test('shows how members rated the answers, the worst first', async () => {
      const bakery = bakeryCopy();
      const storage = await openSqlite(bakery.folder);
      await storage.feedback.vote('bread', 'de', { helpful: 1, unhelpful: 0 });
      await storage.feedback.vote('hours', 'en', { helpful: 0, unhelpful: 1 });
      await storage.close();
      const opened = await open('unanswered', { bakery });
      await shows(opened.page.getByRole('row').nth(1), /When is the bakery open\?\s*English\s*0\s*1/);
      await shows(opened.page.getByRole('row').nth(2), /What does the rye bread cost\?\s*German\s*1\s*0/);
    });

    async function record(folder: string, questions: readonly string[]) {
      const storage = await openSqlite(folder);
      for (const text of questions) {
        await storage.gaps.record({ text, language: 'de', topic: undefined }, '2026-11-20');
      }
      await storage.close();
    }
  });

  describe('for everybody', () => {
    test('is worked by the keyboard alone', async () => {
      const opened = await open('problems');
      const { keyboard } = opened.page;
      await tabTo(opened.page, 'conversation');
      await keyboard.press('Enter');
      await shows(why(opened), 'Here you will see');
      for (let presses = 0; presses < 20; presses++) {
        await keyboard.press('Tab');
        if ((await opened.page.locator(':focus').getAttribute('id')) === 'message') break;
      }
      await keyboard.type('was kostet das brot');
      await keyboard.press('Enter');
      await shows(channel(opened), 'drei Euro');
      await tabTo(opened.page, 'English');
      await keyboard.press('Enter');
      await shows(channel(opened), 'costs three euros');
      await tabTo(opened.page, 'article');
      await keyboard.press('Enter');
      await tabTo(opened.page, 'What does the rye bread cost?');
    });

    test.for(['light', 'dark'] as const)(
      'has no accessibility problems that axe finds, in the %s theme',
      async (colorScheme) => {
        const bakery = bakeryCopy();
        bakery.edit('article.txt', 'drei Euro.', 'drei Euro. Im Hof steht ein sehr alter Ofen.');
        const opened = await open('conversation', { bakery }, { colorScheme, bypassCSP: true });
        await say(opened.page, 'was kostet das brot und wann macht ihr auf?');
        await say(opened.page, 'brot öffnungszeiten zeiten');
        await opened.page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
        for (const section of ['conversation', 'article', 'problems', 'changes', 'unanswered']) {
          await opened.page.evaluate(`location.hash = '${section}'`);
          await opened.page.locator(`a[href="#${section}"][aria-current]`).waitFor();
          const found: AxeResults = await opened.page.evaluate('axe.run()');
          expect(
            found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
            section,
          ).toEqual([]);
        }
      },
    );

    test('fits on a phone', async () => {
      const opened = await open('conversation', {}, { viewport: { width: 390, height: 844 } });
      await say(opened.page, `was kostet das brot ${'sehr'.repeat(60)}`);
      await shows(why(opened), 'Words');
      const links = opened.page.getByRole('navigation', { name: 'Sections' }).getByRole('link');
      for (const link of await links.all()) {
        await link.click();
        await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
        const width = await opened.page.evaluate('document.documentElement.scrollWidth');
        expect(width, await link.innerText()).toBeLessThanOrEqual(390);
      }
    });

    test('is dark or light as the system is, the channel too, and follows a change', async () => {
      const opened = await open('conversation', {}, { colorScheme: 'dark' });
      await say(opened.page, 'was kostet das brot');
      await shows(channel(opened), 'drei Euro');
      const ground = () => opened.page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      const text = () =>
        opened.page.evaluate('getComputedStyle(document.querySelector("discord-message .markdown")).color');
      expect([await ground(), await text()]).toEqual(['rgb(21, 23, 28)', 'rgb(220, 221, 222)']);
      await opened.page.emulateMedia({ colorScheme: 'light' });
      await expect.poll(ground).toBe('rgb(244, 245, 248)');
      await expect.poll(text).toBe('rgb(46, 51, 56)');
    });

    async function tabTo(page: BrowserPage, name: string) {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate('(document.activeElement.textContent || "").trim().replace(/\\s+/g, " ")');
        if (String(focused).startsWith(name)) return;
      }
      throw new Error(`The tab key never reaches "${name}".`);
    }
  });
});
