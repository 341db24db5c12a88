import type { PostingRule } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { STANDARD_RULES } from '../posting/standard-rules.ts';

/** Makes the standard posting rules where there are none at all. */
export async function makeStandardRules(work: Work, language: 'de' | 'en'): Promise<void> {
  const [known] = await work.query<PostingRule>('posting_rule', { fields: 'name', limit: 1 });
  if (known) return;
  await work.createMany(
    'posting_rule',
    STANDARD_RULES.map(({ name, ...rule }) => ({ ...rule, id: uuidV7(), name: name[language] })),
  );
}
