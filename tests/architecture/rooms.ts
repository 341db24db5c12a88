import type { Import, Source } from './source.ts';

/** Inside platform/ a room may import those that stand before it, and neither its neighbours in the same row nor what follows. */
const ORDER: readonly (readonly string[])[] = [
  ['kernel'],
  ['metadata'],
  ['cache'],
  ['data'],
  ['messaging'],
  ['jobs', 'files', 'transfer'],
  ['documents'],
  ['access'],
  ['http'],
  ['core', 'gateway'],
  ['service-jobs.ts'],
  ['service-reactions.ts'],
  ['service-reading.ts'],
  ['service-tables.ts'],
  ['service.ts'],
  ['installation.ts'],
];

/** Where a process begins: these may import everything, and nothing imports them. */
const ENTRIES: readonly string[] = ['main.ts', 'compile-cache.ts', 'healthcheck.ts', 'doctor.ts', 'metadata-files'];

/** Beside the order: only an entry imports them, and they import the kernel alone. */
const MAIN_ALONE: readonly string[] = ['embedded', 'config.ts'];

/** Says why `source` may not import one of our own files; undefined when it may. */
export function whyNotImport(source: Source, { file, isTypeOnly }: Import): string | undefined {
  if (file === undefined) return undefined;
  const [house] = source.path.split('/');
  if (house === 'tests' || house === 'bench') return undefined;
  if (isTest(source.path) && file.startsWith('tests/')) return undefined;
  if (isTest(file) && !isTest(source.path)) return 'only tests import test files and fixtures';
  if (house === 'platform') return whyNotFromPlatform(source.path, file, isTypeOnly);
  if (house === 'modules') return whyNotFromModule(source.path, file, isTypeOnly);
  if (house === 'admin-ui') return whyNotFromScreens(file, isTypeOnly);
  return file.startsWith('metadata/') || isKernel(file) ? undefined : 'metadata/ imports nothing but the kernel';
}

/** Rules of the kernel that server and screens follow alike, and what they stand on; they need no library. */
const SAME_ON_SCREENS: readonly string[] = [
  'conditions/',
  'given-types.ts',
  'is-record.ts',
  'json-fault.ts',
  'json.ts',
  'layouts.ts',
  'relative-date.ts',
  'rule-texts.ts',
  'seam.ts',
  'status-field.ts',
  'view-display.ts',
  'grouping.ts',
  'written-decimal.ts',
  'work-date-roles.ts',
].map((name) => `platform/kernel/${name}`);

/** Tests, and the fixtures beside them: `fixture.ts`, `<name>.fixture.ts`, or files of a folder `fixture/`. */
export function isTest(path: string): boolean {
  return /(\.test\.tsx?|(^|[./])fixture\.ts)$|\/fixture\//.test(path) || path.startsWith('tests/');
}

function whyNotFromPlatform(path: string, file: string, isTypeOnly: boolean): string | undefined {
  if (isSameOnScreens(path) && !isTest(path) && !isTypeOnly && !isSameOnScreens(file))
    return 'what the screens follow too imports nothing else';
  if (path === 'platform/main.ts' && file === 'modules/index.ts') return undefined;
  if (isGenerated(file)) return isTypeOnly ? undefined : 'the platform takes nothing but types from generated files';
  if (!file.startsWith('platform/')) return 'platform/ imports its own files only (main.ts also modules/index.ts)';
  const from = roomOf(path);
  const to = roomOf(file);
  if (from === to) return undefined;
  if (ENTRIES.includes(from)) return undefined;
  if (ENTRIES.includes(to)) return `${from} stands below ${to}`;
  if (MAIN_ALONE.includes(to)) return `${to} is imported by main.ts alone`;
  if (MAIN_ALONE.includes(from)) return to === 'kernel' ? undefined : `${from} imports the kernel alone`;
  if (heightOf(from) < 0 || heightOf(to) < 0) return `${heightOf(from) < 0 ? from : to} has no place in the order of rooms yet`;
  if (heightOf(to) < heightOf(from)) return undefined;
  return heightOf(to) === heightOf(from) ? `${from} and ${to} stand side by side` : `${from} stands below ${to}`;
}

function whyNotFromModule(path: string, file: string, isTypeOnly: boolean): string | undefined {
  const [, module = '', folder] = path.split('/');
  const own = `modules/${module}/`;
  if (isKernel(file)) return undefined;
  if (folder === 'rules') return whyNotFromRules(`${own}rules/`, file, isTypeOnly);
  if (isGenerated(file)) return undefined;
  if (path === 'modules/index.ts') {
    return /^modules\/[^/]+\/module\.ts$/.test(file) ? undefined : 'modules/index.ts is a list: it imports each module.ts alone';
  }
  if (file.startsWith(own) || /^modules\/[^/]+\/events\.ts$/.test(file)) return undefined;
  return 'a module imports the kernel, generated types, its own files and events.ts of other modules';
}

function whyNotFromRules(siblings: string, file: string, isTypeOnly: boolean): string | undefined {
  if (file.startsWith(siblings) || (isGenerated(file) && isTypeOnly)) return undefined;
  return 'rules are pure: they import the kernel, sibling rules, and of generated files only types';
}

function whyNotFromScreens(file: string, isTypeOnly: boolean): string | undefined {
  if (file.startsWith('admin-ui/') || (isKernel(file) && isTypeOnly) || isSameOnScreens(file)) return undefined;
  return 'the screens import their own files, and of the kernel types and the rules that must be the same on both sides';
}

function isSameOnScreens(file: string): boolean {
  return SAME_ON_SCREENS.some((shared) => file === shared || (shared.endsWith('/') && file.startsWith(shared)));
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function heightOf(room: string): number {
  return ORDER.findIndex((row) => row.includes(room));
}

function isKernel(file: string): boolean {
  return file.startsWith('platform/kernel/');
}

function isGenerated(file: string): boolean {
  return /^metadata\/.+\.gen\.ts$/.test(file);
}
