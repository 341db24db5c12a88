import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright';
import { FIRST_ADMINISTRATOR } from './client.ts';
import { startInstallation, type Installation } from './installation.ts';
import { chromiumPath, needed } from './services.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A headless Chromium that asks nobody but the page's own server. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: needed(chromiumPath()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}

/** A page without animations, in English, that waits half a minute for what it looks for: machines may be busy. */
export async function openPage(browser: Browser, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000);
  return page;
}

/** Somebody at the screens of an installation of their own. */
export type Visit = {
  readonly installation: Installation;
  readonly page: Page;
  /** What the browser complained about up to now. */
  readonly complaints: readonly string[];
  readonly open: (path: string) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Starts an installation and a browser, and signs the first administrator in at the sign-in page. */
export async function visit(): Promise<Visit> {
  const installation = await startInstallation();
  const browser = await openBrowser();
  const page = await openPage(browser);
  const complaints = complaintsOf(page);
  await page.goto(installation.url);
  await page.getByLabel('E-mail').fill(FIRST_ADMINISTRATOR.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(FIRST_ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hello Ada' }).waitFor();
  return {
    installation,
    page,
    complaints,
    open: async (path) => void (await page.goto(`${installation.url}${path}`)),
    end: async () => {
      await browser.close();
      await installation.stop();
    },
  };
}

/** What the browser itself complained about: a page has none of it. Refusals that a test provokes are no complaints. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const isExpected = /status of (401|404|409|412|422)/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(`${message.type()}: ${message.text()}`);
  });
  return complaints;
}

/** Holds the page against WCAG 2.2 AA, as far as axe can tell, in the state that it is in; in the dark its colours again. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(AXE);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
    const rules =
      colorScheme === 'dark' ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : { runOnly: { type: 'tag', values: TAGS } };
    assert.deepEqual(await violations(page, rules), [], `axe on ${where}, ${colorScheme}`);
  }
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

function violations(page: Page, rules: unknown): Promise<readonly string[]> {
  return page.evaluate(async (options) => {
    const axe: {
      run: (
        context: unknown,
        options: unknown,
      ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    } = Reflect.get(globalThis, 'axe');
    const found = await axe.run(document, options);
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 220)} ${node.failureSummary ?? ''}`)
          .join('\n   ')}`,
    );
  }, rules);
}
