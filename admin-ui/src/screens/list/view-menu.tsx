import { ActionIcon, Menu } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDeviceFloppy, IconDots, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMe, useMetadataChanged, type BusinessObject, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import type { List } from './use-list.ts';
import { viewContent } from './view-content.ts';

type Props = { readonly object: BusinessObject; readonly list: List; readonly view: ViewDefinition };

/** What can be done with a view that is one's own, or that one administers: keep how the list is now, or take it away. */
export function ViewMenu({ object, list, view }: Props) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const changed = useMetadataChanged();
  const path = `/api/platform/objects/${object.name}/views/${view.id}`;
  const label = say(view.label);
  const act = useMutation({
    mutationFn: (what: 'keep' | 'remove') =>
      ask(path, what === 'keep' ? { method: 'PATCH', body: viewContent(list.shown) } : { method: 'DELETE' }),
    onError: notifyFailure,
    onSuccess: async (_answer, what) => {
      await changed();
      list.chooseView(what === 'keep' ? view.id : null);
      notifyDone(t(what === 'keep' ? 'view.kept' : 'view.removed', { view: label }));
    },
  });
  if (!administrator && view.visibility.kind !== 'user') return null;
  const remove = (): void => {
    modals.openConfirmModal({
      title: t('view.remove'),
      children: t(view.visibility.kind === 'user' ? 'view.removeMine' : 'view.removeShared', { view: label }),
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => act.mutate('remove'),
    });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('view.menu', { view: label })} loading={act.isPending}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDeviceFloppy size={15} aria-hidden />} disabled={!list.isChanged} onClick={() => act.mutate('keep')}>
          {t('view.keep')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} aria-hidden />} onClick={remove}>
          {t('view.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
