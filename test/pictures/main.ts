import { existsSync, mkdirSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Engine } from '../../src/engine/engine.ts';
import { readSettings } from '../../src/operation/settings.ts';
import { serve } from '../../src/workbench/server.ts';
import { Workbench } from '../../src/workbench/workbench.ts';

/*
 * Makes the pictures of the README and one of each kind of reply, as the workbench shows them in Chromium (set CHROMIUM to its path if it
 * is elsewhere). Emoji need a font: on Debian, fonts-noto-color-emoji.
 */

const FOLDER = 'docs/pictures';
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
type Theme = 'light' | 'dark';

/** What to do in the page to get each kind of reply. */
const kindsOf = (engine: Engine): Readonly<Record<string, (page: Page) => Promise<void>>> => {
  const { topics } = engine.knowledge;
  const title = (id: string) => topics.find((topic) => topic.id === id)?.de.title ?? '';
  return {
    answer: (page) => say(page, title('fees')),
    'two-answers': (page) => say(page, `${title('fees')} ${title('launch-date')}`),
    offer: (page) => say(page, unclear(engine)),
    unknown: (page) => say(page, 'Wie backe ich einen Apfelkuchen?'),
    greeting: (page) => say(page, '?'),
    async private(page) {
      await say(page, title('fees'));
      await page.getByRole('button', { name: '👎' }).click();
      await page
        .locator('discord-message')
        .nth(2)
        .locator('select')
        .selectOption({ label: title('launch-date') });
      await page.getByRole('button', { name: 'Teilen' }).waitFor();
    },
  };
};

/** A message that two topics may be meant by. */
function unclear(engine: Engine): string {
  const words = [...new Set(engine.knowledge.topics.flatMap(({ de }) => de.title.replace('?', '').split(' ')))];
  const messages = words.flatMap((first) => words.map((second) => `${first} ${second}`));
  const found = messages.find((text) => {
    const decision = engine.decide(engine.read(text));
    return decision.kind === 'offer' && decision.topics.length > 1 && decision.language === 'de';
  });
  if (!found) throw new Error('No two words of titles get an offer.');
  return found;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('discord-message').nth(1).waitFor();
}

async function open(browser: Browser, url: string, viewport: typeof DESKTOP, colorScheme: Theme): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: viewport === PHONE ? 2 : 1 });
  await page.goto(`${url}#conversation`);
  return page;
}

/** Only the last message, which is the reply. */
async function cropped(page: Page, path: string): Promise<void> {
  const reply = page.locator('discord-message').last();
  const tops = await reply
    .locator('.control, .menu')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  const rows = new Set(tops.map(Math.round)).size;
  if (rows > 2) throw new Error(`${path}: the controls take ${rows} rows.`);
  // The workbench's own button is not part of the reply.
  await reply.locator('.link').evaluateAll((links) => links.map((link) => link.remove()));
  await reply.screenshot({ path });
}

const settings = readSettings();
const workbench = new Workbench(settings.KNOWLEDGE_DIR, { ...settings, RECORD_QUESTIONS: false });
const server = await serve(workbench, 0);
while (workbench.state.isLearning) await new Promise((changed) => workbench.once('changed', () => changed(undefined)));
const { engine } = workbench;
if (!engine) throw new Error('The knowledge has errors: npm run knowledge');
const executablePath = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
if (executablePath === undefined)
  throw new Error('There is no Chromium here: install it, or set CHROMIUM to its path.');
// Chromium's sandbox does not work for root.
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
mkdirSync(FOLDER, { recursive: true });
for (const theme of ['light', 'dark'] as const) {
  const page = await open(browser, server.url, DESKTOP, theme);
  await say(page, 'wich phone gets siaomi pay frist');
  await page.screenshot({ path: `docs/workbench-${theme}.png` });
  await cropped(page, `docs/reply-${theme}.png`);
}
for (const [kind, act] of Object.entries(kindsOf(engine))) {
  for (const [name, viewport, theme] of [
    ['phone', PHONE, 'dark'],
    ['desktop', DESKTOP, 'light'],
  ] as const) {
    const page = await open(browser, server.url, viewport, theme);
    await act(page);
    await cropped(page, `${FOLDER}/${kind}-${name}.png`);
    await page.close();
  }
}
await browser.close();
server.stop();
