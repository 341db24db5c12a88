/**
 * `npm run bench:lookup [-- --rows 1000000 --rounds 30]`: how long `GET /api/customers/customers/lookup` takes among a million customers, for what
 * people type: a number, beginnings, an address of mail, a telephone number, a city, and words with a letter wrong; and what the indexes cost.
 * Uses DATABASE_URL, else starts the embedded PostgreSQL.
 */
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { asList } from '#tests/demo/client.ts';
import { withCustomers } from './customers-database.ts';
import type { Installation } from './installation.ts';
import { median } from './load.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '30' } } });
const ROWS = Number(values.rows);

/** Syllables make 600 family names; trade, place and legal form follow, and every third name has a word that nobody else has. */
const NAME = `initcap((array['adl','bau','con','die','ebn','fuch','grub','hub','schmi','mül','schnei','fisch','web','mey','wag','beck','schul','hoff','koch','rich','kle','wol','schrö','neum','schwarz','zimmer','brau','krü','hof','lang'])[1 + (n * 7) % 30]
  || (array['er','mann','rad','tz','s','e','hardt','ler','ert','mey','ing','ke','ner','dorf','berg','stein','feld','bach','haus','wald'])[1 + (n / 30) % 20])
  || ' ' || (array['Maschinenbau','Elektrotechnik','Logistik','Software','Handel','Bau','Möbel','Garten','Druck','Metall','Kunststoff','Textil','Papier','Optik','Medizin','Chemie','Energie','Beratung','Immobilien','Transport'])[1 + (n / 600) % 20]
  || case when n % 3 = 0 then ' ' || md5((n / 7)::text) else ' ' || (array['Nord','Süd','Ost','West','Mitte','Rhein','Elbe','Main','Donau','Isar'])[1 + n % 10] end
  || ' ' || (array['GmbH','AG','KG','OHG','GmbH & Co. KG','e.K.'])[1 + n % 6]`;
const CITY = `(array['Berlin','Hamburg','München','Köln','Frankfurt','Stuttgart','Düsseldorf','Leipzig','Dortmund','Essen'])[1 + n % 10] || ' ' || n % 997`;
const COLUMNS = {
  number: `'C-' || lpad(n::text, 7, '0')`,
  name: NAME,
  kind: `'company'`,
  status: `'active'`,
  email: `'mail' || n || '@firma' || n % 50000 || '.example'`,
  phone: `'+4930' || lpad((n::bigint * 7919 % 99999999)::text, 8, '0')`,
  vat_number: `'DE' || lpad((n::bigint * 37 % 999999999)::text, 9, '0')`,
  billing_address: `jsonb_build_object('street', 'Ring ' || n % 200, 'city', ${CITY}, 'country', 'DE')`,
};

/** What is typed, and what that means for the search. */
const TYPED = [
  ['C-0500000', 'a number'],
  ['Schmid', 'the beginning of names'],
  ['Zimmerstein Elektro', 'the beginning of one name'],
  ['mail4711@', 'an address of mail'],
  ['+49 30 0000 7919', 'a telephone number'],
  ['DE000000037', 'a VAT number'],
  ['gmbh', 'a word of half of them'],
  ['Leipzig 907', 'a city'],
  ['Optik Donau', 'two frequent words'],
  ['Zimmerstien', 'two letters swapped'],
  ['Schneidre Garten', 'the same, and a frequent word'],
  ['Elektrotchnik Krühardt', 'a letter missing'],
  ['Fischhaard', 'a letter too many'],
  ['qwertzuiop', 'nothing'],
] as const;

await withCustomers(async (customers) => {
  await fill(customers.client);
  await costs(customers.client);
  await measure(customers.installation);
});

async function fill(client: pg.Client): Promise<void> {
  const from = performance.now();
  await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
  // Made at once afterwards they are the same, and sooner there.
  const { rows: indexes } = await client.query<{
    name: string;
    definition: string;
  }>(`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = 'records.customer'::regclass and not indisprimary`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  for (let first = 1; first <= ROWS; first += 100_000)
    await client.query(`insert into records.customer (id, version, created_at, created_by, updated_at, updated_by, ${Object.keys(COLUMNS).join(', ')})
      select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', ${Object.values(COLUMNS).join(', ')}
      from generate_series(${first}, ${Math.min(ROWS, first + 99_999)}) n`);
  for (const { definition } of indexes) await client.query(definition);
  await client.query('vacuum analyze records.customer, platform.word');
  console.log(`${ROWS} customers in ${((performance.now() - from) / 1000).toFixed(0)} s`);
}

async function costs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ what: string; size: string }>(`select
      case when indrelid = 'platform.word'::regclass then 'words of titles: ' else '' end || substr(pg_get_indexdef(indexrelid), 1, 90) as what,
      pg_size_pretty(pg_relation_size(indexrelid)) as size
    from pg_index where indrelid in ('records.customer'::regclass, 'platform.word'::regclass) order by pg_relation_size(indexrelid) desc limit 6`);
  for (const { what, size } of rows) console.log(`  ${size.padStart(8)}  ${what.replaceAll('\n', ' ')}`);
  const { rows: words } = await client.query<{ count: string }>('select count(*) from platform.word');
  console.log(`  ${words[0]?.count ?? 0} words\n`);
}

async function measure(ours: Installation): Promise<void> {
  for (const [typed, meaning] of TYPED) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const from = performance.now();
      const { body } = await ours.client.get(`/api/customers/customers/lookup?q=${encodeURIComponent(typed)}`);
      times.push(performance.now() - from);
      found = asList(body['items']).length;
    }
    const p95 = times.toSorted((left, right) => left - right)[Math.floor(times.length * 0.95)] ?? 0;
    const figures = `median ${median(times).toFixed(0).padStart(4)} ms, p95 ${p95.toFixed(0).padStart(4)} ms`;
    console.log(`${typed.padEnd(24)} ${meaning.padEnd(32)} ${figures}, ${found} found`);
  }
}
