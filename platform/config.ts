import { join, resolve } from 'node:path';
import { serviceNamed, SERVICES, type ServiceName } from './kernel/services.ts';

/** What the environment and the command line say. Read once, in main.ts; nothing else looks at the environment. */
export type Config = {
  /** `embedded`: all services in this process. `service`: one of them. `gateway`: all of them as child processes behind a proxy. */
  readonly shape: 'embedded' | 'service' | 'gateway';
  readonly services: readonly ServiceName[];
  readonly host: string;
  readonly port: number;
  /** A PostgreSQL that is there; absent: the embedded one. */
  readonly databaseUrl?: string;
  readonly databasePrefix: string;
  readonly rabbitmqUrl?: string;
  /** Stands before the names of exchanges, queues and cached keys, so that installations can share RabbitMQ and Redis. */
  readonly busPrefix: string;
  readonly redisUrl?: string;
  /** Absent: kept in a file of the data folder. */
  readonly secret?: string;
  readonly dataFolder: string;
  readonly publicUrl: string;
  /** The European Commission's register of VAT numbers, or what stands in for it. */
  readonly viesUrl: string;
  /** The mail server by which messages leave, and in whose name; absent: they are kept. */
  readonly mail?: { readonly url: string; readonly from: string; readonly receiptSecret?: string };
  /** The account at Twilio by which SMS leave; absent: they are kept. */
  readonly sms?: { readonly accountSid: string; readonly authToken: string; readonly from: string };
  readonly logLevel: string;
  readonly production: boolean;
  /** Where a service is reached. */
  readonly urlOf: (service: ServiceName) => string;
  /** Fault points of tests, such as `ddl.beforeCommit:kill@1`. */
  readonly faults: string;
};

const HTTP: readonly string[] = ['http:', 'https:'];
const LEVELS: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** A value of the environment that cannot be used: one sentence that names it and the way out. */
export class ConfigError extends Error {}

type Environment = { readonly [name: string]: string | undefined };

/** Reads the configuration. Throws ConfigError. */
export function readConfig(environment: Environment, parameters: readonly string[]): Config {
  const shape = parameters.includes('--services')
    ? 'gateway'
    : serviceParameter(environment, parameters) === undefined
      ? 'embedded'
      : 'service';
  const service = shape === 'service' ? namedService(serviceParameter(environment, parameters) ?? '') : undefined;
  const chosen = shape === 'gateway' ? parameters.slice(parameters.indexOf('--services') + 1).map((name) => namedService(name).name) : [];
  const port = portOf(environment['PORT'], service?.port ?? 3000);
  const databaseUrl = urlOf(environment, 'DATABASE_URL', ['postgres:', 'postgresql:']);
  const rabbitmqUrl = urlOf(environment, 'RABBITMQ_URL', ['amqp:', 'amqps:']);
  const redisUrl = urlOf(environment, 'REDIS_URL', ['redis:', 'rediss:']);
  requireShared(shape, { rabbitmqUrl, databaseUrl });
  const host = environment['HOST'] ?? '127.0.0.1';
  return Object.freeze({
    shape,
    services: servicesOf(service?.name, chosen),
    host,
    port,
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(rabbitmqUrl ? { rabbitmqUrl } : {}),
    ...(redisUrl ? { redisUrl } : {}),
    ...secretOf(environment['TESSERA_SECRET']),
    databasePrefix: prefixOf('DATABASE_PREFIX', environment['DATABASE_PREFIX'] ?? 'financial_'),
    busPrefix: environment['BUS_PREFIX'] ? prefixOf('BUS_PREFIX', environment['BUS_PREFIX']) : '',
    dataFolder: resolve(environment['TESSERA_DATA'] ?? join(import.meta.dirname, '..', '.data')),
    publicUrl: publicUrlOf(environment) ?? `http://localhost:${shape === 'service' ? 3000 : port}`,
    viesUrl: urlOf(environment, 'VIES_URL', HTTP) ?? 'https://ec.europa.eu/taxation_customs/vies/rest-api',
    ...mailOf(environment),
    ...smsOf(environment),
    logLevel: levelOf(environment['LOG_LEVEL'] || 'warn'),
    production: environment['NODE_ENV'] === 'production',
    urlOf: shape === 'embedded' ? () => ownUrl(host, port) : serviceUrls(environment),
    faults: environment['FAULTS'] ?? '',
  });
}

/** One, or those that were named behind `--services`, or all. */
function servicesOf(alone: ServiceName | undefined, chosen: readonly ServiceName[]): readonly ServiceName[] {
  if (alone !== undefined) return [alone];
  return SERVICES.map(({ name }) => name).filter((name) => chosen.length === 0 || chosen.includes(name));
}

function serviceParameter(environment: Environment, parameters: readonly string[]): string | undefined {
  const at = parameters.indexOf('--service');
  return at < 0 ? environment['SERVICE'] : (parameters[at + 1] ?? '');
}

