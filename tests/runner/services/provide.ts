import { randomId, RUN_VARIABLE } from '#tests/support/databases.ts';
import { SERVICE_VARIABLES } from '#tests/support/services.ts';
import type { Cleanup } from '../cleanup.ts';
import { projectEnvironment } from '../step.ts';
import { provideChromium } from './chromium.ts';
import type { Found, Provider } from './found.ts';
import { providePostgres } from './postgres.ts';
import { provideRabbitmq } from './rabbitmq.ts';
import { provideRedis } from './redis.ts';

type Service = { readonly name: string; readonly variable: string; readonly provide: Provider };

const SERVICES: readonly Service[] = [
  { name: 'PostgreSQL', variable: SERVICE_VARIABLES.database, provide: providePostgres },
  { name: 'RabbitMQ', variable: SERVICE_VARIABLES.rabbitmq, provide: provideRabbitmq },
  { name: 'Redis', variable: SERVICE_VARIABLES.redis, provide: provideRedis },
  { name: 'Chromium', variable: SERVICE_VARIABLES.chromium, provide: provideChromium },
];

/** What an installation reads: a test that starts one says itself what it gets. */
const INSTALLATION = { DATABASE_URL: undefined, RABBITMQ_URL: undefined, REDIS_URL: undefined };

/** Finds or starts what tests stand on, says what that is, and returns the environment that tells the tests. */
export async function provideServices(
  cleanup: Cleanup,
  show: (text: string) => void,
): Promise<Readonly<Record<string, string | undefined>>> {
  const environment = { ...projectEnvironment(), [RUN_VARIABLE]: randomId() };
  const variables = await Promise.all(
    SERVICES.map(async ({ name, variable, provide }) => {
      const found = await provide(environment, cleanup);
      show(`${'value' in found ? 'with' : 'none'}  ${name.padEnd(34)} ${found.how}`);
      return variablesOf(variable, found);
    }),
  );
  return { ...INSTALLATION, [RUN_VARIABLE]: environment[RUN_VARIABLE], ...Object.assign({}, ...variables) };
}

function variablesOf(variable: string, found: Found): Readonly<Record<string, string | undefined>> {
  return 'value' in found
    ? { [variable]: found.value, [`${variable}_MISSING`]: undefined }
    : { [variable]: undefined, [`${variable}_MISSING`]: found.missing };
}
