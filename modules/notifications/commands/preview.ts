import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Command, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { aroundOf, valuesFor } from '../items/around.ts';
import { fieldsOfEvent, type NamedEvent, type NamedEvents } from '../rules/named-events.ts';
import { valuesOfLetter } from '../rules/digest.ts';
import { DIGEST, EVENT_ALONE } from '../rules/subjects.ts';
import { faultOf, templateFaults, type Written } from '../rules/template/faults.ts';
import { TemplateProblem } from '../rules/template/problem.ts';
import { toldBy } from '../rules/told.ts';

type Input = Written & { readonly record?: string | null };

/** Where people reach the installation, and the events that templates can tell of. */
type Place = { readonly publicUrl: string; readonly events: NamedEvents };

/** Shows what a template, as it is being written, says of a record: by the code that writes messages. Nothing is kept. */
export const preview = ({ publicUrl, events }: Place): Command =>
  defineCommand<Record<string, never>, Input>({
    object: 'template',
    name: 'preview',
    ask: async ({ record, begin }, _template, input) => {
      const isAlone = input.about === EVENT_ALONE || input.about === DIGEST;
      const found = isAlone ? {} : input.record ? await record<RecordValues>(input.about, input.record) : null;
      if (!found) throw new Refusal('not_found', { en: 'This record is no longer there.', de: 'Diesen Datensatz gibt es nicht mehr.' });
      const link = input.record ? `${publicUrl}/o/${input.about}/${input.record}` : publicUrl;
      return { values: { answer: await begin((work) => shown(work, input, { record: found, link, events })) } };
    },
    run: (_work, _template, _input, { values }) => Promise.resolve({ answer: values?.['answer'] }),
  });

type Tried = { readonly record: RecordValues; readonly link: string; readonly events: NamedEvents };

async function shown(work: Work, template: Input, { record, link, events }: Tried) {
  const errors = templateFaults(template, { fieldsOf: work.fieldsOf, events });
  if (errors.length > 0) throw invalidValues(errors);
  const around = await aroundOf(work, template.about, record);
  const recipient = around.customer?.name ?? work.caller.name;
  const values =
    template.about === DIGEST
      ? valuesOfLetter(SECTIONS[template.language], { sender: around.company, recipient })
      : valuesFor(around, { recipient, link, said: saidBy(events.get(template.event ?? '')) });
  try {
    return toldBy(template, values);
  } catch (error) {
    if (error instanceof TemplateProblem) throw invalidValues([faultOf('body', error)]);
    throw error;
  }
}

/** There are no messages yet: these stand for them. */
const SECTIONS = {
  en: [
    { subject: '‹First message›', body: '<p>‹What it says›</p>' },
    { subject: '‹Second message›', body: '<p>‹What it says›</p>' },
  ],
  de: [
    { subject: '‹Erste Nachricht›', body: '<p>‹Was sie sagt›</p>' },
    { subject: '‹Zweite Nachricht›', body: '<p>‹Was sie sagt›</p>' },
  ],
} as const;

/** There is no event yet: each of its fields says what it is called. */
function saidBy(event: NamedEvent | undefined): RecordValues | null {
  return event ? Object.fromEntries([...fieldsOfEvent(event).keys()].map((name) => [name, `‹${name}›`])) : null;
}
