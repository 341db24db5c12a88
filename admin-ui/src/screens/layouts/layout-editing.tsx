import { Button, Group, Menu, Select } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp, IconDots, IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LayoutDefinition, LayoutPage } from '#platform/kernel/model.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useObjects, useRoles, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { RecordSelect } from '#admin-ui/src/fields/record-select.tsx';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { LeaveGuard, type Place } from '#admin-ui/src/ui/leave-guard.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import type { Editing, Selected } from './editing.ts';
import { draftOf, layoutOf, placeable } from './layout-draft.ts';
import { LayoutEditor } from './layout-editor.tsx';
import { LayoutHistory } from './layout-history.tsx';
import { LayoutPreview } from './layout-preview.tsx';
import { useSampleRecord } from './sample-record.ts';
import { useSteps, type Steps } from './use-steps.ts';

type Props = {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  readonly page: LayoutPage;
  /** The record that the layout is looked at with; absent: the newest. */
  readonly recordId: string | undefined;
  readonly onRecord: (id: string) => void;
  readonly onGone: () => void;
};

/** One layout being edited, on a real record. */
export function LayoutEditing({ object, layout, page, recordId, onRecord, onGone }: Props) {
  const { t } = useTexts();
  const all = useObjects();
  const possible = useMemo(() => placeable(object, all, page), [object, all, page]);
  const steps = useSteps(useMemo(() => draftOf(layout, possible), [layout, possible]));
  const [selected, onSelect] = useState<Selected | null>(null);
  const [chosenTab, onTab] = useState<string | undefined>(undefined);
  const [role, setRole] = useState<string | null>(null);
  const [isHistory, history] = useDisclosure(false);
  const record = useSampleRecord(object, recordId);
  const { draft } = steps;
  const tab = draft.tabs.find((one) => one.id === chosenTab)?.id ?? draft.tabs[0]?.id;
  const editing: Editing = { object, page, draft, tab, selected, record, onTab, onSelect, onPreview: steps.preview, onChange: steps.set };
  const now = layoutOf(draft, layout);
  return (
    <>
      <Toolbar {...{ object, layout, steps, now, role, onGone }} onRole={setRole} onHistory={history.open}>
        {page !== 'list' && page !== 'kanban' && <RecordChoice object={object} record={record} onChoose={onRecord} />}
      </Toolbar>
      <LeaveGuard isDirty={steps.canUndo} text={t('layout.leave')} isKept={isSameLayout} />
      {role === null ? (
        <LayoutEditor editing={editing} />
      ) : (
        <LayoutPreview key={role} object={object} page={page} layout={{ ...now, id: layout.id }} role={role} record={record} />
      )}
      {isHistory && (
        <LayoutHistory
          object={object}
          layout={layout}
          now={{ ...now, id: layout.id }}
          isChanged={steps.canUndo}
          onClose={history.close}
          onRestore={(former) => {
            steps.set(draftOf(former, possible));
            history.close();
          }}
        />
      )}
    </>
  );
}

/** Another record to look at the layout with leaves the layout as it is. */
function isSameLayout(here: Place, next: Place): boolean {
  const layoutAt = ({ pathname, search }: Place) => [
    pathname,
    'tab' in search && search.tab,
    'layout' in search ? search.layout : 'detail',
  ];
  return JSON.stringify(layoutAt(here)) === JSON.stringify(layoutAt(next));
}

type ChoiceProps = {
  readonly object: BusinessObject;
  readonly record: ReturnType<typeof useSampleRecord>;
  readonly onChoose: (id: string) => void;
};

function RecordChoice({ object, record, onChoose }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <RecordSelect
      target={object}
      shown={record ? recordTitle(object, record) || t('list.untitled') : ''}
      isChosen={false}
      isDisabled={false}
      frame={{ 'aria-label': t('layout.shownWith'), w: 200 }}
      onChoose={(chosen) => chosen && onChoose(textOf(chosen['id']))}
    />
  );
}

type ToolbarProps = {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  readonly steps: Steps;
  /** The draft as the API takes it. */
  readonly now: Omit<LayoutDefinition, 'id'>;
  readonly role: string | null;
  readonly onRole: (role: string | null) => void;
  readonly onHistory: () => void;
  readonly onGone: () => void;
  readonly children: React.ReactNode;
};

const EDITING = '$editing';

function Toolbar({ object, layout, steps, now, role, onRole, onHistory, onGone, children }: ToolbarProps) {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const roles = useRoles();
  const path = `/api/platform/objects/${object.name}/layouts/${layout.name}`;
  const save = useMutation({
    mutationFn: () => {
      const { name: _name, ...body } = now;
      return ask(path, { method: 'PUT', body, headers: { 'If-Match': `"${object.version}"` } });
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t('layout.saved'));
    },
  });
  const reset = useMutation({
    mutationFn: (query: string) => ask(path + query, { method: 'DELETE' }),
    onSuccess: async () => {
      await changed();
      notifyDone(t(layout.page === undefined ? 'layout.wasReset' : 'layout.gone'));
      if (layout.page !== undefined) onGone();
    },
    onError: notifyFailure,
  });
  const confirmed = (title: string, query: string): void => {
    modals.openConfirmModal({
      title,
      children: t(steps.canUndo ? 'layout.resetUnsaved' : 'layout.resetText'),
      labels: { confirm: title, cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => reset.mutate(query),
    });
  };
  return (
    <>
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
        <Button loading={save.isPending} disabled={!steps.canUndo} onClick={() => save.mutate()}>
          {t('action.save')}
        </Button>
      </Group>
      {save.isError && <Failure error={save.error} />}
    </>
  );
}
