import { isBuiltin } from 'node:module';
import { scatteredLibraries, whyNotLibrary } from './homes.ts';
import { whyNotImport } from './rooms.ts';
import { readSources, type Import, type Source } from './source.ts';

/** The only files that may cast with `as`; each says in a comment what guarantees the type. Keep it at one. */
const MAY_CAST: readonly string[] = ['platform/kernel/seam.ts'];

/** Where whatever is refused may be read by a clerk. */
const BILINGUAL: readonly string[] = ['modules/', 'platform/transfer/'];

/** What breaks the order of the house at `root`: one sentence each, with file and line. */
export function findViolations(root: string): readonly string[] {
  const sources = readSources(root);
  return [...sources.flatMap(violationsOf), ...scatteredLibraries(sources)];
}

function violationsOf(source: Source): readonly string[] {
  const imports = source.imports.flatMap((one) => {
    const reasons = [whyNotSpecifier(one), whyNotImport(source, one), whyNotLibrary(source, one)];
    return reasons.flatMap((why) => (why ? [`${source.path}:${one.line} imports '${one.specifier}': ${why}.`] : []));
  });
  const casts = MAY_CAST.includes(source.path) ? [] : source.castLines;
  // What clerks meet is said in their language; tests may speak English.
  const isMet = BILINGUAL.some((folder) => source.path.startsWith(folder)) && !source.path.endsWith('.test.ts');
  const english = isMet ? source.englishLines : [];
  return [
    ...imports,
    ...casts.map((line) => `${source.path}:${line} casts with \`as\`: only ${MAY_CAST.join(', ')} may.`),
    ...english.map((line) => `${source.path}:${line} refuses in English alone: give the sentence as { en, de }.`),
    ...source.silencedLines.map(
      (line) => `${source.path}:${line} silences the linter: write what it asks for, or change the rule for everybody.`,
    ),
  ];
}

/** Says what is wrong with how an import is written. */
function whyNotSpecifier({ specifier, file, library }: Import): string | undefined {
  if (library !== undefined) {
    return isBuiltin(library) && !library.startsWith('node:') ? "Node's own modules are written node:…" : undefined;
  }
  if (specifier.startsWith('../..'))
    return 'a path leaves one folder at most; from further away use #platform, #modules, #metadata, #admin-ui or #tests';
  if (specifier.startsWith('#') && specifier.includes('..')) return 'a # path is written straight';
  return /\/?[^/]+\.(tsx?|json|css|svg|png)$/.test(file ?? '') ? undefined : 'the file ending is written out, such as .ts';
}
