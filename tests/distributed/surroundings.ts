import { connect } from 'amqplib';
import pg from 'pg';
import { SERVICES, type ServiceName } from '#platform/kernel/services.ts';
import { dropDatabases, freshPrefix } from '#tests/support/databases.ts';
import { freePort } from '#tests/support/ports.ts';
import { needed, rabbitmqUrl, redisUrl, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

/** Everything that services in processes of their own share: databases, queues and keys by a prefix of their own, and free ports. */
export type Surroundings = {
  readonly environment: Readonly<Record<string, string>>;
  readonly urlOf: (service: ServiceName) => string;
  /** The environment of one service. */
  readonly of: (service: ServiceName) => Readonly<Record<string, string>>;
  /** Runs SQL in a service's database. */
  readonly query: (service: ServiceName, text: string, values?: readonly unknown[]) => Promise<readonly { [column: string]: unknown }[]>;
  readonly cleanUp: () => Promise<void>;
};

/** Why a test of separate processes cannot run here, or false. */
export const skip = skipReason(testDatabaseUrl(), rabbitmqUrl(), redisUrl());

/** Makes surroundings that nobody else uses. `through` stands in front of RabbitMQ or Redis, such as a proxy. */
export async function openSurroundings(through: { rabbitmq?: string; redis?: string } = {}): Promise<Surroundings> {
  const prefix = freshPrefix();
  const adminUrl = needed(testDatabaseUrl());
  const urls = new Map<ServiceName, string>();
  for (const { name } of SERVICES) urls.set(name, `http://127.0.0.1:${await freePort()}`);
  const urlOf = (service: ServiceName): string => urls.get(service) ?? '';
  const environment = {
    DATABASE_URL: adminUrl,
    RABBITMQ_URL: through.rabbitmq ?? needed(rabbitmqUrl()),
    REDIS_URL: through.redis ?? needed(redisUrl()),
    DATABASE_PREFIX: prefix,
    BUS_PREFIX: prefix,
    TESSERA_SECRET: 'a secret of tests, long enough to be one',
    ...Object.fromEntries(SERVICES.map(({ name }) => [`${name.toUpperCase().replaceAll('-', '_')}_URL`, urlOf(name)])),
  };
  return {
    environment,
    urlOf,
    of: (service) => ({ ...environment, PORT: new URL(urlOf(service)).port }),
    query: async (service, text, values = []) => {
      const database = `${prefix}${SERVICES.find(({ name }) => name === service)?.database ?? ''}`;
      const client = new pg.Client({ connectionString: Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href });
      await client.connect();
      try {
        return (await client.query(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    cleanUp: async () => {
      await dropDatabases(prefix, adminUrl);
      await deleteTopology(needed(rabbitmqUrl()), prefix);
    },
  };
}

/** Removes the exchanges and queues of an installation. */
export async function deleteTopology(url: string, prefix: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const { name } of SERVICES) for (const queue of [name, `${name}.dead`]) await channel.deleteQueue(`${prefix}tessera.${queue}`);
  for (const exchange of ['events', 'events.dead']) await channel.deleteExchange(`${prefix}${exchange}`);
  await connection.close();
}
