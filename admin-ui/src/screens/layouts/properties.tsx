import { ActionIcon, Group, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconChevronUp, IconTrash } from '@tabler/icons-react';
import type { Label, LayoutItem } from '#platform/kernel/model.ts';
import { fieldById, useObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { useItemLabel, type Editing } from './editing.ts';
import {
  changedItem,
  changedSection,
  changedTab,
  movedSection,
  movedTab,
  placedIn,
  sectionOf,
  withoutSection,
  withoutTab,
  type SectionDraft,
} from './layout-draft.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { RelatedProperties } from './related-properties.tsx';
import { useItemMoves } from './use-item-moves.ts';

/** What can be said about what one looks at: an item, a section, a tab. */
export function Properties({ editing, isOfColumns }: { readonly editing: Editing; readonly isOfColumns: boolean }) {
  const { t } = useTexts();
  const { selected, draft } = editing;
  const item = selected?.kind === 'item' && sectionOf(draft, selected.key) ? draft.items[selected.key] : undefined;
  const section = selected?.kind === 'section' ? draft.sections.find((one) => one.id === selected.id) : undefined;
  return (
    <section className="card section layout-properties" aria-label={t('layout.properties')}>
      {item && selected?.kind === 'item' ? (
        <ItemProperties key={selected.key} itemKey={selected.key} item={item} editing={editing} isOfColumns={isOfColumns} />
      ) : section ? (
        <SectionProperties key={section.id} section={section} editing={editing} />
      ) : selected?.kind === 'tab' && draft.tabs.some((tab) => tab.id === selected.id) ? (
        <TabProperties key={selected.id} id={selected.id} editing={editing} />
      ) : (
        <>
          <Title order={2}>{t('layout.properties')}</Title>
          <Text size="sm" c="dimmed">
            {t('layout.nothingChosen')}
          </Text>
        </>
      )}
    </section>
  );
}

type ItemProps = { readonly itemKey: string; readonly item: LayoutItem; readonly editing: Editing; readonly isOfColumns: boolean };

function ItemProperties({ itemKey, item, editing, isOfColumns }: ItemProps) {
  const { t, say } = useTexts();
  const { draft, object, onChange } = editing;
  const label = useItemLabel(object)(item);
  const moves = useItemMoves(editing);
  const section = sectionOf(draft, itemKey);
  const field = item.kind === 'field' || item.kind === 'children' ? fieldById(object, item.field) : undefined;
  const child = useObject(field?.child);
  const set = (next: LayoutItem, typing?: string): void => onChange(changedItem(draft, next), typing);
  const columns = section?.columns ?? 2;
  return (
    <Stack gap="sm">
      <Title order={2}>{label}</Title>
      {field && (
        <Text size="sm" c="dimmed">
          {field.name} · {say(object.label)}
        </Text>
      )}
      {item.kind === 'field' && !isOfColumns && columns > 1 && (
        <div>
          <Text size="sm" fw={500} mb={4} id="layout-span">
            {t('layout.span')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="layout-span"
            data={([1, 2, 3, 4] as const).slice(0, columns).map((count) => ({ value: String(count), label: String(count) }))}
            value={String(Math.min(item.span ?? 1, columns))}
            onChange={(value) => {
              const { span: _span, ...rest } = item;
              const span = ([2, 3, 4] as const).find((count) => String(count) === value);
              set(span === undefined ? rest : { ...rest, span });
            }}
          />
        </div>
      )}
      {item.kind === 'children' && child && (
        <ColumnChooser
          object={child}
          columns={item.columns}
          onChange={(ids) => set(ids ? { ...item, columns: ids } : { kind: 'children', field: item.field })}
        />
      )}
      {item.kind === 'related' && <RelatedProperties item={item} onChange={set} />}
      {!isOfColumns && draft.sections.length > 1 && (
        <Select
          label={t('layout.inSection')}
          allowDeselect={false}
          data={draft.sections.map((one, index) => ({
            value: one.id,
            label: say(one.label) || t('layout.untitled', { number: index + 1 }),
          }))}
          value={section?.id ?? null}
          onChange={(zone) => zone !== null && onChange(placedIn(draft, itemKey, { zone }))}
        />
      )}
      <Moves
        up={t('columns.up', { field: label })}
        down={t('columns.down', { field: label })}
        remove={t('layout.remove', { field: label })}
        onMove={(step) => moves.move(itemKey, step)}
        onRemove={() => moves.takeOff(itemKey)}
      />
    </Stack>
  );
}

function SectionProperties({ section, editing }: { readonly section: SectionDraft; readonly editing: Editing }) {
  const { t, say } = useTexts();
  const { draft, page, onChange } = editing;
  const title = say(section.label) || t('layout.untitled', { number: draft.sections.indexOf(section) + 1 });
  const set = (next: SectionDraft, typing?: string): void => onChange(changedSection(draft, next), typing);
  const place = section.side === true ? SIDE_PLACE : (section.tab ?? draft.tabs[0]?.id ?? MAIN_PLACE);
  const places = [
    ...(draft.tabs.length > 0
      ? draft.tabs.map((tab) => ({ value: tab.id, label: t('layout.onTab', { tab: say(tab.label) }) }))
      : [{ value: MAIN_PLACE, label: t('layout.onPage') }]),
    ...(page === 'detail' ? [{ value: SIDE_PLACE, label: t('layout.beside') }] : []),
  ];
  return (
    <Stack gap="sm">
      <Title order={2}>{t('layout.section')}</Title>
      <BothLabels
        label={section.label}
        heading={t('layout.sectionTitle')}
        onChange={(label, typing) => {
          const { label: _label, ...rest } = section;
          set(label ? { ...rest, label } : rest, `section ${section.id} ${typing}`);
        }}
      />
      {section.side !== true && (
        <Select
          label={t('layout.columns')}
          allowDeselect={false}
          data={([1, 2, 3, 4] as const).map((count) => String(count))}
          value={String(section.columns ?? 2)}
          onChange={(value) => set({ ...section, columns: ([1, 2, 3, 4] as const).find((count) => String(count) === value) ?? 2 })}
        />
      )}
      {places.length > 1 && (
        <Select
          label={t('layout.place.where')}
          allowDeselect={false}
          data={places}
          value={place}
          onChange={(value) => {
            const { side: _side, tab: _tab, ...rest } = section;
            if (value === SIDE_PLACE) set({ ...rest, side: true, columns: 1 });
            else if (value !== null) set(value === MAIN_PLACE ? rest : { ...rest, tab: value });
          }}
        />
      )}
      <Moves
        up={t('columns.up', { field: title })}
        down={t('columns.down', { field: title })}
        remove={t('layout.removeSection', { section: title })}
        onMove={(step) => onChange(movedSection(draft, section, step))}
        onRemove={draft.sections.length > 1 ? () => onChange(withoutSection(draft, section.id)) : undefined}
      />
    </Stack>
  );
}

const MAIN_PLACE = '$page';
const SIDE_PLACE = '$side';

function TabProperties({ id, editing }: { readonly id: string; readonly editing: Editing }) {
  const { t, say } = useTexts();
  const { draft, onChange, onTab } = editing;
  const tab = draft.tabs.find((one) => one.id === id);
  if (!tab) return null;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('layout.tab')}</Title>
      <BothLabels
        label={tab.label}
        heading={t('layout.tabTitle')}
        onChange={(label, typing) => label && onChange(changedTab(draft, { ...tab, label }), `tab ${id} ${typing}`)}
      />
      <Moves
        up={t('layout.tabLeft', { tab: say(tab.label) })}
        down={t('layout.tabRight', { tab: say(tab.label) })}
        remove={t('layout.removeTab', { tab: say(tab.label) })}
        isSideways
        onMove={(step) => onChange(movedTab(draft, id, step))}
        onRemove={() => {
          const next = withoutTab(draft, id);
          onChange(next);
          onTab(next.tabs[0]?.id);
        }}
      />
    </Stack>
  );
}

