import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One file of ours as the rules see it. `path` is relative to the project, with forward slashes. */
export type Source = {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Lines with an `as` or `<Type>` cast; `as const` is none. */
  readonly castLines: readonly number[];
  /** Lines that refuse something with a text of one language. */
  readonly englishLines: readonly number[];
  /** Lines with a comment that silences the linter. */
  readonly silencedLines: readonly number[];
};

/** What a file imports, by whatever syntax. */
export type Import = {
  readonly line: number;
  readonly specifier: string;
  /** Our own file, relative to the project; absent for a library. */
  readonly file?: string;
  /** The package of a library (`pg`, `@mikro-orm/core`) or a builtin (`node:fs`); absent for our own file. */
  readonly library?: string;
  readonly isTypeOnly: boolean;
};

const FOLDERS = '{platform,modules,metadata,tests,bench,admin-ui}';
const SKIPPED = /\.gen\.ts$|\.d\.ts$|(^|\/)(node_modules|dist)(\/|$)/;

/** Reads all TypeScript files of the project at `root`, generated ones excepted. */
export function readSources(root: string): readonly Source[] {
  const found = globSync(`${FOLDERS}/**/*.{ts,tsx}`, {
    cwd: root,
    exclude: (path) => /(^|\/)node_modules$/.test(path),
  });
  const paths = found.map((path) => path.replaceAll('\\', '/')).filter((path) => !SKIPPED.test(path));
  return paths.toSorted().map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
}

/** Reads one file. Throws when it cannot be parsed. */
function readSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const fault = parsed.errors[0];
  if (fault) throw new Error(`${path} cannot be parsed: ${fault.message}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const castLines: number[] = [];
  const englishLines: number[] = [];
  const imports: Import[] = [];
  const add = (offset: number, specifier: string, isTypeOnly: boolean): void => {
    imports.push({ line: lineAt(offset), specifier, isTypeOnly, ...targetOf(path, specifier) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.start, node.source.value, node.importKind === 'type' || areTypes(node.specifiers)),
    ExportNamedDeclaration: (node) => node.source && add(node.start, node.source.value, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.start, node.source.value, node.exportKind === 'type'),
    ImportExpression: (node) => node.source.type === 'Literal' && add(node.start, String(node.source.value), false),
    TSImportType: (node) => add(node.start, node.source.value, true),
    TSAsExpression: (node) => {
      if (text.slice(node.typeAnnotation.start, node.typeAnnotation.end) !== 'const') castLines.push(lineAt(node.start));
    },
    TSTypeAssertion: (node) => castLines.push(lineAt(node.start)),
    NewExpression: ({ callee, arguments: [, said], start }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'Refusal') return;
      if (said?.type === 'Literal' || said?.type === 'TemplateLiteral') englishLines.push(lineAt(start));
    },
  }).visit(parsed.program);
  const silencing = parsed.comments.filter(({ value }) => /^\s*(?:oxlint|eslint)-disable/.test(value));
  return { path, imports, castLines, englishLines, silencedLines: silencing.map(({ start }) => lineAt(start)) };
}

function areTypes(specifiers: readonly { readonly type: string; readonly importKind?: string }[]): boolean {
  return specifiers.length > 0 && specifiers.every(({ importKind }) => importKind === 'type');
}

function targetOf(path: string, specifier: string): Pick<Import, 'file' | 'library'> {
  if (specifier.startsWith('#')) return { file: posix.normalize(specifier.slice(1)) };
  if (specifier.startsWith('.')) return { file: posix.join(posix.dirname(path), specifier) };
  const [first = '', second = ''] = specifier.split('/');
  return { library: specifier.startsWith('@') ? `${first}/${second}` : first };
}
