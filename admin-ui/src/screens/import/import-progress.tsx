import { Anchor, Button, Group, Progress, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { sentenceOf, sentenceOfField } from '#admin-ui/src/i18n/sentences.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { jobPath, sendFile, steerJob, type Chosen, type ImportJob, type ToldRow } from './import-api.ts';
import { NoOptions } from './no-options.tsx';
import { TakeBack } from './take-back.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly id: string;
  /** The file, while it is still at hand: after a reload it is not. */
  readonly chosen: Chosen | null;
  /** Leads to another job, or back to the file. */
  readonly onJob: (id: string | undefined) => void;
};

const LOOK_MILLISECONDS = 700;
const ERRORS_SHOWN = 50;

/** How far an import is, what became of it, and the rows that were refused with their reasons. */
export function ImportProgress({ object, id, chosen, onJob }: Props) {
  const { t } = useTexts();
  const client = useQueryClient();
  const job = useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => askFor<ImportJob>(jobPath(object, id), { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_MILLISECONDS : false),
  });
  const steer = useMutation({
    mutationFn: (action: 'cancel' | 'pause' | 'resume') => steerJob(object, id, action),
    onError: notifyFailure,
    onSettled: () => client.invalidateQueries({ queryKey: ['import', id] }),
  });
  const send = useMutation({
    mutationFn: ({ given, dryRun }: { given: Chosen; dryRun: boolean }) => sendFile(object, given.file, { ...given, dryRun }),
    onError: notifyFailure,
    onSuccess: (made) => onJob(made.id),
  });
  if (job.isError) return <Failure error={job.error} onRetry={() => void job.refetch()} />;
  if (!job.data) return <Progress value={0} aria-label={t('loading')} />;
  const { state } = job.data;
  const result = job.data.result && 'rows' in job.data.result ? job.data.result : null;
  const isTried = result?.dryRun === true;
  return (
    <Stack>
      <State job={job.data} />
      {job.data.result && <Figures result={job.data.result} />}
      {result?.made && <Made made={result.made} isTried={isTried} />}
      {isTried && result.noOptions && (
        <NoOptions object={object} noOptions={result.noOptions} onAdded={() => chosen && send.mutate({ given: chosen, dryRun: true })} />
      )}
      <Group>
        {isTried && chosen && (
          <Button
            loading={send.isPending}
            disabled={result.created + result.updated === 0}
            onClick={() => send.mutate({ given: chosen, dryRun: false })}
          >
            {t('import.start')}
          </Button>
        )}
        {isTried && chosen && (
          <Button variant="default" onClick={() => onJob(undefined)}>
            {t('import.back')}
          </Button>
        )}
        {(state === 'running' || state === 'queued') && (
          <Button variant="default" onClick={() => steer.mutate('pause')}>
            {t('import.pause')}
          </Button>
        )}
        {(state === 'paused' || state === 'failed') && <Button onClick={() => steer.mutate('resume')}>{t('import.resume')}</Button>}
        {isUnderWay(job.data) || state === 'paused' ? (
          <Button variant="subtle" color="red" onClick={() => steer.mutate('cancel')}>
            {t('import.cancel')}
          </Button>
        ) : (
          <Button
            variant={isTried ? 'subtle' : 'default'}
            renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} />}
          >
            {t('objects.openList')}
          </Button>
        )}
        <TakeBack object={object} job={job.data} onJob={onJob} />
      </Group>
      <Refused object={object} job={job.data} />
    </Stack>
  );
}

function isUnderWay({ state }: ImportJob): boolean {
  return state === 'running' || state === 'queued';
}

function State({ job }: { readonly job: ImportJob }) {
  const { t, language } = useTexts();
  const { state, done, total } = job;
  const count = done.toLocaleString(language);
  return (
    <div role="status">
      <Text fw={600} mb={6}>
        {saidOf(job, t) ?? t(`import.state.${state}`, { done: count })}
      </Text>
      {isUnderWay(job) && (
        <Progress
          value={total === null || total === 0 ? 100 : (100 * done) / total}
          animated={total === null}
          striped={total === null}
          aria-label={t('import.rows')}
        />
      )}
    </div>
  );
}

function saidOf({ result }: ImportJob, t: ReturnType<typeof useTexts>['t']): string | null {
  if (!result) return null;
  if ('import' in result) return t('import.takenBack');
  return t(result.dryRun ? 'import.tried' : 'import.done');
}

function Figures({ result }: { readonly result: NonNullable<ImportJob['result']> }) {
  const { t, language } = useTexts();
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }}>
      {figuresOf(result).map(([what, count]) => (
        <div key={what} className="card import-figure">
          <div className="dim">{t(`import.${what}`)}</div>
          <b>{count.toLocaleString(language)}</b>
        </div>
      ))}
    </SimpleGrid>
  );
}

/** What else rows have made, such as "3 Customer groups". */
function Made({ made, isTried }: { readonly made: Readonly<Record<string, number>>; readonly isTried: boolean }) {
  const { t, say, language } = useTexts();
  const objects = useObjects();
  const named = Object.entries(made).map(([name, count]) => {
    const object = objects.find((one) => one.name === name);
    return `${count.toLocaleString(language)} ${object ? say(count === 1 ? object.label : object.pluralLabel) : name}`;
  });
  return named.length === 0 ? null : <Text>{t(isTried ? 'import.wouldMake' : 'import.hasMade', { records: named.join(', ') })}</Text>;
}

function figuresOf(result: NonNullable<ImportJob['result']>) {
  if ('import' in result)
    return [
      ['deleted', result.deleted],
      ['restored', result.restored],
      ['left', result.left],
    ] as const;
  return [
    ['rows', result.rows],
    ['created', result.created],
    ['updated', result.updated],
    ['unchanged', result.unchanged],
    ['refused', result.refused],
  ] as const;
}

function Refused({ object, job }: { readonly object: BusinessObject; readonly job: ImportJob }) {
  const { t } = useTexts();
  if (job.errors.length === 0) return null;
  return (
    <div className="card section">
      <Group justify="space-between" mb="xs">
        <h2 className="import-head">{t(job.kind === 'import' ? 'import.refusedRows' : 'import.leftRecords')}</h2>
        {job.result && job.kind === 'import' && (
          <Anchor href={`${jobPath(object, job.id)}/refused`} download>
            {t('import.refusedFile')}
          </Anchor>
        )}
      </Group>
      <div className="scrolls-aside">
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(job.kind === 'import' ? 'import.row' : 'import.record')}</Table.Th>
              {job.kind === 'import' && <Table.Th>{t('import.column')}</Table.Th>}
              <Table.Th>{t('import.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {job.errors.slice(0, ERRORS_SHOWN).map((error, at) => (
              <Table.Tr key={at}>
                <Table.Td>{error.record === undefined ? error.row : <RecordLink object={object} id={error.record} />}</Table.Td>
                {job.kind === 'import' && <Table.Td>{error.column ?? ''}</Table.Td>}
                <Table.Td>{reasonOf(error)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}

/** In the reader's language: of a value whose column is named beside it, or with the name of its field, or of the whole row. */
function reasonOf(error: ToldRow): string {
  const { code, column, message, sentence } = error;
  if (code === undefined && (column ?? '') !== '') return sentenceOfField(error);
  return sentenceOf({ code: code ?? '', detail: message, errors: code === undefined ? [error] : [], transition: undefined, sentence });
}

function RecordLink({ object, id }: { readonly object: BusinessObject; readonly id: string }) {
  return <Anchor renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id }} />}>{id}</Anchor>;
}
