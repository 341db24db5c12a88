/**
 * A service that dies at a given point: `node crash.fixture.ts <database url> <point> <nth>`.
 * `published`: after the nth publish, before the cursor is kept. `committed`: after the nth effect, before it is answered.
 * An event of the type Poison kills it in the middle of its effect. With the point `none` it lives until it is told to end.
 */
import { openDatabase } from '#platform/data/database.ts';
import { openConsumers, type Effect } from './consumer.ts';
import { openPostgresBus } from './postgres-bus.ts';
import { startRelay } from './relay.ts';

const [url = '', point = 'none', nth = '1'] = process.argv.slice(2);
const database = openDatabase({ name: 'crash', url, connections: 5 });
const consumers = openConsumers({ database, waits: [1, 1, 1, 1], parallel: 4 });
const bus = openPostgresBus();
let passed = 0;

function pass(here: string): void {
  if (here !== point) return;
  passed += 1;
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
}

const effect: Effect = async (transaction, event) => {
  await transaction.query({
    text: 'insert into public.effect (id, consumer) values ($1, $2)',
    values: [event.id, event.subject],
  });
  if (event.type === 'Poison') process.kill(process.pid, 'SIGKILL');
};

await bus.subscribe({
  consumer: 'orders',
  patterns: ['#'],
  handle: async (event, delivery) => {
    await consumers.consume('orders', event, effect, delivery);
    pass('committed');
  },
  reject: async () => undefined,
});
startRelay({
  database,
  module: 'offers',
  standby: 20,
  batch: 10,
  bus: {
    publish: async (events, delivery) => {
      await database.write({
        text: 'insert into public.wire (id) select unnest($1::uuid[])',
        values: [events.map((event) => event.id)],
      });
      await bus.publish(events, delivery);
      pass('published');
    },
  },
});
