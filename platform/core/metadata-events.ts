import { randomUUID } from 'node:crypto';
import { defineEvent } from '#platform/kernel/module.ts';
import type { Json } from '#platform/kernel/model.ts';
import { checkDeclared } from '#platform/data/commands/declared-event.ts';
import type { Transaction } from '#platform/data/database.ts';
import type { Fact, ObjectFact } from './draft.ts';

/** Says that there is a new version; the modules whose schema it touches pull it. A hint: versions are the truth. */
export const schemaChanged = defineEvent<{ version: number; modules: readonly string[]; objects: readonly string[] }>(
  'platform',
  'SchemaChanged',
  {
    type: 'object',
    properties: {
      version: { type: 'integer' },
      modules: { type: 'array', items: { type: 'string' } },
      objects: { type: 'array', items: { type: 'string' } },
    },
    required: ['version', 'modules', 'objects'],
  },
);

const OBJECT_FACTS: readonly ObjectFact['type'][] = [
  'ObjectCreated',
  'ObjectChanged',
  'ObjectRetired',
  'ObjectRestored',
  'ObjectDropped',
  'FieldAdded',
  'FieldChanged',
  'FieldRetired',
  'FieldRestored',
  'FieldDropped',
  'LayoutUpdated',
  'ViewUpdated',
  'AccessChanged',
];

const LIST_FACTS: readonly Exclude<Fact['type'], ObjectFact['type']>[] = ['OptionListCreated', 'OptionListChanged', 'OptionListDropped'];

/** What a change of the metadata was: one event per change, besides the SchemaChanged of their version. */
export const metadataFacts = [
  ...OBJECT_FACTS.map((type) =>
    defineEvent<{ version: number; object: string }>('platform', type, {
      type: 'object',
      properties: {
        version: { type: 'integer' },
        object: { type: 'string' },
        field: { type: 'string' },
        layout: { type: 'string' },
      },
      required: ['version', 'object'],
    }),
  ),
  ...LIST_FACTS.map((type) =>
    defineEvent<{ version: number; optionList: string }>('platform', type, {
      type: 'object',
      properties: { version: { type: 'integer' }, optionList: { type: 'string' } },
      required: ['version', 'optionList'],
    }),
  ),
];

const DECLARED = [schemaChanged, ...metadataFacts];

/** What a version tells the world. */
export type MetadataNews = {
  readonly version: number;
  readonly actor: string;
  readonly modules: readonly string[];
  readonly objects: readonly string[];
  readonly facts: readonly Fact[];
};

/** Writes the events of a version to the outbox, in its transaction. */
export async function writeMetadataEvents(transaction: Transaction, news: MetadataNews): Promise<void> {
  const { version } = news;
  const events: readonly { type: string; subject: string; data: { readonly [key: string]: Json } }[] = [
    ...news.facts.map(({ type, ...about }) => ({
      type,
      subject: 'object' in about ? `object/${about.object}` : `option-list/${about.optionList}`,
      data: { version, ...about },
    })),
    {
      type: schemaChanged.type,
      subject: `metadata/${version}`,
      data: { version, modules: news.modules, objects: news.objects },
    },
  ];
  for (const event of events) checkDeclared(DECLARED, event.type, event.data);
  const correlation = randomUUID();
  await transaction.query({
    text: `insert into platform.outbox (id, type, subject, actor, correlation_id, object_version, metadata_version, data)
      select unnest($1::uuid[]), unnest($2::text[]), unnest($3::text[]), $4, $5, 1, $6, unnest($7::text[])::json`,
    values: [
      events.map(() => randomUUID()),
      events.map((event) => event.type),
      events.map((event) => event.subject),
      news.actor,
      correlation,
      version,
      events.map((event) => JSON.stringify(event.data)),
    ],
  });
}
