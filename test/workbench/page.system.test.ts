import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    test('shows who gets another reply than when it was opened, and counts them in the menu', async () => {
      const { bakery, page } = await open('changes');
      const main = page.getByRole('main');
      await shows(main, 'Everybody gets the reply they got before.');
      bakery.edit('topics/hours.yaml', '- when do you open', '- xyzzy');
      bakery.edit('topics/bread.yaml', '[how much is the bread', '[when do you open, how much is the bread');
      await shows(
        main,
        /No longer as expected \d[\s\S]*when do you open\s+answered by hours\s+answered by bread\s+expected: hours/,
      );
      await shows(page.getByRole('link', { name: /^Changes \d/ }), 'Changes');
    });
  });

  describe('as a conversation', () => {
    test('shows the reply with its source, and why: words, topics, gates', async () => {
      const opened = await open('conversation');
      await say(opened.page, 'was kosdet ein Laib xyzzy');
      await shows(channel(opened), 'kostet laut Artikel drei Euro');
      expect(await shown(channel(opened))).toContain('Quelle: Dorfblatt · berichtet');
      const reasons = await shown(why(opened));
      expect(reasons).toMatch(/Answers with “What does the rye bread cost\?”, \d+\s% sure\. The text is German/);
      expect(reasons).toMatch(/kosdet\s+kostet typo/);
      expect(reasons).toMatch(/xyzzy\s+xyzzy unknown/);
      expect(reasons).toMatch(/Clear of the second topic\s+\d\.\d\d \/ 0\.10/);
      await opened.page
        .getByRole('img', { name: /^Confidence \d\.\d\d, 0\.5 needed\. Margin \d\.\d\d, 0\.1 needed\.$/ })
        .waitFor();
    });

    test('works the buttons as Discord would: related question, other language, feedback, dismissal', async () => {
      const opened = await open('conversation');
      const press = (name: string) => opened.page.getByRole('button', { name, exact: true }).click();
      await say(opened.page, 'was kostet das brot');
      await press('Wann ist die Bäckerei offen?');
      await shows(channel(opened), 'von sechs bis zwölf Uhr geöffnet');
      expect(await shown(channel(opened))).not.toContain('drei Euro');
      await press('In English');
      await shows(channel(opened), 'is open from six to twelve o’clock');
      await press('Helpful');
      await shows(channel(opened), /Danke für die Rückmeldung[\s\S]*Only you can see this/);
      await press('Dismiss');
      await expect.poll(() => shown(channel(opened))).not.toContain('is open from six');
    });

    test('offers every topic in a menu where nothing is known, in the member’s language, and shows what was chosen', async () => {
      const opened = await open('conversation');
      await opened.page.getByLabel('Member’s Discord in').selectOption('English');
      await say(opened.page, 'qwertz asdfgh');
      await shows(channel(opened), 'Sorry, I have no answer to that');
      await opened.page
        .getByRole('combobox', { name: /topic/ })
        .selectOption({ label: bakeryTopic('bread', 'en').title });
      await shows(channel(opened), bakeryTopic('bread', 'en').answer);
      expect(await shown(channel(opened))).not.toContain('Sorry');
    });

    test('says what it does not know once none of its offers fits', async () => {
      const opened = await open('conversation');
      await say(opened.page, 'brot öffnungszeiten zeiten');
      await opened.page.getByRole('button', { name: 'Nichts davon' }).click();
      await shows(channel(opened), 'Darauf habe ich leider keine Antwort');
    });

    test('stays silent to what it overhears, and says why; speaks where it is sure and asked by name', async () => {
      const opened = await open('conversation');
      await opened.page.getByLabel('Overheard').check({ force: true });
      await say(opened.page, 'das brot beim huber ist gut');
      await shows(channel(opened), /The bot stays silent: .*the message asks nothing/);
      expect(await shown(why(opened))).toContain('Stays silent');
      await say(opened.page, 'was kostet das brot beim huber?');
      await shows(channel(opened), 'drei Euro');
    });

    test('shows Discord’s markdown, and markup of a hostile member as text', async () => {
      const opened = await open('conversation');
      await say(opened.page, '**bold** <img src=x onerror=alert(1)> <script>alert(2)</script>');
      await shows(channel(opened), '<img src=x onerror=alert(1)> <script>alert(2)</script>');
      expect(await channel(opened).locator('strong').allInnerTexts()).toEqual(['bold']);
      expect(await opened.page.locator('img[src=x]').count()).toBe(0);
    });
  });

  describe('as the article', () => {
    test('opens from a sentence the topic that rests on it: answer, passages, phrasings, where they stand', async () => {
      const opened = await open('article');
      await opened.page.getByRole('button', { name: 'Das Roggenbrot kostet dort drei Euro.' }).click();
      const topic = opened.page.getByRole('dialog');
      await shows(topic, 'What does the rye bread cost?');
      expect(await shown(topic)).toMatch(/topics\/bread\.yaml:3\b/);
      await topic.getByText('4 phrasings').click();
      await shows(topic, /wie teuer ist ein laib\s*\S*topics\/bread\.yaml:8/);
    });

    test('lets sentences stand out that no topic tells', async () => {
      const bakery = bakeryCopy();
      bakery.edit('article.txt', 'drei Euro.', 'drei Euro. Im Hof steht ein sehr alter Ofen.');
      const opened = await open('article', { bakery });
      await shows(opened.page.locator('.piece.uncovered'), 'Im Hof steht ein sehr alter Ofen.');
      await shows(opened.page.getByRole('main'), '1 of 4 sentences say something that no topic tells');
    });
  });

  describe('as a picture of confusions', () => {
    test('leads from a cell to the phrasings, the words that led there, and the line to change', async () => {
      const bakery = bakeryCopy();
      bakery.edit('topics/hours.yaml', '- öffnungszeiten bäckerei huber', '- preis brot kostet');
      const opened = await open('confusions', { bakery });
      await opened.page.getByRole('button', { name: /^hours taken for bread: \d+$/ }).click();
      await shows(opened.page.locator('#confused'), /preis brot kostet[\s\S]*led there by (?:preis|brot|kostet) \+\d/);
      await shows(opened.page.locator('#confused'), /topics\/hours\.yaml:9/);
    });

    test('shows what the evaluation set confuses', async () => {
      const messages = [{ text: 'was kostet das brot', lang: 'de', kind: 'ask', topics: ['hours'] }] as const;
      const opened = await open('confusions', {
        messages: messages.map((each) => ({ ...each, topics: [...each.topics] })),
      });
      await opened.page.getByLabel('Evaluation set').check({ force: true });
      await opened.page.getByRole('button', { name: 'hours taken for bread: 1' }).click();
      await shows(opened.page.locator('#confused'), 'was kostet das brot');
    });

    test('is walked through by the arrow keys', async () => {
      const opened = await open('confusions');
      const cells = opened.page.locator('.matrix button');
      await cells.first().waitFor();
      expect(await opened.page.locator('.matrix button[tabindex="0"]').count()).toBe(1);
      await opened.page.locator('.matrix button[tabindex="0"]').focus();
      const before = await opened.page.locator(':focus').getAttribute('aria-label');
      for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft']) await opened.page.keyboard.press(key);
      await opened.page.keyboard.press('ArrowDown');
      const after = await opened.page.locator(':focus').getAttribute('aria-label');
      expect(after).toMatch(/taken for/);
      expect([before, after].every(Boolean)).toBe(true);
    });
  });

  describe('as a list of problems', () => {
    test('follows each saved file without a reload: a mistake, its mending, and the answers all the while', async () => {
      const opened = await open('problems');
      const main = opened.page.getByRole('main');
      await shows(main, 'Worth a look');
      opened.bakery.edit('topics/bread.yaml', 'status: reported', 'status: maybe');
      await shows(
        main,
        /topics\/bread\.yaml:2:9[\s\S]*"status" has a value that is not allowed[\s\S]*Write one of: reported/,
      );
      await shows(opened.page.getByRole('alert'), '1 error in the folder. Until they are mended');
      await opened.page.keyboard.press('1');
      await say(opened.page, 'was kostet das brot');
      await shows(channel(opened), 'drei Euro');
      opened.bakery.edit('topics/bread.yaml', 'status: maybe', 'status: reported');
      await opened.page.getByRole('alert').waitFor({ state: 'detached' });
    });

    test('takes over what was changed, with a new version', async () => {
      const opened = await open('conversation');
      const version = () => opened.page.locator('.standing code').innerText();
      const before = await version();
      opened.bakery.edit('topics/bread.yaml', 'laut Artikel drei Euro', 'laut Artikel genau drei Euro');
      await expect.poll(version).not.toBe(before);
      await say(opened.page, 'was kostet das brot');
      await shows(channel(opened), 'genau drei Euro');
    });

    test('opens on a folder that is wrong from the start, and answers as soon as it is mended', async () => {
      const bakery = bakeryCopy();
      bakery.edit('topics/bread.yaml', 'status: reported', 'status: maybe');
      const opened = await open('problems', { bakery });
      await shows(opened.page.getByRole('alert'), 'Nothing answers until they are mended');
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
      const opened = await open('article', { bakery });
      await opened.page.getByRole('button', { name: 'Das Roggenbrot kostet dort drei Euro.' }).click();
      await shows(opened.page.getByRole('dialog'), 'kostet <img src=x onerror=alert(1)> drei Euro.');
      await shows(opened.page.getByRole('heading', { level: 1 }), '<b onclick=alert(1)>Huber');
      await opened.page.keyboard.press('Escape');
      for (const key of ['1', '3', '4', '5']) {
        await opened.page.keyboard.press(key);
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
      await questions.first().getByLabel('It belongs to').selectOption({ label: 'What does the rye bread cost?' });
      await shows(questions.first(), /Add after \S*topics\/bread\.yaml:8/);
      await shows(questions.first(), 'Then it would be answered by this topic.');
      const [lines = ''] = await questions.first().locator('pre').allTextContents();
      expect(lines).toBe('    - habt ihr kipferl');
      const yaml = readFileSync(join(bakery.folder, 'topics/bread.yaml'), 'utf8').split('\n');
      bakery.write('topics/bread.yaml', yaml.toSpliced(11, 0, lines).join('\n'));
      await shows(questions.first(), 'answered now, by bread');
    });

    test('says that nothing is recorded where that is so', async () => {
      const opened = await open('unanswered');
      await shows(opened.page.getByRole('main'), 'No question without a good answer is recorded.');
      await shows(opened.page.getByRole('main'), 'RECORD_QUESTIONS is off');
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
      await keyboard.press('/');
      await expect.poll(() => opened.page.locator(':focus').getAttribute('id')).toBe('message');
      await keyboard.type('was kostet das brot');
      await keyboard.press('Enter');
      await shows(channel(opened), 'drei Euro');
      await tabTo(opened.page, 'In English');
      await keyboard.press('Enter');
      await shows(channel(opened), 'costs three euros');
      await tabTo(opened.page, 'Article');
      await keyboard.press('Enter');
      await tabTo(opened.page, 'Das Roggenbrot kostet');
      await keyboard.press(' ');
      await shows(opened.page.getByRole('dialog'), 'What does the rye bread cost?');
      await keyboard.press('Escape');
      expect(await opened.page.getByRole('dialog').count()).toBe(0);
    });

    test('fits on a phone', async () => {
      const opened = await open('conversation', {}, { viewport: { width: 390, height: 844 } });
      await say(opened.page, `was kostet das brot ${'sehr'.repeat(60)}`);
      await shows(why(opened), 'Words');
      const links = opened.page.getByRole('navigation', { name: 'Sections' }).getByRole('link');
      for (const link of await links.all()) {
        await link.click();
        await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
        if ((await link.getAttribute('href')) === '#confusions') await opened.page.locator('.matrix').waitFor();
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