type LabelProps = {
  readonly label: Label | undefined;
  readonly heading: string;
  readonly onChange: (label: Label | undefined, language: string) => void;
};

/** A title in both languages: the German one may be left out. */
function BothLabels({ label, heading, onChange }: LabelProps) {
  const { t } = useTexts();
  const set = (language: 'en' | 'de', text: string): void => {
    const en = language === 'en' ? text : (label?.en ?? '');
    const de = language === 'de' ? text : (label?.de ?? '');
    const shown = en === '' ? de : en;
    onChange(shown === '' ? undefined : { en: shown, ...(de === '' ? {} : { de }) }, language);
  };
  return (
    <>
      <TextInput
        label={t('layout.inEnglish', { what: heading })}
        value={label?.en ?? ''}
        onChange={(event) => set('en', event.currentTarget.value)}
      />
      <TextInput
        label={t('layout.inGerman', { what: heading })}
        value={label?.de ?? ''}
        placeholder={label?.en ?? ''}
        onChange={(event) => set('de', event.currentTarget.value)}
      />
    </>
  );
}

type MovesProps = {
  readonly up: string;
  readonly down: string;
  readonly remove: string;
  readonly isSideways?: boolean;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: (() => void) | undefined;
};

function Moves({ up, down, remove, isSideways = false, onMove, onRemove }: MovesProps) {
  const [Back, On] = isSideways ? [IconChevronLeft, IconChevronRight] : [IconChevronUp, IconChevronDown];
  return (
    <Group gap={6}>
      <ActionIcon variant="default" size="lg" aria-label={up} title={up} onClick={() => onMove(-1)}>
        <Back size={17} />
      </ActionIcon>
      <ActionIcon variant="default" size="lg" aria-label={down} title={down} onClick={() => onMove(1)}>
        <On size={17} />
      </ActionIcon>
      <span className="grow" />
      <ActionIcon
        variant="light"
        color="red"
        size="lg"
        aria-label={remove}
        title={remove}
        disabled={!onRemove}
        onClick={() => onRemove?.()}
      >
        <IconTrash size={17} />
      </ActionIcon>
    </Group>
  );
}
