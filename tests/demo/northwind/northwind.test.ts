import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '#tests/runner/step.ts';
import { startTethered } from '#tests/runner/tethered.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

/** Runs the demo as a person would; `until` ends it in the middle when it has said that. */
async function demo(parameters: readonly string[], until?: RegExp): Promise<{ code: number; said: string }> {
  let said = '';
  const running = startTethered({
    program: process.execPath,
    parameters: [MAIN, ...parameters],
    folder: ROOT,
    onOutput: (text) => {
      said += text;
      if (until?.test(said)) void running.stop();
    },
  });
  return { code: await running.ended, said };
}

describe('The Northwind demo', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let here: readonly string[];
  before(async () => {
    installation = await startInstallation();
    const key = await installation.admin.post('/api/platform/api-keys', { name: 'demo', roles: ['administrator'] });
    here = ['--url', installation.url, '--token', key.body.key];
  });
  after(() => installation.stop());

  test('Interrupted in the middle and run again, it loads the sample whole; run once more, it makes no doubles', async () => {
    await demo(here, /Products: \d/);
    const whole = await demo(here);
    assert.equal(whole.code, 0, whole.said);
    assert.match(whole.said, /The totals agree\./);
    const loaded = await counts();
    const again = await demo(here);
    assert.equal(again.code, 0, again.said);
    for (const what of ['Definitions: 0 new', 'Customers: 11 (0 new)', 'Offers: 12 (0 new)'])
      assert.ok(again.said.includes(what), again.said);
    assert.deepEqual(await counts(), loaded);
  });

  test('What was loaded goes on to orders, and what was shipped to delivery notes and invoices, once', async () => {
    const flow = await demo([...here, '--flow']);
    assert.equal(flow.code, 0, flow.said);
    assert.match(flow.said, /Orders: 12 here, 12 expected.*no gap in the numbers/);
    const again = await demo([...here, '--flow']);
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /Stock: 0 products received/);
  });

  test('What keeps it from loading is a sentence', async () => {
    assert.match((await demo(['--help'])).said, /npm run demo:northwind -- --token KEY/);
    assert.match((await demo([])).said, /^Give the API key of an administrator/);
    assert.match((await demo([...here, '--token', 'tsk_wrong'])).said, /does not know this token/);
    assert.match(
      (await demo([...here, '--url', 'http://127.0.0.1:9'])).said,
      /^Nothing answers at http:\/\/127\.0\.0\.1:9\. Start Tessera/,
    );
    assert.match((await demo([...here, '--data', '/nowhere'])).said, /^\/nowhere\/\w+\.csv cannot be read\. Give the folder/);
  });

  /** How many records of each kind are there. */
  async function counts(): Promise<readonly number[]> {
    const paths = [
      'offers/categories',
      'offers/suppliers',
      'offers/products',
      'customers/customers',
      'customers/contacts',
      'offers/offers',
    ];
    const lists = await Promise.all(paths.map((path) => installation.admin.get(`/api/${path}?limit=1&count=exact`)));
    return lists.map(({ body }) => body.count);
  }
});
