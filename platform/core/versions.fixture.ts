import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { Change } from './change.ts';
import type { Applied, ChangeOptions, Core } from './core.ts';
import { callerWith, createCoreFixture, type CoreFixture } from './fixture.ts';
import { findObject } from './state.ts';

export const administrator = callerWith(['administrator']);

/** A core of its own, and the sentences in which tests speak with it. */
export type Versions = {
  readonly fixture: CoreFixture;
  readonly change: (one: Change, core?: Core, options?: ChangeOptions) => Promise<Applied>;
  /** A text field of the offer, unless `more` says otherwise. */
  readonly addField: (name: string, more?: object) => Promise<Applied>;
  readonly undo: (version: number) => Promise<Applied>;
  /** The living field of that name of the offer. */
  readonly field: (name: string, core?: Core) => Promise<FieldDefinition | undefined>;
  /** The events of a version, each as type and subject. */
  readonly events: (version: number) => Promise<readonly string[]>;
};

/** Opens it on a database of its own. */
export async function openVersions(server: string): Promise<Versions> {
  const fixture = await createCoreFixture(server);
  const change: Versions['change'] = (one, core = fixture.core, options = {}) =>
    core.applyChanges(administrator, [{ change: one, pointer: '' }], { waitMs: 0, ...options });
  return {
    fixture,
    change,
    addField: (name, more = {}) => change({ kind: 'addField', object: 'offer', field: { name, type: 'text', ...more } }),
    undo: (version) => fixture.core.undo(administrator, version, { waitMs: 0 }),
    field: async (name, core = fixture.core) =>
      findObject(await core.state(), 'offer')?.fields.find((one) => one.name === name && one.state !== 'retired'),
    events: async (version) => {
      const text = 'select type, subject from platform.outbox where metadata_version = $1 order by position';
      return (await fixture.database.read({ text, values: [version] })).map(([type, subject]) => `${type} ${subject}`);
    },
  };
}

/** For `assert.rejects`: a refusal with that code and sentence. */
export function refused(code: string, pattern: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.code === code && pattern.test(error.message);
}
