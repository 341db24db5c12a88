import { plainText } from '#platform/kernel/json.ts';
import type pg from 'pg';
import type { RawRow, Statement } from './database.ts';

/** What a finished statement reports: its rows and its command tag (`COMMIT`, `INSERT 0 1`), or why there are none. */
export type Done = (error: Error | null, rows: readonly RawRow[], tag: string) => void;

/** How a statement goes out on one connection: under which prepared name, and whether the server knows it already. */
export type Sending = {
  readonly name: string;
  readonly isPrepared: boolean;
  readonly cork: (stream: pg.Connection['stream']) => void;
};

/**
 * A statement as pg's client sends it, with what nobody here needs left out: no description of the columns is asked for,
 * and the rows stay the text they came as. Half the bytes of a single row, and none of the work per column.
 */
export class RawQuery implements pg.Submittable {
  readonly name: string;
  readonly text: string;
  readonly #statement: Statement;
  readonly #sending: Sending;
  readonly #done: Done;
  readonly #rows: RawRow[] = [];
  #tag = '';

  constructor(statement: Statement, sending: Sending, done: Done) {
    this.name = sending.name;
    this.text = statement.text;
    this.#statement = statement;
    this.#sending = sending;
    this.#done = done;
  }

  submit(connection: pg.Connection): void {
    this.#sending.cork(connection.stream);
    if (!this.#sending.isPrepared) {
      // A statement that failed may have left its name behind; closing a name that is not there is no error.
      if (this.name !== '') connection.close({ type: 'S', name: this.name }, true);
      connection.parse({ name: this.name, text: this.text, types: [] }, true);
    }
    connection.bind({ statement: this.name, values: this.#statement.values.map(parameterText) }, true);
    connection.execute({}, true);
    connection.sync();
  }

  handleDataRow(message: { fields: RawRow }): void {
    this.#rows.push(message.fields);
  }

  handleError(error: Error): void {
    this.#done(error, [], '');
  }

  handleReadyForQuery(): void {
    this.#done(null, this.#rows, this.#tag);
  }

  handleCommandComplete(message: { text: string }): void {
    this.#tag = message.text;
  }

  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

/** A parameter in PostgreSQL's text format: arrays as array literals, instants in UTC, objects as JSON. */
function parameterText(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return plainText(value);
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? arrayText(value) : JSON.stringify(value);
}

/** An array literal of PostgreSQL's. */
export function arrayText(values: readonly unknown[]): string {
  return `{${values.map(elementText).join(',')}}`;
}

function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return arrayText(value);
  const text = typeof value === 'string' ? value : String(parameterText(value));
  return ESCAPED.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

/** What an element of an array cannot have as it is. Most have none of it, and looking costs less than replacing. */
const ESCAPED = /["\\]/;
