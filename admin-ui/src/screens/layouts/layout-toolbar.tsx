import { Button, Group, Menu, Select } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconArrowForwardUp, IconDots, IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LayoutDefinition } from '#platform/kernel/model.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useRoles, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import type { Steps } from './use-steps.ts';

type Props = {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  readonly steps: Steps;
  readonly role: string | null;
  readonly isSaving: boolean;
  readonly onRole: (role: string | null) => void;
  readonly onHistory: () => void;
  readonly onSave: () => void;
  readonly onNewest: () => void;
  readonly onGone: () => void;
  readonly children: ReactNode;
};

const EDITING = '$editing';

/** What is done with a layout as a whole. */
export function LayoutToolbar({ steps, role, isSaving, onRole, onHistory, onSave, children, ...reset }: Props) {
  const { t } = useTexts();
  const roles = useRoles();
  return (
    <Group mb="sm" gap="xs">
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        disabled={!steps.canUndo}
        title="Ctrl Z"
        onClick={steps.undo}
      >
        {t('action.undo')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowForwardUp size={16} aria-hidden />}
        disabled={!steps.canRedo}
        title="Ctrl Shift Z"
        onClick={steps.redo}
      >
        {t('action.redo')}
      </Button>
      {children}
      <Select
        w={210}
        aria-label={t('layout.previewAs')}
        allowDeselect={false}
        data={[
          { value: EDITING, label: t('layout.edit') },
          { group: t('layout.previewAs'), items: roles.map((one) => ({ value: one.name, label: one.label })) },
        ]}
        value={role ?? EDITING}
        onChange={(value) => onRole(value === EDITING ? null : value)}
      />
      <span className="grow" />
      <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={onHistory}>
        {t('layout.history')}
      </Button>
      <ResetMenu {...reset} isDirty={steps.canUndo} />
      <Button loading={isSaving} disabled={!steps.canUndo} onClick={onSave}>
        {t('action.save')}
      </Button>
    </Group>
  );
}

type ResetProps = Pick<Props, 'object' | 'layout' | 'onNewest' | 'onGone'> & { readonly isDirty: boolean };

/** Back to what the layout came as, to what its fields say, or away with it; asked before. */
function ResetMenu({ object, layout, isDirty, onNewest, onGone }: ResetProps) {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const reset = useMutation({
    mutationFn: (query: string) => ask(`/api/platform/objects/${object.name}/layouts/${layout.name}${query}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await changed();
      onNewest();
      notifyDone(t(layout.page === undefined ? 'layout.wasReset' : 'layout.gone'));
      if (layout.page !== undefined) onGone();
    },
    onError: notifyFailure,
  });
  const confirmed = (title: string, query: string): void => {
    modals.openConfirmModal({
      title,
      children: t(isDirty ? 'layout.resetUnsaved' : 'layout.resetText'),
      labels: { confirm: title, cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => reset.mutate(query),
    });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" px="xs" aria-label={t('layout.more')} loading={reset.isPending}>
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {layout.page === undefined ? (
          <>
            <Menu.Item onClick={() => confirmed(t('layout.reset'), '')}>{t('layout.reset')}</Menu.Item>
            {layout.name !== 'kanban' && (
              <Menu.Item disabled={layout.generated === true} onClick={() => confirmed(t('layout.generate'), '?generated=true')}>
                {t('layout.generate')}
              </Menu.Item>
            )}
          </>
        ) : (
          <Menu.Item color="red" onClick={() => confirmed(t('layout.delete'), '')}>
            {t('layout.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
