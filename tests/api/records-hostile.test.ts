import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, make, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

async function send(path: string, body: string | undefined, { method = 'POST', type = 'application/json' } = {}): Promise<Answer> {
  const response = await fetch(`${admin.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${admin.token}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

/** What is wrong with the refusal of a hostile request; nothing when it has a code and a sentence. */
function flaws({ status, body, headers }: Answer, what: string): readonly string[] {
  const isProblem = (headers.get('content-type') ?? '').startsWith('application/problem+json');
  const isTold = /^[a-z_]+$/.test(String(body.code)) && /^\S.{8,}[.?]$/s.test(String(body.detail));
  return status >= 400 && status < 500 && isProblem && isTold ? [] : [`${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`];
}

const LOOKS = 'x'.repeat(30_000);

describe('Hostile requests', { skip: skipReason(database) }, () => {
  test('bodies that are no record are refused with a code and a sentence, wherever they are sent', async () => {
    const wrong: string[] = [];
    const bodies: Readonly<Record<string, string>> = {
      'thousands of brackets': `{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      'thousands of braces': '{"a":'.repeat(5000),
      'a list': '[]',
      'a number': '1e999',
      nothing: 'null',
      'half of it': '{"name":"x"',
      'a prototype': '{"__proto__":{"name":"x"}}',
      'a constructor': '{"constructor":{"prototype":{"name":"x"}}}',
      'the NUL character': '{"name":"a\\u0000b"}',
      'half a surrogate pair': '{"name":"a\\ud800b"}',
      'a NUL in a key': '{"na\\u0000me":"x"}',
    };
    const { id } = await make(admin, SPECIMENS, { name: 'target' });
    for (const [what, body] of Object.entries(bodies)) {
      wrong.push(...flaws(await send(SPECIMENS, body), `create, ${what}`));
      wrong.push(...flaws(await send(`${SPECIMENS}/${id}`, body, { method: 'PATCH' }), `change, ${what}`));
      wrong.push(...flaws(await send(`${SPECIMENS}/by/code/x`, body, { method: 'PUT' }), `upsert, ${what}`));
      for (const path of ['query', 'aggregate', 'bulk']) wrong.push(...flaws(await send(`${SPECIMENS}/${path}`, body), `${path}, ${what}`));
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
      wrong.push(...flaws(await send(SPECIMENS, 'name=x', { type }), type));
    assert.deepEqual(wrong, []);
  });

  test('values beyond all measure are refused at their field', async () => {
    const wrong: string[] = [];
    const values: readonly (readonly [field: string, value: string])[] = [
      ['count', '1e400'],
      ['count', '99999999999999999999'],
      ['count', '1.5'],
      ['weight', '"1e999999999"'],
      ['weight', `"${'9'.repeat(140_000)}"`],
      ['worth', '"NaN"'],
      ['share', '"Infinity"'],
      ['day', '"0000-00-00"'],
      ['day', '"+99999999-01-01"'],
      ['instant', '"2026-01-01T00:00:00+99:99"'],
      ['name', '{"toString":1}'],
      ['name', '["x"]'],
      ['code', `"${'x'.repeat(300_000)}"`],
      ['fresh', '"true"'],
      ['marks', '{"length":3}'],
      ['marks', '["red","red\\u0000"]'],
      ['place', '"Köln"'],
      ['place', '{"__proto__":1}'],
      ['extra', '{"a":"\\u0000"}'],
      ['token', '"not-a-uuid"'],
      ['keeperId', '{"id":1}'],
    ];
    for (const [field, value] of values) {
      const what = `${field} ${value.slice(0, 40)}`;
      const answer = await send(SPECIMENS, `{"${field}":${value}}`);
      wrong.push(...flaws(answer, what));
      if (answer.status === 422)
        assert.ok(answer.body.errors[0].pointer.startsWith(`/${field}`), `${what}: ${JSON.stringify(answer.body)}`);
    }
    assert.deepEqual(wrong, []);
  });
});