function namedService(name: string): (typeof SERVICES)[number] {
  const found = serviceNamed(name);
  if (!found) throw new ConfigError(`There is no service "${name}". Name one of: ${SERVICES.map((service) => service.name).join(', ')}.`);
  return found;
}

/** Services in processes of their own share RabbitMQ, and a PostgreSQL that the gateway may bring along. */
function requireShared(shape: Config['shape'], given: { rabbitmqUrl: string | undefined; databaseUrl: string | undefined }): void {
  if (shape !== 'embedded' && !given.rabbitmqUrl)
    throw new ConfigError(
      'RABBITMQ_URL is missing: services in processes of their own need RabbitMQ to hear each other. Set it, e.g. amqp://guest:guest@127.0.0.1:5672.',
    );
  if (shape === 'service' && !given.databaseUrl)
    throw new ConfigError(
      'DATABASE_URL is missing: a service on its own has no embedded PostgreSQL. Set it, e.g. postgres://postgres@127.0.0.1:5432/postgres.',
    );
}

/** Where this process reaches itself: who listens on every address is met on the machine's own. */
function ownUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** `OFFERS_URL`, `DELIVERY_NOTES_URL` … where they are set, else what SERVICE_URL_TEMPLATE makes of the name and its standard port. */
function serviceUrls(environment: Environment): Config['urlOf'] {
  const template = environment['SERVICE_URL_TEMPLATE'] ?? 'http://127.0.0.1:{port}';
  const urls = new Map(
    SERVICES.map(({ name, port }) => {
      const variable = `${name.toUpperCase().replaceAll('-', '_')}_URL`;
      const given = urlOf(environment, variable, HTTP);
      const made = template.replaceAll('{service}', name).replaceAll('{port}', String(port));
      return [name, given ?? urlOf({ SERVICE_URL_TEMPLATE: made }, 'SERVICE_URL_TEMPLATE', HTTP) ?? ''] as const;
    }),
  );
  return (name) => (urls.get(name) ?? '').replace(/\/$/, '');
}

/** Without a slash at its end: paths are put behind it. */
function publicUrlOf(environment: Environment): string | undefined {
  return urlOf(environment, 'PUBLIC_URL', HTTP)?.replace(/\/+$/, '');
}

/** Both or neither: a server without a sender's address would have nobody to answer to. */
function mailOf(environment: Environment): Pick<Config, 'mail'> {
  const url = urlOf(environment, 'SMTP_URL', ['smtp:', 'smtps:']);
  const from = environment['MAIL_FROM'];
  if (!url) return {};
  if (!from || !/^[^\s<>]+@[^\s<>]+$/.test(from))
    throw new ConfigError('MAIL_FROM is missing or no address: messages need one to come from, such as post@example.com.');
  const receiptSecret = environment['MAIL_RECEIPT_SECRET'];
  if (!receiptSecret) return { mail: { url, from } };
  if (receiptSecret.length < 32)
    throw new ConfigError('MAIL_RECEIPT_SECRET is shorter than 32 characters. Make one with: openssl rand -hex 32');
  return { mail: { url, from, receiptSecret } };
}

/** All three or none. */
function smsOf(environment: Environment): Pick<Config, 'sms'> {
  const accountSid = environment['TWILIO_ACCOUNT_SID'];
  const { TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = environment;
  if (!accountSid) return {};
  if (!/^AC[0-9a-f]{32}$/.test(accountSid)) throw new ConfigError('TWILIO_ACCOUNT_SID is no account: it is AC and 32 hexadecimal digits.');
  if (!authToken || !from)
    throw new ConfigError('TWILIO_AUTH_TOKEN or TWILIO_FROM is missing: SMS need both. Set them or leave TWILIO_ACCOUNT_SID out.');
  return { sms: { accountSid, authToken, from } };
}

function levelOf(level: string): string {
  if (LEVELS.includes(level)) return level;
  throw new ConfigError(`LOG_LEVEL is "${level}". Use one of: ${LEVELS.join(', ')}.`);
}

function portOf(text: string | undefined, otherwise: number): number {
  const port = Number(text ?? otherwise);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new ConfigError(`PORT is "${text}", which is no port. Give a number from 1 to 65535.`);
  return port;
}

function urlOf(environment: Environment, name: string, protocols: readonly string[]): string | undefined {
  const text = environment[name];
  if (!text) return undefined;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new ConfigError(`${name} is no ${protocols[0]}//user:password@host:port/… address. Correct it or leave it out.`);
  return text;
}

function prefixOf(name: string, text: string): string {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(text))
    throw new ConfigError(`${name} is "${text}". Use lower-case letters, digits and underscores, at most 31, such as financial_.`);
  return text;
}

function secretOf(text: string | undefined): { secret?: string } {
  if (text === undefined) return {};
  if (text.length < 32) throw new ConfigError('TESSERA_SECRET is shorter than 32 characters. Make one with: openssl rand -base64 32');
  return { secret: text };
}
