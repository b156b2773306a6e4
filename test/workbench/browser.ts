import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { PATIENCE } from '../patience.ts';

/** Where Debian, other systems and whoever sets `CHROMIUM` have a browser. */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath: string | undefined = PLACES.find((path) => path && existsSync(path));

/** Why no browser can be driven here; `undefined` where one can. */
export const noBrowser: string | undefined = chromiumPath
  ? undefined
  : 'there is no Chromium here: install the package "chromium", or set CHROMIUM to its path';

export interface BrowserPage extends Page {
  /** Requests that left this machine, and whatever the page complained of. */
  readonly complaints: readonly string[];
}

/** One browser for a file of tests; each page is a person of its own. */
export function useBrowser(): (url: string, options?: BrowserContextOptions) => Promise<BrowserPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!chromiumPath) return;
    // Chromium's sandbox does not work for root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: chromiumPath, args });
  });
  afterAll(() => browser?.close());
  return async (url, options = {}) => {
    if (!browser) throw new Error(noBrowser);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    onTestFinished(() => context.close());
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin)) complaints.push(`outside request: ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(url);
    await page.getByRole('navigation', { name: 'Sections' }).waitFor();
    return Object.assign(page, { complaints });
  };
}
