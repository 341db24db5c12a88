import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { build } from './small-application.ts';

const METADATA = '/api/platform/metadata';
const OBJECTS = '/api/platform/objects';

const COMMAND = join(import.meta.dirname, '..', '..', 'platform', 'metadata-files', 'main.ts');

/** Whatever a file holds: tests look into it as it comes. */
type Files = { readonly [path: string]: ReturnType<typeof JSON.parse> };

let source: Installation;
let target: Installation;

before(async () => {
  if (skipReason(testDatabaseUrl())) return;
  source = await startInstallation();
  target = await startInstallation();
  await build(source.admin);
});
after(() => Promise.all([source?.stop(), target?.stop()]));

const filesOf = async (client: Client): Promise<Files> => (await client.get(METADATA)).body.files;
const plan = (files: Files, more: object = {}): Promise<Answer> => target.admin.post(`${METADATA}/plan`, { format: 1, files, ...more });
const apply = async (files: Files, more: object = {}): Promise<Answer> => {
  const { version } = (await plan(files, more)).body;
  return target.admin.post(`${METADATA}/apply`, { format: 1, files, version, ...more });
};
const linesOf = (answer: Answer): readonly string[] =>
  answer.body.lines.map((line: { op: string; address: string }) => `${{ add: '+', change: '~', remove: '-' }[line.op]} ${line.address}`);

describe('Metadata as files', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('what was built on one installation is applied to another as one version, and comes out of it the same', async () => {
    const files = await filesOf(source.admin);
    assert.deepEqual(Object.keys(files), [
      'customers/site_visit.json',
      'customers/visit_step.json',
      'offers/offer.json',
      'option-lists/ways.json',
    ]);
    const planned = await plan(files);
    assert.equal(planned.status, 200, JSON.stringify(planned.body));
    const lines = linesOf(planned);
    for (const line of [
      '+ site_visit',
      '+ site_visit.mood',
      '+ site_visit/layouts/detail',
      '+ offer.priority',
      '~ offer.subject',
      '+ offer/views/hot',
      '+ option-lists/ways',
    ])
      assert.ok(lines.includes(line), `${line} in ${lines.join(', ')}`);
    assert.match(JSON.stringify(planned.body.lines), /"after":\["number",[^\]]*"priority"/, 'fields go by their names');
    const earlier = (await target.admin.get('/api/platform/changes?limit=1')).body.items[0].version;
    const applied = await apply(files);
    assert.deepEqual([applied.status, applied.body.version], [200, earlier + 1], JSON.stringify(applied.body));
    assert.ok(JSON.stringify(await filesOf(target.admin)) === JSON.stringify(files), 'the same files come out');
    assert.deepEqual(linesOf(await plan(files)), []);
    const made = await target.admin.post('/api/customers/site-visits', { title: 'Roof', mood: 'good', steps: [{ what: 'Ladder' }] });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { options } = (await target.admin.get(`${OBJECTS}/offer`)).body.fields.find(({ name }: { name: string }) => name === 'way');
    assert.deepEqual([options[1].label, options[1].visibleWhen], [{ en: 'Sea', de: 'See' }, { priority: 'low' }]);
  });

  test('a rename is a rename there too: the values stay under the new name', async () => {
    await source.admin.patch(`${OBJECTS}/site_visit/fields/mood`, { name: 'feeling', label: 'Feeling' });
    const files = await filesOf(source.admin);
    const planned = await plan(files);
    assert.deepEqual(linesOf(planned).slice(0, 1), ['~ site_visit.feeling']);
    const names = planned.body.lines[0].settings.map(({ name }: { name: string }) => name);
    assert.ok(names.includes('name') && !names.includes('type'), names.join());
    assert.equal((await apply(files)).status, 200);
    const [visit] = (await target.admin.get('/api/customers/site-visits')).body.items;
    assert.equal(visit.feeling, 'good');
    assert.ok(JSON.stringify(await filesOf(target.admin)) === JSON.stringify(files), 'the same files come out');
  });

  test('nothing goes that was not named; what stands on it is told; what went comes back with its data', async () => {
    const files = await filesOf(source.admin);
    const visit = files['customers/site_visit.json'];
    assert.ok(visit);
    const fields: readonly { name: string }[] = visit['fields'];
    const without: Files = { ...files, 'customers/site_visit.json': { ...visit, fields: fields.filter(({ name }) => name !== 'notes') } };
    const unnamed = await plan(without);
    assert.deepEqual([linesOf(unnamed), unnamed.body.kept.map(({ address }: { address: string }) => address)], [[], ['site_visit.notes']]);
    assert.equal((await apply(without)).status, 200);
    assert.equal((await target.admin.get('/api/customers/site-visits?fields=notes')).status, 200);
    const wrong = await plan(without, { delete: ['site_visit.title'] });
    assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [422, '/delete/0']);
    const named = await plan(without, { delete: ['site_visit.notes'] });
    assert.deepEqual(linesOf(named), ['- site_visit.notes']);
    assert.equal((await apply(without, { delete: ['site_visit.notes'] })).status, 200);
    assert.equal((await target.admin.get('/api/customers/site-visits?fields=notes')).status, 400);
    assert.equal((await apply(files)).status, 200);
    assert.equal((await target.admin.get('/api/customers/site-visits?fields=notes')).status, 200);
  });

  test('a plan that is older than the metadata is refused with the way out, and can be made again', async () => {
    const files = await filesOf(source.admin);
    const { version } = (await plan(files)).body;
    await target.admin.post(`${OBJECTS}/customer/fields`, { name: 'meanwhile', type: 'text' });
    const late = await target.admin.post(`${METADATA}/apply`, { format: 1, files, version });
    assert.deepEqual([late.status, late.body.code, late.body.version], [409, 'conflict', version + 1]);
    assert.match(late.body.detail, /plan again/);
    const again = await plan(files);
    assert.deepEqual(again.body.kept, [{ kind: 'field', address: 'customer.meanwhile', isNamed: false }]);
  });
});

