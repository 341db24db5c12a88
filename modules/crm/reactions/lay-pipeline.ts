import { isRecord } from '#platform/kernel/is-record.ts';
import { fromTheBeginning, on } from '#platform/kernel/module.ts';
import { FIRST_PIPELINE, FIRST_STAGES, languageOf } from '../rules/first-pipeline.ts';

/** The first company brings a pipeline, in the language of its country; from then on it is the people's own. */
export const layPipeline = fromTheBeginning(
  on('platform', 'CompanyCreated', 'layPipeline', async (work, event) => {
    const { record } = event.data;
    const [any] = await work.query('pipeline', { limit: 1 });
    if (any || !isRecord(record)) return;
    const language = languageOf(record['country']);
    await work.create('pipeline', FIRST_PIPELINE, { name: language === 'de' ? 'Verkauf' : 'Sales', standard: true });
    const stages = FIRST_STAGES.map(({ names, ...stage }) => ({ ...stage, name: names[language], pipelineId: FIRST_PIPELINE }));
    await work.createMany('stage', stages);
  }),
);
