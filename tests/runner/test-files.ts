import { globSync } from 'node:fs';

const EVERYWHERE = '{platform,modules,metadata,tests,admin-ui,bench}/**/*.test.{ts,tsx}';

/** The test files of the project at `root`, in three kinds: about the code, without services, and with them. */
export type TestFiles = {
  readonly architecture: readonly string[];
  readonly unit: readonly string[];
  readonly other: readonly string[];
};

/** Finds all test files, as paths relative to `root`; `*.unit.test.ts` need nothing but Node. */
export function findTestFiles(root: string): TestFiles {
  const found = globSync(EVERYWHERE, { cwd: root, exclude: (path) => /(^|[/\\])(node_modules|dist)$/.test(path) });
  const paths = found.map((path) => path.replaceAll('\\', '/')).toSorted();
  const isArchitecture = (path: string): boolean => path.startsWith('tests/architecture/');
  const isUnit = (path: string): boolean => path.includes('.unit.test.');
  return {
    architecture: paths.filter(isArchitecture),
    unit: paths.filter((path) => isUnit(path) && !isArchitecture(path)),
    other: paths.filter((path) => !isUnit(path) && !isArchitecture(path)),
  };
}
