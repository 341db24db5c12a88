import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Transformer } from '@napi-rs/image';
import pg from 'pg';
import { sweepFiles } from '#platform/files/sweep-files.ts';
import { clientOf, type Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { upload } from '#tests/support/upload.ts';

const server = testDatabaseUrl();
const MEGABYTE = 1024 * 1024;

let installation: Installation;
let admin: Client;
let clerk: Client;

describe('files: what comes and goes', { skip: skipReason(server) }, () => {
  before(start);

  test('what was uploaded comes back byte for byte, with its name, and can run nothing', async () => {
    const content = new Uint8Array(randomBytes(3 * MEGABYTE + 17));
    const answer = await upload(admin, 'customers', { name: 'Übersicht 2026 "neu".bin', content });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.deepEqual(
      { name: answer.body.name, size: answer.body.size, type: answer.body.type },
      { name: 'Übersicht 2026 "neu".bin', size: content.length, type: 'application/octet-stream' },
    );
    assert.equal(answer.headers.get('location'), `/api/customers/files/${answer.body.id}`);
    const download = await fetched(admin, answer.body.id);
    assert.deepEqual(new Uint8Array(await download.arrayBuffer()), content);
    assert.equal(
      download.headers.get('content-disposition'),
      `attachment; filename="Ubersicht 2026 _neu_.bin"; filename*=UTF-8''%C3%9Cbersicht%202026%20%22neu%22.bin`,
    );
    assert.match(download.headers.get('content-security-policy') ?? '', /sandbox; default-src 'none'/);
    assert.equal(download.headers.get('x-content-type-options'), 'nosniff');
    const again = await fetch(`${admin.url}/api/customers/files/${answer.body.id}`, {
      headers: { authorization: `Bearer ${admin.token}`, 'if-none-match': download.headers.get('etag') ?? '' },
    });
    assert.equal(again.status, 304);
  });

  test('the type is told by the content: a page that calls itself a picture is no picture, and is never shown in place', async () => {
    const page = '<!DOCTYPE html><script>alert(1)</script>';
    const lie = await upload(admin, 'customers', { name: 'photo.png', content: page, type: 'image/png' });
    assert.equal(lie.status, 415);
    assert.match(lie.body.detail, /photo\.png ends in \.png, but its content is text\/html/);
    const text = await upload(admin, 'customers', { name: 'readme.txt', content: page, type: 'text/plain' });
    assert.equal(text.body.type, 'text/html');
    const download = await fetched(admin, text.body.id);
    assert.match(download.headers.get('content-disposition') ?? '', /^attachment/);
    const drawing = await upload(admin, 'customers', {
      name: 'logo.svg',
      content: '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    });
    assert.equal(drawing.body.type, 'image/svg+xml');
    const latin = await upload(admin, 'customers', { name: 'list.csv', content: new Uint8Array([0x53, 0x74, 0xfc, 0x63, 0x6b, 0x0a]) });
    assert.equal(latin.body.type, 'text/csv');
  });

  test('too large, empty, not multipart, nothing in it: each is refused with a sentence', async () => {
    const large = await upload(admin, 'customers', { name: 'film.bin', content: new Uint8Array(25 * MEGABYTE + 1) });
    assert.equal(large.status, 413);
    assert.match(large.body.detail, /larger than 25 MB/);
    const empty = await upload(admin, 'customers', { name: 'nothing.txt', content: '' });
    assert.equal(empty.status, 400);
    const json = await admin.post('/api/customers/files', { name: 'x' });
    assert.equal(json.status, 415);
    const form = new FormData();
    form.append('note', 'no file here');
    const without = await fetch(`${admin.url}/api/customers/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}` },
      body: form,
    });
    assert.equal(without.status, 400);
    const broken = await fetch(`${admin.url}/api/customers/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    assert.equal(broken.status, 400);
    const nobody = await upload(clientOf(admin.url, ''), 'customers', { name: 'a.txt', content: 'a' });
    assert.equal(nobody.status, 401);
  });
});

describe('files: who holds them', { skip: skipReason(server) }, () => {
  after(() => installation.stop());

  test('until a record holds it a file is its uploader’s; then it is read by who may read the record and the field', async () => {
    const paper = await upload(admin, 'customers', { name: 'paper.txt', content: 'Contract between us' });
    assert.equal((await fetched(clerk, paper.body.id)).status, 404);
    const made = await admin.post('/api/customers/contracts', { title: 'A', paper: { id: paper.body.id, name: 'lie.exe', size: 1 } });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.deepEqual(made.body.paper, { id: paper.body.id, name: 'paper.txt', type: 'text/plain', size: 19 });
    assert.equal(await (await fetched(clerk, paper.body.id)).text(), 'Contract between us');
    const hidden = await upload(admin, 'customers', { name: 'hidden.txt', content: 'Not for you' });
    assert.equal((await admin.patch(`/api/customers/contracts/${made.body.id}`, { secret: hidden.body.id })).status, 200);
    assert.equal((await fetched(clerk, hidden.body.id)).status, 404);
    assert.equal((await fetched(admin, hidden.body.id)).status, 200);
    const stolen = await clerk.post('/api/customers/contracts', { title: 'B', paper: hidden.body.id });
    assert.equal(stolen.status, 422, JSON.stringify(stolen.body));
    const history = await admin.get(`/api/customers/contracts/${made.body.id}/history`);
    assert.equal(history.body.items[0].changes[0].new.name, 'hidden.txt');
    const unknown = await admin.post('/api/customers/contracts', { paper: '01890a5d-ac96-774b-bcce-b302099a8057' });
    assert.equal(unknown.status, 422);
    assert.equal(unknown.body.errors[0].pointer, '/paper');
  });

  test('a field says which files it takes', async () => {
    const sheet = await upload(admin, 'customers', { name: 'list.csv', content: 'a,b' });
    const refused = await admin.post('/api/customers/contracts', { paper: sheet.body.id });
    assert.equal(refused.status, 422);
    assert.match(refused.body.errors[0].message, /Paper takes application\/pdf, text\/plain, and list\.csv is text\/csv/);
    const drawing = await upload(admin, 'customers', { name: 'logo.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"></svg>' });
    const unsafe = await admin.post('/api/customers/contracts', { photo: drawing.body.id });
    assert.equal(unsafe.status, 422);
  });

  test('a picture is shown small', async () => {
    const pixels = await Transformer.fromRgbaPixels(new Uint8Array(800 * 400 * 4).fill(120), 800, 400).png();
    const photo = await upload(admin, 'customers', { name: 'photo.png', content: new Uint8Array(pixels) });
    assert.equal(photo.body.type, 'image/png');
    const small = await fetched(admin, photo.body.id, '?thumbnail=96');
    assert.equal(small.headers.get('content-type'), 'image/webp');
    const { width, height } = await new Transformer(Buffer.from(await small.arrayBuffer())).metadata();
    assert.deepEqual([width, height], [96, 48]);
    assert.equal((await fetched(admin, photo.body.id, '?thumbnail=97')).status, 400);
    const text = await upload(admin, 'customers', { name: 'a.txt', content: 'a' });
    assert.equal((await fetched(admin, text.body.id, '?thumbnail=96')).status, 404);
  });

  test('a file that nothing holds any more goes after a day; one that a record holds stays', async () => {
    const uploaded = async (name: string): Promise<string> => (await upload(admin, 'customers', { name, content: name })).body.id;
    const [old, kept, fresh] = [await uploaded('old.txt'), await uploaded('kept.txt'), await uploaded('fresh.txt')];
    const record = await admin.post('/api/customers/contracts', { title: 'C', paper: kept });
    const replaced = await admin.patch(`/api/customers/contracts/${record.body.id}`, { paper: old });
    assert.equal(replaced.status, 200);
    await admin.patch(`/api/customers/contracts/${record.body.id}`, { paper: kept });
    await inDatabase(`update platform.file set unheld_since = unheld_since - interval '25 hours' where id = any($1)`, [[old, kept]]);
    const store = installation.running.services.find((one) => one.name === 'customers')?.store;
    assert.ok(store);
    while ((await store.database.transaction(sweepFiles)) > 0);
    const left = await inDatabase<{ id: string }>('select id from platform.file where id = any($1) order by at', [[old, kept, fresh]]);
    assert.deepEqual(
      left.map(({ id }) => id),
      [kept, fresh],
    );
    assert.equal((await inDatabase('select from platform.file_chunk where file_id = $1', [old])).length, 0);
    await admin.delete(`/api/customers/contracts/${record.body.id}`);
    assert.equal((await inDatabase('select from platform.file_holder where file_id = $1', [kept])).length, 1, 'the recycle bin keeps it');
  });

  test('a damaged chunk is not passed off as the file', async () => {
    const answer = await upload(admin, 'customers', { name: 'a.bin', content: new Uint8Array(randomBytes(MEGABYTE)) });
    await inDatabase(
      `update platform.file_chunk set bytes = set_byte(bytes, 0, (get_byte(bytes, 0) + 1) % 256) where file_id = $1 and position = 2`,
      [answer.body.id],
    );
    const download = await fetched(admin, answer.body.id);
    await assert.rejects(download.arrayBuffer());
  });
});

async function start(): Promise<void> {
  installation = await startInstallation();
  admin = installation.admin;
  const made = await admin.post('/api/platform/objects', {
    name: 'contract',
    label: 'Contract',
    pluralLabel: 'Contracts',
    module: 'customers',
    access: { sales: { read: true, create: true, edit: true } },
    fields: [
      { name: 'title', type: 'text', label: 'Title' },
      { name: 'paper', type: 'file', label: 'Paper', accept: ['application/pdf', 'text/plain'], megabytesMax: 20 },
      { name: 'photo', type: 'image', label: 'Photo' },
      { name: 'secret', type: 'file', label: 'Secret', access: { read: [], edit: [] } },
    ],
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  clerk = await signedInAs('sales');
}

function fetched(client: Client, id: string, query = ''): Promise<Response> {
  return fetch(`${client.url}/api/customers/files/${id}${query}`, { headers: { authorization: `Bearer ${client.token}` } });
}

async function inDatabase<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
  const connectionString = needed(server).replace(/\/[^/?]*(\?|$)/, `/${installation.databasePrefix}customers$1`);
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function signedInAs(role: string): Promise<Client> {
  const user = { name: 'Clerk', email: 'clerk@example.com', password: 'another horse battery staple', roles: [role] };
  const made = await admin.post('/api/platform/users', user);
  assert.ok(made.status < 300, JSON.stringify(made.body));
  const session = await clientOf(admin.url, '').post('/api/platform/session', { email: user.email, password: user.password });
  return clientOf(admin.url, session.body.token);
}
