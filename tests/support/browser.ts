import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright';
import { chromiumPath, needed } from './services.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A headless Chromium that asks nobody but the page's own server. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: needed(chromiumPath()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}

/** What the browser itself complained about: a page has none of it. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const isExpected = /status of (401|404|409|412|422)/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(`${message.type()}: ${message.text()}`);
  });
  return complaints;
}

/** Holds the page against WCAG 2.2 AA, as far as axe can tell, in the state that it is in. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  await page.waitForTimeout(350);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const axe: {
      run: (
        context: unknown,
        options: unknown,
      ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    } = Reflect.get(globalThis, 'axe');
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 220)} ${node.failureSummary ?? ''}`)
          .join('\n   ')}`,
    );
  });
  assert.deepEqual(found, [], `axe on ${where}`);
}
