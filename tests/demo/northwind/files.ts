import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A CSV row by its header names. */
export type CsvRow = { readonly [column: string]: string };

/** The Northwind files that are loaded. */
export type Northwind = {
  readonly categories: readonly CsvRow[];
  readonly suppliers: readonly CsvRow[];
  readonly products: readonly CsvRow[];
  readonly customers: readonly CsvRow[];
  readonly orders: readonly CsvRow[];
  /** Lines by order id, in the order of the file. */
  readonly lines: ReadonlyMap<string, readonly CsvRow[]>;
};

/** Reads the CSV files of a folder. Throws a sentence when one is missing. */
export function readNorthwind(folder: string): Northwind {
  const read = (name: string): readonly CsvRow[] =>
    parse(textOf(join(folder, `${name}.csv`)), { columns: true, skip_empty_lines: true, relax_quotes: true });
  const lines = Map.groupBy(read('order_details'), (line) => line['OrderID'] ?? '');
  return {
    categories: read('categories'),
    suppliers: read('suppliers'),
    products: read('products'),
    customers: read('customers'),
    orders: read('orders'),
    lines,
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read. Give the folder of the Northwind files with --data, or leave it out for the sample.`, {
      cause: error,
    });
  }
}
