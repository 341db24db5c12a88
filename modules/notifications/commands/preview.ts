import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Command, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { aroundOf, valuesFor } from '../items/around.ts';
import { faultOf, templateFaults, type Written } from '../rules/template/faults.ts';
import { TemplateProblem } from '../rules/template/problem.ts';
import { toldBy } from '../rules/told.ts';

type Input = Written & { readonly record: string };

/** Shows what a template, as it is being written, says of a record: by the code that writes messages. Nothing is kept. */
export const preview = (publicUrl: string): Command =>
  defineCommand<Record<string, never>, Input>({
    object: 'template',
    name: 'preview',
    ask: async ({ record, begin }, _template, input) => {
      const found = await record<RecordValues>(input.about, input.record);
      if (!found) throw new Refusal('not_found', { en: 'This record is no longer there.', de: 'Diesen Datensatz gibt es nicht mehr.' });
      const link = `${publicUrl}/o/${input.about}/${input.record}`;
      return { values: { answer: await begin((work) => shown(work, input, { record: found, link })) } };
    },
    run: (_work, _template, _input, { values }) => Promise.resolve({ answer: values?.['answer'] }),
  });

async function shown(work: Work, template: Input, { record, link }: { readonly record: RecordValues; readonly link: string }) {
  const errors = templateFaults(template, work.fieldsOf);
  if (errors.length > 0) throw invalidValues(errors);
  const around = await aroundOf(work, template.about, record);
  try {
    return toldBy(template, valuesFor(around, { recipient: around.customer?.name ?? work.caller.name, link }));
  } catch (error) {
    if (error instanceof TemplateProblem) throw invalidValues([faultOf('body', error)]);
    throw error;
  }
}
