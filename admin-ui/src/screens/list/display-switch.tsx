import { SegmentedControl, Select, VisuallyHidden } from '@mantine/core';
import { IconCalendarMonth, IconLayoutKanban, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { GroupChoice } from './group-choice.tsx';
import { displayFields } from './list-display.ts';
import type { List } from './use-list.ts';

/** Table, board or calendar, as far as the object has fields for them, and by which of several fields. */
export function DisplaySwitch({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t, say } = useTexts();
  const { display } = list.shown;
  const possible = (['board', 'calendar'] as const).filter((kind) => displayFields(object, kind).length > 0);
  if (list.state.deleted) return null;
  const choose = (kind: string, by?: string): void => {
    const wanted = possible.find((one) => one === kind);
    const field = wanted && (by ?? displayFields(object, wanted)[0]?.name);
    list.change({ display: wanted && field !== undefined ? { kind: wanted, by: field } : 'table' });
  };
  const fields = display ? displayFields(object, display.kind) : [];
  return (
    <>
      {display === undefined && <GroupChoice object={object} list={list} />}
      {possible.length > 0 && (
        <SegmentedControl
          aria-label={t('display.title')}
          value={display?.kind ?? 'table'}
          onChange={(kind) => choose(kind)}
          data={[
            { value: 'table', label: <Face icon={<IconTable size={16} aria-hidden />} text={t('display.table')} /> },
            ...possible.map((kind) => ({
              value: kind,
              label:
                kind === 'board' ? (
                  <Face icon={<IconLayoutKanban size={16} aria-hidden />} text={t('display.board')} />
                ) : (
                  <Face icon={<IconCalendarMonth size={16} aria-hidden />} text={t('display.calendar')} />
                ),
            })),
          ]}
        />
      )}
      {display && fields.length > 1 && (
        <Select
          w={170}
          aria-label={t('display.by')}
          allowDeselect={false}
          data={fields.map((field) => ({ value: field.name, label: say(field.label) }))}
          value={display.by.name}
          onChange={(name) => choose(display.kind, name ?? undefined)}
        />
      )}
    </>
  );
}

function Face({ icon, text }: { readonly icon: ReactNode; readonly text: string }) {
  return (
    <span title={text} className="display-face">
      {icon}
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
}
