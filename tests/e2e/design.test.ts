import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright';
import { assertAccessible, complaintsOf, openBrowser } from '#tests/support/browser.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('Every field type in every state', { skip }, () => {
  let installation: Installation;
  let browser: Browser;

  before(async () => {
    installation = await startInstallation();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await installation.stop();
  });

  const opened = async (colorScheme: 'light' | 'dark', locale: string): Promise<{ page: Page; complaints: readonly string[] }> => {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme, locale });
    await context.addCookies([{ name: 'tessera_session', value: installation.admin.token, url: installation.url }]);
    await context.addInitScript((language) => localStorage.setItem('tessera.language', language), locale.slice(0, 2));
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints = complaintsOf(page);
    await page.goto(`${installation.url}/design`);
    await page.locator('[data-type="uuid"]').waitFor();
    await page.locator('[data-type="richText"] .rich').first().waitFor();
    return { page, complaints };
  };

  test('is drawn without a complaint and is accessible in both themes', async () => {
    const { page, complaints } = await opened('light', 'en-GB');
    for (const { name } of FIELD_TYPES.filter((type) => type.name !== 'children'))
      assert.equal(await page.locator(`[data-type="${name}"]`).count(), 1, name);
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/design.png`, fullPage: true });
    await assertAccessible(page, 'design');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('a place takes degrees with a comma or a point, and both of them where a pair is left in one box', async () => {
    const { page, complaints } = await opened('light', 'de-DE');
    const row = page.locator('[data-type="geoPoint"]');
    const boxes = ['Breite', 'Länge'].map((name) => row.getByRole('textbox', { name }).first());
    const shown = (): Promise<readonly string[]> => Promise.all(boxes.map((box) => box.inputValue()));
    const [lat, lng] = boxes;
    await lat?.pressSequentially('52,5');
    await lng?.fill('13.404954');
    await lng?.blur();
    assert.deepEqual(await shown(), ['52,5', '13,404954']);
    await lat?.fill('48,14; 11,58');
    await lat?.blur();
    assert.deepEqual(await shown(), ['48,14', '11,58']);
    await lat?.fill('95');
    await lat?.blur();
    await row.getByText('Von −90 bis 90 Grad.').waitFor();
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('Markdown is read without its marks, HTML in it is text, and its source can be looked at as it will be read', async () => {
    const { page, complaints } = await opened('light', 'en-GB');
    const row = page.locator('[data-type="markdown"]');
    await row.getByText('Delivery Back door, see the map: ring twice <b>wait</b>', { exact: true }).waitFor();
    const reading = row.locator('.prose').first();
    await reading.getByText('Delivery', { exact: true }).waitFor();
    assert.equal(await reading.locator('strong').innerText(), 'Back door');
    assert.equal(await reading.getByRole('link', { name: 'map' }).getAttribute('rel'), 'noopener noreferrer nofollow');
    assert.equal(await reading.locator('b').count(), 0);
    await row.getByRole('textbox', { name: 'Markdown: Filled' }).fill('**new** [x](javascript:alert(1))');
    await row.getByRole('radiogroup', { name: 'Show Markdown: Filled as' }).getByText('Preview').click();
    const preview = row.getByRole('region', { name: 'Preview of Markdown: Filled' });
    await preview.locator('strong').getByText('new').waitFor();
    assert.equal(await preview.getByRole('link').count(), 0);
    await assertAccessible(page, 'a preview of Markdown');
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined) await row.screenshot({ path: `${folder}/markdown.png` });
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('a link is laid on the chosen words, and what is no address cannot be set', async () => {
    const { page, complaints } = await opened('dark', 'de-DE');
    const editor = page.locator('[data-type="richText"] .rich:not([data-disabled])').first();
    const area = editor.getByRole('textbox');
    await area.fill('Siehe hier');
    await area.press('ControlOrMeta+a');
    await editor.getByRole('button', { name: 'Link' }).click();
    const address = page.getByRole('textbox', { name: 'Adresse des Links' });
    await address.fill('javascript:alert(1)');
    assert.equal(await page.getByRole('button', { name: 'Link setzen' }).isDisabled(), true);
    await assertAccessible(page, 'link');
    await address.fill('https://example.org/hier');
    await address.press('Enter');
    await area.locator('a[href="https://example.org/hier"]').waitFor();
    assert.equal(await area.locator('a').textContent(), 'Siehe hier');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
});
