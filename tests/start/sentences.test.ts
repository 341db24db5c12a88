import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import pg from 'pg';
import { dropDatabases, freshPrefix, randomId } from '#tests/support/databases.ts';
import { freePort } from '#tests/support/ports.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { ordinaryUser } from './ordinary-user.ts';
import { openFolder, start, tidy, type StartOptions } from './process.ts';

const database = testDatabaseUrl();

/** Starts what cannot start: it ends with code 1, and what it says is one sentence or two for a person, and no stack. */
async function refusal(options: Partial<StartOptions>): Promise<string> {
  const tessera = await start({ data: join(openFolder(), 'data'), ...options });
  assert.equal(await tessera.ended, 1, tessera.said());
  assert.doesNotMatch(tessera.said(), /\n {4}at |is ready/);
  return tessera.said().trim();
}

/** The standard server as another user or at another place. */
function urlWith(change: Partial<Pick<URL, 'host' | 'username' | 'password' | 'pathname'>>): string {
  return Object.assign(new URL(needed(database)), change).href;
}

describe('What keeps Tessera from starting is a sentence that says what to do', () => {
  after(tidy);

  test('A port that is taken', async () => {
    const port = await freePort();
    const other = createServer();
    await once(other.listen(port, '127.0.0.1'), 'listening');
    const said = await refusal({ port });
    other.close();
    assert.equal(said, `Port ${port} is taken. Stop what uses it, or start with another one: PORT=${port + 1} npm start`);
  });

  test('An address, a template and a level of the log that are none', async () => {
    assert.match(
      await refusal({ environment: { PUBLIC_URL: 'nonsense' } }),
      /^PUBLIC_URL is no http:\/\/.* address\. Correct it or leave it out\.$/,
    );
    assert.match(await refusal({ environment: { LOG_LEVEL: 'loud' } }), /^LOG_LEVEL is "loud"\. Use one of: fatal, error, warn/);
    const service = { DATABASE_URL: urlWith({}), RABBITMQ_URL: 'amqp://127.0.0.1', SERVICE: 'offers', SERVICE_URL_TEMPLATE: 'x' };
    assert.match(await refusal({ environment: service }), /^SERVICE_URL_TEMPLATE is no http:/);
  });

  test('A data folder that cannot be written', async () => {
    const { before, project } = ordinaryUser();
    const folder = openFolder();
    chmodSync(folder, 0o555);
    const data = join(folder, 'data');
    const said = await refusal({ data, before, project });
    assert.equal(
      said,
      `The data folder ${data} is not accessible for this user. Change its owner, or set TESSERA_DATA to a folder of yours.`,
    );
  });

  test('A data folder that is a file', async () => {
    const data = join(openFolder(), 'data');
    writeFileSync(data, 'not a folder');
    assert.match(await refusal({ data }), /is not a folder\. Set TESSERA_DATA to one\./);
  });

  test('Data of a newer PostgreSQL', async () => {
    const data = join(openFolder(), 'data');
    mkdirSync(join(data, 'postgres'), { recursive: true });
    writeFileSync(join(data, 'postgres', 'PG_VERSION'), '99\n');
    const said = await refusal({ data });
    assert.match(
      said,
      /^The data in \S+ are of PostgreSQL 99, and this Tessera brings PostgreSQL \d+\. Start the Tessera that they were made with/,
    );
  });

  for (const [what, megabytes] of canMount()
    ? ([
        ['for PostgreSQL itself', 20],
        ['for the databases', 110],
      ] as const)
    : []) {
    test(`A disk that has no room ${what}`, async () => {
      const folder = openFolder();
      const full = `mount -t tmpfs -o size=${megabytes}m,mode=755 tmpfs ${folder} && exec "$@"`;
      const said = await refusal({ data: join(folder, 'data'), before: ['unshare', '--mount', 'sh', '-c', full, 'sh'] });
      assert.match(said, /disk .*is full\. Free some space and start again/);
    });
  }

  test('A DATABASE_URL that is none', async () => {
    const said = await refusal({ environment: { DATABASE_URL: 'mysql://localhost/x' } });
    assert.match(said, /^DATABASE_URL is no postgres:\/\/user:password@host:port\/… address\. Correct it or leave it out\.$/);
  });

  test('A DATABASE_URL where no server answers', async () => {
    const port = await freePort();
    const nobody = await refusal({ environment: { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` } });
    assert.match(nobody, /^No PostgreSQL answers at 127\.0\.0\.1:\d+\. Start it, or correct DATABASE_URL, or leave DATABASE_URL out/);
    const nowhere = await refusal({ environment: { DATABASE_URL: 'postgres://postgres@no-such-host.invalid/postgres' } });
    assert.match(nowhere, /^No PostgreSQL answers at no-such-host\.invalid/);
  });
});

describe('A PostgreSQL that is there', { skip: skipReason(database) }, () => {
  const user = `test_${randomId()}`;
  const prefix = freshPrefix();
  const sql = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: needed(database) });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  after(async () => {
    await tidy();
    await dropDatabases(prefix, needed(database));
    await sql(`drop role if exists ${user}`);
  });

  test('A user without the right to create databases learns which are missing', async () => {
    await sql(`create role ${user} login password 'sesame'`);
    const environment = { DATABASE_URL: urlWith({ username: user, password: 'sesame' }), DATABASE_PREFIX: prefix };
    const said = await refusal({ environment });
    assert.ok(said.startsWith(`These databases are missing, and the user ${user} may not create them: ${prefix}accounting, `), said);
    assert.equal(said.split(prefix).length - 1, 11, said);
  });

  test('A maintenance database that does not exist', async () => {
    const said = await refusal({ environment: { DATABASE_URL: urlWith({ pathname: '/nowhere' }) } });
    assert.match(said, /^The database nowhere does not exist at \S+\. DATABASE_URL names the maintenance database, usually postgres\.$/);
  });

  test('A user whom the server does not know', async () => {
    const said = await refusal({ environment: { DATABASE_URL: urlWith({ username: 'nobody_here', password: 'wrong' }) } });
    assert.match(said, /^PostgreSQL at \S+ does not accept the user nobody_here/);
  });

  test('It is used instead of the embedded one, and a lost secret is made anew', async () => {
    const environment = { DATABASE_URL: needed(database), DATABASE_PREFIX: prefix };
    for (const secret of ['first', 'second']) {
      const tessera = await start({ data: join(openFolder(), 'data'), environment: { ...environment, TESSERA_SECRET: secret.repeat(8) } });
      assert.match(await tessera.ready, /setup\?token=/);
      tessera.signal('SIGINT');
      assert.equal(await tessera.ended, 0);
    }
  });
});

/** Whether a file system of a size of our choice can be had here: containers often forbid it. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('Not tested here, as nothing can be mounted: a full disk.');
    return false;
  }
}
