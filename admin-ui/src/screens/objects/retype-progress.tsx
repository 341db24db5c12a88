import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useFieldTypes, useMetadataChanged, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { jobPath, steerJob } from '../import/import-api.ts';
import { ShowRecords } from './show-records.tsx';

type Props = { readonly object: BusinessObject; readonly field: Field };

type RetypeJob = {
  readonly state: string;
  readonly done: number;
  readonly total: number | null;
  readonly errors: readonly { readonly ids?: readonly string[]; readonly message?: string }[];
};

const LOOK_MILLISECONDS = 700;

/** How far a field is on its way to another type, and what stands in its way. */
export function RetypeProgress({ object, field }: Props) {
  const { t, say } = useTexts();
  const changed = useMetadataChanged();
  const types = useFieldTypes();
  const id = field.retype?.job ?? '';
  const job = useQuery({
    queryKey: ['retype', id],
    // The service makes the job when it has the new column: until then there is none.
    queryFn: ({ signal }) => askFor<RetypeJob>(jobPath(object, id), { signal }).catch(() => null),
    refetchInterval: ({ state }) => (state.data?.state === 'failed' ? false : LOOK_MILLISECONDS),
  });
  const resume = useMutation({
    mutationFn: () => steerJob(object, id, 'resume'),
    onError: notifyFailure,
    onSettled: () => job.refetch(),
  });
  const state = job.data?.state;
  const told = useRef('');
  useEffect(() => {
    if (state !== 'done' || told.current === id) return;
    told.current = id;
    void changed();
  });
  const label = say(types.find((type) => type.name === field.retype?.to.type)?.label) || (field.retype?.to.type ?? '');
  const { done = 0, total = null, errors = [] } = job.data ?? {};
  const part = total === null || total === 0 ? 0 : Math.min(100, Math.round((100 * done) / total));
  const ids = errors.findLast((error) => error.ids !== undefined)?.ids ?? [];
  return (
    <Stack gap={4} mt={4}>
      <Text size="xs">{t('retype.becoming', { type: label, done, part })}</Text>
      <Progress value={part} size="sm" aria-label={t('retype.becoming', { type: label, done, part })} />
      {state === 'failed' && (
        <Group gap="xs">
          <Text size="xs" className="in-the-way">
            {errors.findLast((error) => error.message !== undefined)?.message}
          </Text>
          {ids.length > 0 && <ShowRecords object={object.name} ids={ids} />}
          <Button size="compact-xs" variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
            {t('import.resume')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