describe('What files cannot do, and the command that sends them', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('rows that do not fit are shown by the plan and stop the whole; an apply can be taken back', async () => {
    const files = await filesOf(source.admin);
    const visit = files['customers/site_visit.json'] ?? {};
    const fields = visit['fields'].map((field: { name: string }) => (field.name === 'title' ? { ...field, unique: true } : field));
    const changed: Files = { ...files, 'customers/site_visit.json': { ...visit, fields } };
    await target.admin.post('/api/customers/site-visits', { title: 'Roof' });
    const { version: earlier } = (await plan(changed)).body;
    const [rows] = (await plan(changed)).body.rows;
    assert.deepEqual([rows.address, rows.doNotFit, rows.mustFit], ['site_visit.title', 2, true]);
    const refused = await apply(changed);
    assert.deepEqual([refused.status, refused.body.code], [409, 'data_does_not_fit']);
    assert.equal((await plan(files)).body.version, earlier);
    const relabelled: Files = {
      ...files,
      'customers/site_visit.json': { ...visit, settings: { ...visit['settings'], label: { en: 'Visit' } } },
    };
    const { version } = (await apply(relabelled)).body;
    assert.equal((await target.admin.get(`${OBJECTS}/site_visit`)).body.label.en, 'Visit');
    assert.equal((await target.admin.post(`/api/platform/changes/${version}/undo`)).status, 200);
    assert.equal((await target.admin.get(`${OBJECTS}/site_visit`)).body.label.en, 'Site visit');
  });

  test('files that are not what they should be are refused where they are wrong, and change nothing', async () => {
    const files = await filesOf(source.admin);
    const visit = files['customers/site_visit.json'] ?? {};
    const fields: readonly object[] = visit['fields'];
    const version = (await plan(files)).body.version;
    const field = (more: object): Files => ({
      ...files,
      'customers/site_visit.json': { ...visit, fields: [{ ...fields[0], ...more }, ...fields.slice(1)] },
    });
    const offer = (more: object): Files => ({ ...files, 'offers/offer.json': { ...files['offers/offer.json'], ...more } });
    const hostile: readonly (readonly [string, Files | string, number])[] = [
      ['a path that leaves the folder', { '../../etc/passwd.json': { id: 'offer' } }, 422],
      ['an absolute path', { '/offers/offer.json': { id: 'offer' } }, 422],
      ['a file of another name', { 'offers/order.json': { id: 'offer', settings: { label: 'X' } } }, 422],
      ['__proto__ as a file', `{"format":1,"files":{"__proto__":{"id":"offer"}}}`, 422],
      ['__proto__ inside', `{"format":1,"files":{"offers/offer.json":{"id":"offer","standardFields":{"__proto__":{"label":"X"}}}}}`, 400],
      ['a column of its own', field({ column: 'id; drop table x' }), 400],
      ['an unknown setting', field({ requird: true }), 400],
      ['an id that nobody drew', field({ id: 'offer.subject' }), 422],
      ['an id of another object', field({ id: offerField(files) }), 422],
      ['the type of a standard field', offer({ standardFields: { 'offer.subject': { type: 'integer' } } }), 422],
      ['a field that nobody has', offer({ standardFields: { 'offer.nothing': { label: 'X' } } }), 400],
      ['commands', offer({ commands: [] }), 400],
      ['a layout of nothing', offer({ layouts: { detail: { sections: [{ id: 'a', items: ['nothing'] }] } } }), 400],
      ['a role that is not here', offer({ access: { pirates: { read: true } } }), 422],
      ['an object of the standard as their own', { ...files, 'customers/site_visit.json': { ...visit, id: 'customer' } }, 422],
      [
        'a module that takes none',
        { ...files, 'audit/site_visit.json': { ...visit, settings: { ...visit['settings'], module: 'audit' } } },
        422,
      ],
      ['a list in another place', { ...files, 'option-lists/means.json': files['option-lists/ways.json'] }, 422],
      ['a list of nothing', { ...files, 'option-lists/ways.json': { name: 'ways', label: 'Ways', options: [] } }, 422],
      ['another kind of export', `{"format":2,"files":{}}`, 400],
      ['more than is taken', `{"format":1,"files":{"offers/offer.json":{"id":"${'x'.repeat(17_000_000)}"}}}`, 413],
    ];
    for (const [what, sent, status] of hostile) {
      const answer = typeof sent === 'string' ? await raw(sent) : await plan(sent);
      assert.equal(answer.status, status, `${what}: ${JSON.stringify(answer.body).slice(0, 400)}`);
      if (status === 422 || status === 400) assert.ok(answer.body.errors?.[0]?.pointer ?? answer.body.detail, what);
    }
    assert.equal((await plan(files)).body.version, version);
    const viewer = await target.admin.post('/api/platform/api-keys', { name: 'Viewer', roles: [] });
    for (const path of ['', '/plan', '/apply']) {
      const response = await fetch(`${target.url}${METADATA}${path}`, {
        method: path === '' ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${viewer.body.key}`, 'content-type': 'application/json' },
        ...(path === '' ? {} : { body: '{}' }),
      });
      assert.equal(response.status, 403, path);
    }
  });

  describe('The command', commands);
});

function commands(): void {
  test('the command writes a folder for git, says what it would change, and applies it; what is no export is left alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metadata-'));
    try {
      await source.admin.patch(`${OBJECTS}/site_visit/fields/notes`, { label: 'Remarks' });
      assert.deepEqual((await run(source.admin, 'export', '--folder', folder)).code, 0);
      const files = await filesOf(source.admin);
      for (const [path, content] of Object.entries(files))
        assert.equal(await readFile(join(folder, path), 'utf8'), `${JSON.stringify(content, null, 2)}\n`);
      assert.match((await run(source.admin, 'export', '--folder', folder)).text, /0 written, 0 removed/);
      const planned = await run(target.admin, 'plan', '--folder', folder);
      assert.match(planned.text, /^~ field {2}site_visit\.notes$/m);
      assert.match(planned.text, /customer\.meanwhile is not in the files and stays/);
      const version = /against version (\d+)/.exec(planned.text)?.[1] ?? '';
      const stale = await run(target.admin, 'apply', '--folder', folder, '--version', String(Number(version) - 1));
      assert.deepEqual([stale.code, /Refused \(409\).*plan again/.test(stale.text)], [1, true], stale.text);
      assert.match((await run(target.admin, 'apply', '--folder', folder, '--version', version)).text, /Applied as version/);
      assert.match((await run(target.admin, 'plan', '--folder', folder)).text, /Nothing to change/);
      await writeFile(join(folder, 'tessera.json'), '{"format": 9}');
      assert.deepEqual((await run(target.admin, 'plan', '--folder', folder)).code, 1);
      await rm(join(folder, 'tessera.json'));
      assert.match((await run(source.admin, 'export', '--folder', folder)).text, /holds other files/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('templates of documents go along with the command, are tried there, and go back to the shipped ones when they are named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'templates-'));
    const at = '/api/offers/document-templates/offer/en';
    const file = join(folder, 'document-templates', 'offers.offer.en.typ');
    const own = '#import "letter.typ": *\n#show: letter.with(title: [Our offer #doc.number])\n';
    try {
      const saved = await source.admin.put(at, { source: own }, { 'if-match': '"0"' });
      assert.equal(saved.status, 200, JSON.stringify(saved.body));
      assert.equal((await run(source.admin, 'export', '--folder', folder)).code, 0);
      assert.equal(await readFile(file, 'utf8'), own);
      const applied = await run(target.admin, 'apply', '--folder', folder);
      assert.match(applied.text, /^\+ template {1,}document-templates\/offers\.offer\.en$/m);
      const { body } = await target.admin.get(at);
      assert.deepEqual([body.source, body.version, body.isOwn], [own, 1, true]);
      const again = await run(target.admin, 'plan', '--folder', folder);
      assert.deepEqual([again.code, /template/.test(again.text)], [0, false], again.text);
      await writeFile(file, `${own}#nothing-such()\n`);
      const wrong = await run(target.admin, 'plan', '--folder', folder);
      assert.deepEqual([wrong.code, /offers\.offer\.en\.typ: Refused \(422\)/.test(wrong.text)], [1, true], wrong.text);
      await rm(file);
      assert.match((await run(target.admin, 'plan', '--folder', folder)).text, /offers\.offer\.en is not in the files and stays/);
      await run(target.admin, 'apply', '--folder', folder, '--delete', 'document-templates/offers.offer.en');
      assert.deepEqual((await target.admin.get(at)).body.isOwn, false);
      await writeFile(join(folder, 'document-templates', 'offers.nothing.en.typ'), own);
      const strange = await run(target.admin, 'plan', '--folder', folder);
      assert.match(strange.text, /offers\.nothing\.en\.typ is no template/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

/** The command, with an installation's address and key. */
async function run(client: Client, ...parameters: readonly string[]): Promise<{ readonly code: unknown; readonly text: string }> {
  const child = spawn(process.execPath, [COMMAND, ...parameters, '--url', client.url, '--token', client.token]);
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, text: Buffer.concat(parts).toString('utf8') };
}

async function raw(body: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${target.admin.token}`, 'content-type': 'application/json' };
  const response = await fetch(`${target.url}${METADATA}/plan`, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

function offerField(files: Files): string {
  return files['offers/offer.json']['fields'][0].id;
}
