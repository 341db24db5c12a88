import { Alert, Badge, Button, Group, Modal, NavLink, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Label, LayoutDefinition } from '#platform/kernel/model.ts';
import { askFor } from '#admin-ui/src/api/client.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { useItemLabel } from './editing.ts';
import { layoutDifference, type ChangedLine } from './layout-difference.ts';

type Version = {
  /** Null: as it was before all that is known of it. */
  readonly version: number | null;
  readonly at?: string;
  readonly byName?: string;
  readonly summaries?: Label;
  readonly layout: LayoutDefinition;
};

type Props = {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  /** As it is being edited. */
  readonly now: LayoutDefinition;
  readonly isChanged: boolean;
  readonly onClose: () => void;
  readonly onRestore: (layout: LayoutDefinition) => void;
};

/** What a layout was: who changed what of it when, drawn over the page, and the way back to any of it. */
export function LayoutHistory({ object, layout, now, isChanged, onClose, onRestore }: Props) {
  const { t, say } = useTexts();
  const query = useQuery({
    queryKey: ['changes', 'layout', object.name, layout.name],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly Version[] }>(`/api/platform/objects/${object.name}/layouts/${layout.name}/versions`, { signal }),
    retry: false,
  });
  const saved = query.data?.items ?? [];
  const versions: readonly (Version & { readonly isDraft?: boolean })[] = isChanged
    ? [{ version: null, layout: now, isDraft: true }, ...saved]
    : saved;
  const [index, setIndex] = useState(0);
  const shown = versions[index];
  const before = versions[index + 1];
  return (
    <Modal
      opened
      onClose={onClose}

      size="xl"
      title={t('layout.history')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {query.isPending && <Skeleton height={200} />}
      {query.isError && <Failure error={query.error} />}
      <div className="layout-history">
        <nav aria-label={t('layout.versions')}>
          {versions.map((version, position) => (
            <NavLink
              key={version.isDraft === true ? 'draft' : String(version.version)}
              component="button"
              active={position === index}
              aria-current={position === index || undefined}
              label={version.isDraft === true ? t('layout.unsaved') : say(version.summaries) || t('layout.asDelivered')}
              description={<When version={version} />}
              onClick={() => setIndex(position)}
            />
          ))}
        </nav>
        {shown && (
          <Stack gap="xs">
            <Group justify="space-between">
              <Legend />
              {index > 0 && (
                <Button size="compact-md" onClick={() => onRestore(shown.layout)}>
                  {t('layout.restore')}
                </Button>
              )}
            </Group>
            {before ? (
              <Difference object={object} before={before.layout} after={shown.layout} />
            ) : (
              <>
                <Text size="sm" c="dimmed">
                  {t('layout.first')}
                </Text>
                <Difference object={object} before={shown.layout} after={shown.layout} />
              </>
            )}
          </Stack>
        )}
      </div>
    </Modal>
  );
}

function When({ version }: { readonly version: Version }) {
  const { language } = useTexts();
  if (version.at === undefined) return null;
  return (
    <>
      {version.byName} · {formatDateTime(version.at, language)}
    </>
  );
}

const STATES = { added: 'layout.added', removed: 'layout.removed', moved: 'layout.moved', changed: 'layout.changed' } as const satisfies {
  readonly [state: string]: TextKey;
};

function Legend() {
  const { t } = useTexts();
  return (
    <Group gap={6}>
      {(['added', 'removed', 'moved', 'changed'] as const).map((state) => (
        <span key={state} className="layout-state" data-state={state}>
          {t(STATES[state])}
        </span>
      ))}
    </Group>
  );
}

function Difference({
  object,
  before,
  after,
}: {
  readonly object: BusinessObject;
  readonly before: LayoutDefinition;
  readonly after: LayoutDefinition;
}) {
  const { t } = useTexts();
  const lines = layoutDifference(before, after);
  const isSame = before !== after && lines.every((line) => line.state === 'same');
  return (
    <ScrollArea.Autosize mah="62vh" viewportProps={{ tabIndex: 0 }}>
      {isSame && <Alert color="gray">{t('layout.noDifference')}</Alert>}
      <ul className="layout-lines" aria-label={t('layout.difference')}>
        {lines.map((line, index) => (
          <Line key={`${line.key} ${index}`} line={line} object={object} />
        ))}
      </ul>
    </ScrollArea.Autosize>
  );
}

function Line({ line, object }: { readonly line: ChangedLine; readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const itemLabel = useItemLabel(object);
  const text =
    line.item !== undefined
      ? itemLabel(line.item) || t('layout.goneField')
      : line.what === 'tab'
        ? t('layout.tabNamed', { tab: say(line.label) })
        : say(line.label) || t(line.under === 'side' ? 'layout.beside' : 'layout.section');
  return (
    <li data-state={line.state} data-what={line.what}>
      <span className="grow">{text}</span>
      {line.what === 'section' && line.under === 'side' && say(line.label) !== '' && (
        <Badge variant="light" color="gray">
          {t('layout.beside')}
        </Badge>
      )}
      {line.state !== 'same' && (
        <span className="layout-state" data-state={line.state}>
          {t(STATES[line.state])}
        </span>
      )}
    </li>
  );
}
