import { Alert, Anchor, Button, Group, List, Loader, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askFor } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useObjects } from '#admin-ui/src/api/metadata.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { PlaceList } from './place-list.tsx';
import { ShowRecords } from './show-records.tsx';
import { TimeTaken } from './time-taken.tsx';
import { recordOf } from './use-misfits.ts';
import type { Place } from './use-usage.ts';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';

/** A change of the metadata that somebody is about to make. */
export type Proposed = {
  readonly title: string;
  readonly change: { readonly [part: string]: unknown };
  /** What must be there before it, made in the same version. */
  readonly first?: readonly { readonly [part: string]: unknown }[];
  readonly isDanger?: boolean;
  /** How it is applied where that is done by a call of its own, such as one that is refused when somebody else was faster. */
  readonly apply?: () => Promise<unknown>;
};

type Previewed = {
  readonly rows: {
    readonly affected: number;
    readonly isAtLeast?: boolean;
    readonly doNotFit: number;
    readonly samples: readonly {
      readonly id: string;
      readonly title?: string | null;
      readonly value?: unknown;
      readonly object?: string;
      readonly record?: { readonly object: string; readonly id: string };
    }[];
  };
  readonly dependants: readonly Place[];
  readonly seconds: number;
  readonly warnings?: readonly string[];
  readonly errors: readonly { readonly message: string }[];
};

/** Shows first what a change would do: rows that do not fit, what stands on it; then does it. */
export function ChangeDialog({
  proposed,
  onClose,
  onDone,
}: {
  readonly proposed: Proposed;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}) {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const objects = useObjects();
  // A change names its object by id; pages go by name.
  const named = textOf(proposed.change['object']);
  const object = objects.find((one) => one.id === named)?.name ?? named;
  const body = { changes: [...(proposed.first ?? []), proposed.change] };
  const preview = useQuery({
    queryKey: ['preview', JSON.stringify(body)],
    queryFn: ({ signal }) => askFor<Previewed>('/api/platform/changes/preview', { method: 'POST', body, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const apply = useMutation({
    mutationFn: proposed.apply ?? (() => askFor('/api/platform/changes', { method: 'POST', body })),
    onSuccess: async () => {
      await changed();
      notifyDone(t('change.done'));
      onDone?.();
      onClose();
    },
  });
  const isRefused = (preview.data?.errors.length ?? 0) > 0;
  return (
    <Modal opened onClose={onClose} title={proposed.title} size="lg" closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        {preview.isPending && <Loader size="sm" aria-label={t('loading')} />}
        {preview.isError && <Failure error={preview.error} />}
        {preview.data && <Consequences preview={preview.data} object={object} change={proposed.change} />}
        {apply.isError && <Failure error={apply.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            {...(proposed.isDanger === true ? { color: 'red' } : {})}
            disabled={!preview.isSuccess || isRefused}
            loading={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {t('action.apply')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type ConsequencesProps = { readonly preview: Previewed; readonly object: string; readonly change: Proposed['change'] };

function Consequences({ preview, object, change }: ConsequencesProps) {
  const { t } = useTexts();
  const { rows, dependants, errors, warnings } = preview;
  const shown = rows.samples.map((sample) => recordOf({ object, ...sample }));
  return (
    <>
      {errors.map((error) => (
        <Alert key={error.message} color="red" title={t('change.refused')}>
          {error.message}
        </Alert>
      ))}
      {(warnings ?? []).map((warning) => (
        <Alert key={warning} color="yellow">
          {warning}
        </Alert>
      ))}
      {errors.length === 0 && (
        <Text size="sm">{t(rows.isAtLeast === true ? 'change.rowsAtLeast' : 'change.rows', { count: rows.affected })}</Text>
      )}
      {errors.length === 0 && rows.doNotFit === 0 && <TimeTaken seconds={preview.seconds} />}
      {rows.doNotFit > 0 && (
        <div>
          <Text size="sm" fw={600} className="in-the-way">
            {t('change.doNotFit', { count: rows.doNotFit })}
          </Text>
          <List size="sm">
            {rows.samples.map((sample) => (
              <List.Item key={sample.id}>
                <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={recordOf({ object, ...sample })} />}>
                  {sample.title ?? sample.id}
                </Anchor>
                {sample.value === undefined ? '' : `: ${textOf(sample.value)}`}
              </List.Item>
            ))}
          </List>
          <Group gap="lg" mt={4}>
            {rows.doNotFit === rows.samples.length && new Set(shown.map((one) => one.object)).size === 1 && (
              <ShowRecords object={shown[0]?.object ?? object} ids={shown.map(({ id }) => id)} />
            )}
            {isAddressable(change) && (
              <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/settings/misfits" search={{ change }} />}>
                {t('change.allMisfits', { count: rows.doNotFit })}
              </Anchor>
            )}
          </Group>
        </div>
      )}
      {dependants.length > 0 ? (
        <div>
          <Text size="sm" fw={600}>
            {t('change.dependants')}
          </Text>
          <PlaceList places={dependants} />
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {t('change.noDependants')}
        </Text>
      )}
    </>
  );
}

const ADDRESS_MAX = 6_000;

/** Whether a change fits into the address of a page, which servers take only so long. */
function isAddressable(change: Proposed['change']): boolean {
  return encodeURIComponent(JSON.stringify(change)).length <= ADDRESS_MAX;
}