describe('Hostile addresses', { skip: skipReason(database) }, () => {
  test('addresses and parameters that nobody would write are refused, never guessed at', async () => {
    const wrong: string[] = [];
    const queries = [
      'limit=1&limit=2',
      'filter[name][eq]=a&filter[name][eq]=b',
      'filter=1',
      'filter={',
      'filter[__proto__]=1',
      'filter[%5f%5fproto%5f%5f][x]=1&b=%zz',
      'filter[%5f%5fproto%5f%5f][x]=1&q=%zz',
      'q=100%',
      '=1',
      'limit=1&[limit]=1',
      'limit=1&%5Blimit]=1',
      'filter[constructor][prototype]=1',
      'filter[name][__proto__]=1',
      'filter[name][eq][eq][eq]=1',
      `filter=${encodeURIComponent('{"or":['.repeat(60) + ']}'.repeat(60))}`,
      'filter[count]=1e400',
      'filter[count][between]=1',
      'filter[day]=today-99999999999d',
      'filter[instant][gt]=someday',
      'filter[name]=%00',
      'fields=__proto__',
      'fields=customer.customer.customer.customer.name',
      'limit=-1',
      'limit=1e3',
      'limit=1001',
      'offset=100001',
      'offset=-1',
      'cursor=x',
      `cursor=${Buffer.from('{"__proto__":1}').toString('base64url')}`,
      'count=perhaps',
      'deleted=all',
      '__proto__[limit]=1',
      'constructor=1',
    ];
    for (const query of queries)
      wrong.push(...flaws(await send(`${SPECIMENS}?${query}`, undefined, { method: 'GET' }), query.slice(0, 80)));
    const paths = ['x', '%00', '..%2f..', '01890a5d-ac96-774b-bcce-b302099a8057%00', 'by/__proto__/x', 'by/code/%00', 'by/count/1e400'];
    for (const path of paths) wrong.push(...flaws(await send(`${SPECIMENS}/${path}`, undefined, { method: 'GET' }), path));
    wrong.push(...flaws(await send('/api/offers/%E0%A4%A', undefined, { method: 'GET' }), 'half a character'));
    wrong.push(...flaws(await send('/api/offers/__proto__', undefined, { method: 'GET' }), 'a prototype'));
    assert.deepEqual(wrong, []);
  });

  test('a method that an address does not take is refused with those that it does, and to strangers with nothing', async () => {
    for (const method of ['PUT', 'DELETE', 'PROPFIND', 'PATCH']) {
      const { status, headers, body } = await send(SPECIMENS, undefined, { method });
      assert.deepEqual([status, body.code, headers.get('allow')], [405, 'method_not_allowed', 'GET, POST'], method);
      assert.equal((await fetch(`${admin.url}${SPECIMENS}`, { method })).status, 401);
    }
    assert.equal((await send('/api/offers/nothing', undefined, { method: 'DELETE' })).status, 404);
    assert.equal((await fetch(`${admin.url}${SPECIMENS}`, { method: 'OPTIONS' })).headers.get('allow'), 'GET, HEAD, POST');
  });

  test('a body that is packed, or no UTF-8, is refused and not read as something else', async () => {
    const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> =>
      fetch(`${admin.url}${SPECIMENS}`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json', ...headers },
      });
    const latin = new Uint8Array(Buffer.from('{"name":"Größe"}', 'latin1'));
    assert.equal((await post(latin, {})).status, 400);
    assert.equal((await post(new Uint8Array(gzipSync('{"name":"x"}')), { 'content-encoding': 'gzip' })).status, 415);
  });

  test('a parameter that stands twice, or is odd but harmless, never breaks anything', async () => {
    const many = JSON.stringify({ filter: { name: { in: Array.from({ length: 5000 }, () => 'x') } } });
    assert.ok((await send(`${SPECIMENS}/query`, many)).status < 500);
    for (const query of [
      'sort=name&sort=code',
      'filter[name]=a&filter[name]=b',
      'q=%00',
      'q=%F0%9F%98%80',
      `q=${'('.repeat(2000)}`,
      'q=%25_%27',
    ])
      assert.ok((await send(`${SPECIMENS}?${query}`, undefined, { method: 'GET' })).status < 500, query);
  });

  test('nothing of it is left: a record is made as before, and no object has learnt anything', async () => {
    const made = await make(admin, SPECIMENS, { name: LOOKS.slice(0, 200) });
    assert.deepEqual([made.name.length, made.code, made.worth], [200, null, null]);
    assert.equal(Reflect.get({}, 'name'), undefined);
  });
});
