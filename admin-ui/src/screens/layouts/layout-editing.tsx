import { useDisclosure } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { unaskedFields } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutPage } from '#platform/kernel/model.ts';
import { useMetadataChanged, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { RecordSelect } from '#admin-ui/src/fields/record-select.tsx';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { LeaveGuard, type Place } from '#admin-ui/src/ui/leave-guard.tsx';
import type { Editing, Selected } from './editing.ts';
import { LayoutConflict } from './layout-conflict.tsx';
import { draftOf, isEmptyDraft, layoutOf, placeable, withFields } from './layout-draft.ts';
import { LayoutEditor } from './layout-editor.tsx';
import { LayoutHistory } from './layout-history.tsx';
import { LayoutPreview } from './layout-preview.tsx';
import { LayoutToolbar } from './layout-toolbar.tsx';
import { useSampleRecord } from './sample-record.ts';
import { SaveQuestion } from './save-question.tsx';
import { isOther, isStale, useSaveLayout } from './use-save-layout.ts';
import { useSteps } from './use-steps.ts';

type Props = {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  readonly page: LayoutPage;
  /** The record that the layout is looked at with; absent: the newest. */
  readonly recordId: string | undefined;
  readonly onRecord: (id: string) => void;
  /** Begins anew with what is in force by now. */
  readonly onNewest: () => void;
  readonly onGone: () => void;
};

/** One layout being edited, on a real record. What others save meanwhile is taken up at once, unless there is something to lose. */
export function LayoutEditing({ object, layout, page, recordId, onRecord, onNewest, onGone }: Props) {
  const { t } = useTexts();
  const all = useObjects();
  const changed = useMetadataChanged();
  const [base] = useState(layout);
  const possible = useMemo(() => placeable(object, all, page), [object, all, page]);
  const steps = useSteps(useMemo(() => draftOf(base, possible), [base, possible]));
  const [selected, onSelect] = useState<Selected | null>(null);
  const [chosenTab, onTab] = useState<string | undefined>(undefined);
  const [role, setRole] = useState<string | null>(null);
  const [said, onSay] = useState('');
  const [isHistory, history] = useDisclosure(false);
  const [isAsking, question] = useDisclosure(false);
  const record = useSampleRecord(object, recordId);
  const save = useSaveLayout({ object, base, onNewest });
  const { draft } = steps;
  const isChangedByOthers = !save.isPending && isOther(base, [layout]);
  useEffect(() => {
    if (isChangedByOthers && !steps.canUndo) onNewest();
  }, [isChangedByOthers, steps.canUndo, onNewest]);
  const tab = draft.tabs.find((one) => one.id === chosenTab)?.id ?? draft.tabs[0]?.id;
  const seen = { object, page, draft, tab, selected, record };
  const editing: Editing = { ...seen, onTab, onSelect, onPreview: steps.preview, onChange: steps.set, onSay };
  const now = { ...layoutOf(draft, base), id: base.id };
  const unasked = unaskedFields(object.fields, now);
  const isConflict = steps.canUndo && (isChangedByOthers || isStale(save.error));
  const trySave = (): void => (unasked.length > 0 || isEmptyDraft(draft) ? question.open() : save.mutate({ draft }));
  const saveWith = (next: typeof draft): void => {
    question.close();
    save.mutate({ draft: next });
  };
  return (
    <>
      <LayoutToolbar
        {...{ object, layout, steps, role, onNewest, onGone }}
        isSaving={save.isPending}
        onRole={setRole}
        onHistory={history.open}
        onSave={trySave}
      >
        {page !== 'list' && page !== 'kanban' && <RecordChoice object={object} record={record} onChoose={onRecord} />}
      </LayoutToolbar>
      {isConflict && (
        <LayoutConflict
          isSaving={save.isPending}
          onTheirs={() => void changed().then(onNewest)}
          onMine={() => save.mutate({ draft, isOver: true })}
        />
      )}
      {save.isError && !isStale(save.error) && <Failure error={save.error} />}
      <LeaveGuard isDirty={steps.canUndo} text={t('layout.leave')} isKept={isSameLayout} />
      {role === null ? (
        <LayoutEditor editing={editing} said={said} />
      ) : (
        <LayoutPreview key={role} object={object} page={page} layout={now} role={role} record={record} />
      )}
      {isAsking && (
        <SaveQuestion
          fields={isEmptyDraft(draft) && page !== 'create' ? [] : unasked}
          onClose={question.close}
          onSave={() => saveWith(draft)}
          onAdd={() => {
            const added = withFields(draft, unasked);
            steps.set(added);
            saveWith(added);
          }}
        />
      )}
      {isHistory && (
        <LayoutHistory
          object={object}
          layout={base}
          now={now}
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
