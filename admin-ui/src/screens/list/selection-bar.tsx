import { Button, Group, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { removeRecord, restoreRecord } from '#admin-ui/src/api/records.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { mayUse } from '#admin-ui/src/layout/use-commands.tsx';
import { notifyDone, notifyFailure, notifyUndo } from '#admin-ui/src/ui/notify.tsx';
import { ManyDialog } from './many-dialog.tsx';
import type { List } from './use-list.ts';

type Result = { readonly status: number; readonly problem?: { readonly [name: string]: unknown } };

/** What can be done with the records ticked: change a field, run a command, to the recycle bin with undo; in the bin: back, or for good. */
export function SelectionBar({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t } = useTexts();
  const ids = list.selected;
  const restore = useMutation({
    mutationFn: (restored: readonly string[]) => asManyAsCan(restored, (id) => restoreRecord(object, id)),
    onSuccess: (count) => {
      if (count > 0) notifyDone(t('list.restored', { count }));
    },
    onError: notifyFailure,
    onSettled: list.refresh,
  });
  const remove = useMutation({
    mutationFn: async (removed: readonly string[]) => {
      const operations = removed.map((id) => ({ op: 'delete', id }));
      const { results } = await askFor<{ results: readonly Result[] }>(`${recordsPath(object)}/bulk`, {
        method: 'POST',
        body: { atomic: false, operations },
      });
      const refused = results.find((result) => result.problem !== undefined);
      if (refused?.problem) notifyFailure(new Problem(refused.status, refused.problem));
      return removed.filter((_id, index) => results[index]?.problem === undefined);
    },
    onSuccess: (removed) => {
      if (removed.length > 0)
        notifyUndo(t('list.removed', { count: removed.length }), { label: t('action.undo'), onUndo: () => restore.mutate(removed) });
    },
    onError: notifyFailure,
    onSettled: list.refresh,
  });
  const purge = useMutation({
    mutationFn: (purged: readonly string[]) => asManyAsCan(purged, (id) => removeRecord(object, id, true)),
    onError: notifyFailure,
    onSettled: list.refresh,
  });
  if (ids.length === 0) return null;
  return (
    <Group gap="xs" role="status">
      <Text size="sm">{t('list.selected', { count: ids.length })}</Text>
      {list.state.deleted ? (
        <>
          <Button
            variant="light"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            loading={restore.isPending}
            onClick={() => restore.mutate(ids)}
          >
            {t('action.restore')}
          </Button>
          {object.permissions.purge && (
            <Button
              color="red"
              variant="light"
              loading={purge.isPending}
              onClick={() =>
                modals.openConfirmModal({
                  title: t('list.purge'),
                  children: <Text size="sm">{t('list.purgeText', { count: ids.length })}</Text>,
                  labels: { confirm: t('list.purge'), cancel: t('action.cancel') },
                  closeButtonProps: { 'aria-label': t('action.close') },
                  confirmProps: { color: 'red' },
                  onConfirm: () => purge.mutate(ids),
                })
              }
            >
              {t('list.purge')}
            </Button>
          )}
        </>
      ) : (
        <>
          <Together object={object} list={list} />
          {object.permissions.delete && (
            <Button
              color="red"
              variant="light"
              leftSection={<IconTrash size={16} aria-hidden />}
              loading={remove.isPending}
              onClick={() => remove.mutate(ids)}
            >
              {t('action.delete')}
            </Button>
          )}
        </>
      )}
    </Group>
  );
}

/** Does it to each; the first refusal is said, and does not keep the others from it. Answers how many it was done to. */
async function asManyAsCan(ids: readonly string[], run: (id: string) => Promise<void>): Promise<number> {
  const refusals: unknown[] = [];
  for (const id of ids) await run(id).catch((refusal: unknown) => refusals.push(refusal));
  if (refusals.length > 0) notifyFailure(refusals[0]);
  return ids.length - refusals.length;
}

type Asked = { readonly ids: readonly string[]; readonly command?: CommandDefinition };

/** A field changed or a command run for all that are ticked. */
function Together({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t, say } = useTexts();
  const [asked, setAsked] = useState<Asked | null>(null);
  const commands = object.commands.filter((command) => command.collection !== true && mayUse(object, command));
  const close = (): void => {
    setAsked(null);
    list.refresh();
  };
  return (
    <>
      {object.permissions.edit && (
        <Button variant="light" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsked({ ids: list.selected })}>
          {t('many.edit')}
        </Button>
      )}
      {commands.length > 0 && (
        <Menu>
          <Menu.Target>
            <Button variant="light" leftSection={<IconPlayerPlay size={16} aria-hidden />}>
              {t('many.run')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {commands.map((command) => (
              <Menu.Item key={command.name} onClick={() => setAsked({ ids: list.selected, command })}>
                {say(command.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && <ManyDialog object={object} ids={asked.ids} command={asked.command} onClose={close} />}
    </>
  );
}
