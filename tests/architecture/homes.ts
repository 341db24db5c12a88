import { isBuiltin } from 'node:module';
import { isTest } from './rooms.ts';
import type { Import, Source } from './source.ts';

const SCREENS = ['admin-ui'];

/** Where each library lives: in these folders or files and nowhere else. `@scope` stands for all packages of the scope. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  'decimal.js': ['platform/kernel'],
  'currency-codes': ['platform/kernel'],
  'libphonenumber-js': ['platform/kernel'],
  'temporal-polyfill': ['platform/kernel'],
  ibantools: ['platform/kernel'],
  jsvat: ['platform/kernel'],
  ajv: ['platform/metadata'],
  'ajv-formats': ['platform/metadata'],
  re2js: ['platform/metadata'],
  '@marcbachmann/cel-js': ['platform/metadata'],
  ioredis: ['platform/cache'],
  'lru-cache': ['platform/cache', 'platform/data', 'platform/access'],
  pg: ['platform/data'],
  marked: ['platform/data', ...SCREENS],
  kysely: ['platform/data'],
  '@mikro-orm': ['platform/data'],
  amqplib: ['platform/messaging'],
  croner: ['platform/jobs'],
  'csv-parse': ['platform/transfer'],
  'csv-stringify': ['platform/transfer'],
  saxes: ['platform/transfer'],
  yauzl: ['platform/transfer'],
  yazl: ['platform/transfer'],
  'file-type': ['platform/files'],
  '@napi-rs': ['platform/files'],
  'sanitize-html': ['platform/kernel'],
  handlebars: ['modules/notifications'],
  '@myriaddreamin/typst-ts-node-compiler': ['platform/documents'],
  jose: ['platform/access'],
  'openid-client': ['platform/access'],
  otpauth: ['platform/access'],
  '@simplewebauthn': ['platform/access'],
  express: ['platform/http', 'platform/gateway'],
  busboy: ['platform/http'],
  qs: ['platform/http'],
  'rate-limiter-flexible': ['platform/http'],
  'prom-client': ['platform/http'],
  '@scalar/api-reference': ['platform/http'],
  'http-proxy-3': ['platform/gateway'],
  nodemailer: ['modules/notifications'],
  'postal-mime': ['modules/notifications'],
  twilio: ['modules/notifications'],
  stripe: ['modules/payments'],
  react: SCREENS,
  'react-dom': SCREENS,
  'react-i18next': SCREENS,
  i18next: SCREENS,
  dayjs: SCREENS,
  vite: SCREENS,
  '@vitejs': SCREENS,
  '@dnd-kit': SCREENS,
  '@mantine': SCREENS,
  '@tabler': SCREENS,
  '@tanstack': SCREENS,
  'ag-grid-community': SCREENS,
  'ag-grid-react': SCREENS,
};

/** Libraries that live in one file, wherever that file is. */
const ONE_FILE: readonly string[] = ['pino'];

/** Says why `source` may not import a library; undefined when it may. Tests and benchmarks take what they like. */
export function whyNotLibrary({ path }: Source, { library, specifier }: Import): string | undefined {
  if (library === undefined || isTest(path) || path.startsWith('bench/')) return undefined;
  if (isBuiltin(library)) return whyNotBuiltin(path);
  if (ONE_FILE.includes(library)) return isOutside(path) ? `${library} lives in one file of platform/` : undefined;
  const homes = HOMES[library] ?? HOMES[scopeOf(library)];
  if (!homes) return `'${specifier}' has no home yet: give it one in tests/architecture/homes.ts`;
  if (homes.some((home) => path === home || path.startsWith(`${home}/`))) return undefined;
  return `${library} lives in ${homes.join(' and ')}`;
}

/** Says which libraries that live in one file are in several. */
export function scatteredLibraries(sources: readonly Source[]): readonly string[] {
  return ONE_FILE.flatMap((library) => {
    const users = sources.filter((source) => !isTest(source.path) && source.imports.some((one) => one.library === library));
    return users.length < 2 ? [] : [`${users.map(({ path }) => path).join(', ')}: ${library} lives in one file`];
  });
}

function whyNotBuiltin(path: string): string | undefined {
  if (path.startsWith('modules/')) return 'a module reaches the world through its Work, not through Node';
  return path.startsWith('platform/kernel/') ? 'the kernel is pure logic and takes nothing from Node' : undefined;
}

function isOutside(path: string): boolean {
  return !path.startsWith('platform/') || path.startsWith('platform/kernel/');
}

function scopeOf(library: string): string {
  return library.split('/')[0] ?? '';
}
