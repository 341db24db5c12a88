import type { Caller } from '#platform/kernel/caller.ts';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import { defineEvent, type EventDefinition } from '#platform/kernel/module.ts';
import { checkDeclared } from '../commands/declared-event.ts';
import { outboxInsert, outboxValues } from '../save/outbox-row.ts';
import type { Query } from '../save/load.ts';
import { prepared } from '../read/statement-names.ts';
import type { Store } from '../store.ts';

/** What happens beside a record and changes nothing in it. What was issued tells the SHA-256 of its bytes; what was erased, the names of its fields. */
export type LifeEvent =
  | 'CommentAdded'
  | 'CommentEdited'
  | 'CommentDeleted'
  | 'UserMentioned'
  | 'FileAttached'
  | 'FileRemoved'
  | 'DocumentIssued'
  | 'PersonalDataErased';

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'array', items: TEXT } as const;
const FILE = { type: 'object', properties: { id: TEXT, name: TEXT, type: TEXT, size: { type: 'integer' } } } as const;

/** Beside the object and id of the record, which they all carry. */
const CARRIED: { readonly [type in LifeEvent]: { readonly [name: string]: Json } } = {
  CommentAdded: { comment: TEXT, text: TEXT, mentions: TEXTS },
  CommentEdited: { comment: TEXT, text: TEXT, mentions: TEXTS },
  CommentDeleted: { comment: TEXT },
  UserMentioned: { user: TEXT, comment: TEXT, text: TEXT },
  FileAttached: { file: FILE },
  FileRemoved: { file: FILE },
  DocumentIssued: { file: FILE, hash: TEXT, language: TEXT, template: { type: ['integer', 'null'] } },
  PersonalDataErased: { fields: TEXTS },
};

/** The events that every module tells of its records' comments and files; whoever is mentioned is told by one of their own. */
export function lifeEvents(module: string): readonly EventDefinition[] {
  return Object.entries(CARRIED).map(([type, carried]) =>
    defineEvent(module, type, {
      type: 'object',
      properties: { object: TEXT, id: TEXT, ...carried },
      required: ['object', 'id', ...Object.keys(carried)],
      additionalProperties: false,
    }),
  );
}

/** The record beside which something happens, and on whose behalf. */
export type Beside = {
  readonly store: Store;
  readonly caller: Caller;
  readonly object: ObjectDefinition;
  readonly id: string;
  readonly version: number;
};

/** Puts an event into the outbox under its record, so that whoever follows the record hears of it. */
export async function tell(query: Query, beside: Beside, type: LifeEvent, data: { readonly [key: string]: Json }): Promise<void> {
  const { store, caller, object, id, version } = beside;
  const whole = { object: object.name, id, ...data };
  checkDeclared(store.module.events, type, whole);
  const row = {
    type,
    object: object.name,
    recordId: id,
    subject: `${object.name}/${id}`,
    actor: caller.actor,
    correlationId: undefined,
    causationId: undefined,
    objectVersion: version,
    metadataVersion: store.schema().version,
    data: whole,
  };
  await query(prepared(outboxInsert(1, ''), outboxValues(row)));
}
