/**
 * A real browser for tests of pages: an installed Chromium, found here and driven with playwright-core; and what a page is
 * judged by: axe-core's rules, and what the browser itself complains about.
 */
import { accessSync, constants } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const chromiumVariable = 'PARLEY_CHROMIUM';
/** What a page is waited for at most. */
const mostMilliseconds = 15_000;
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * For `describe`'s or `test`'s `skip`: why there is no browser, or false. With CI set nothing is skipped: `launchBrowser` then
 * fails with the same words.
 */
export const browserMissing: string | false =
  process.env['CI'] === undefined && findChromium() === undefined ? describeMissing() : false;

/** Starts Chromium. It speaks to nobody but the pages it is sent to. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(describeMissing());
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function findChromium(): string | undefined {
  const given = process.env[chromiumVariable];
  return (given === undefined ? usualPlaces : [given]).find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function describeMissing(): string {
  return `No Chromium at ${process.env[chromiumVariable] ?? usualPlaces.join(' or ')}; ${chromiumVariable} names another place`;
}

export type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark' };

/** The looks that every page is checked in. */
export const looks: readonly Look[] = [320, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

export type TestPage = {
  readonly page: Page;
  /** Errors and warnings of the console, among them breaches of the content security policy, and uncaught errors. */
  readonly complaints: readonly string[];
};

/** Runs `work` with a page in a fresh profile, which is closed afterwards. */
export async function withPage<Result>(
  browser: Browser,
  options: Partial<Look> & BrowserContextOptions,
  work: (test: TestPage) => Promise<Result>,
): Promise<Result> {
  const { width = 1280, ...others } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, ...others });
  try {
    context.setDefaultTimeout(mostMilliseconds);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      // Chromium also reports the status of an error page, which is the page's to have.
      const isOwnStatus = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
      if (!isOwnStatus) complaints.push(message.text());
    });
    return await work({ page, complaints });
  } finally {
    await context.close();
  }
}

/** What axe-core finds wrong with the page: accessibility up to WCAG 2.2 AA and its best practices. One text per finding. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  // As text, so that it runs whatever the page's content security policy says.
  await page.evaluate(`${axe.source};undefined`);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) =>
       violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ' at ' + node.target + ': ' + node.failureSummary)))`,
  );
}

/** By how many pixels the page is wider than the window. */
export function measureOverflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}
