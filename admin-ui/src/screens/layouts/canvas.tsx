import { useDroppable } from '@dnd-kit/react';
import { useSortable } from '@dnd-kit/react/sortable';
import { ActionIcon, Button, Group, Tabs, Text } from '@mantine/core';
import { IconGripVertical, IconLayoutSidebarRight, IconPlus, IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { labelOf, useTexts } from '#admin-ui/src/i18n/index.ts';
import { useSectionName, type Editing } from './editing.ts';
import { sectionsOn, sideSections, withSection, withTab, type SectionDraft } from './layout-draft.ts';
import { Item, Zone } from './layout-item.tsx';

export const MAIN = '$main';
export const SIDE = '$side';

function newId(kind: string): string {
  return `${kind}${crypto.randomUUID().slice(0, 8)}`;
}

/** The page as it will be: its tabs, the sections of the one that is open, and what stands beside. */
export function Canvas({ editing, isOfColumns }: { readonly editing: Editing; readonly isOfColumns: boolean }) {
  const { t } = useTexts();
  const { draft, page, tab, onChange, onSelect } = editing;
  if (isOfColumns) return draft.sections.map((section) => <Columns key={section.id} section={section} editing={editing} />);
  const main = sectionsOn(draft, tab);
  const add = (isSide: boolean): void => {
    const id = newId('s');
    const place = isSide ? ({ side: true, columns: 1 } as const) : { columns: 2 as const, ...(tab === undefined ? {} : { tab }) };
    onChange(withSection(draft, { id, label: labelOf('layout.newSection'), ...place }));
    onSelect({ kind: 'section', id });
  };
  const canvas = (
    <div className="layout-canvas" data-side={page === 'detail' || undefined}>
      <Sections group={MAIN} sections={main} editing={editing}>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => add(false)}>
          {t('layout.addSection')}
        </Button>
      </Sections>
      {page === 'detail' && (
        <Sections group={SIDE} sections={sideSections(draft)} editing={editing}>
          <Button variant="default" leftSection={<IconLayoutSidebarRight size={16} aria-hidden />} onClick={() => add(true)}>
            {t('layout.addSide')}
          </Button>
        </Sections>
      )}
    </div>
  );
  return <Tabbed editing={editing}>{canvas}</Tabbed>;
}

/** The page under its tabs, if it has some. */
function Tabbed({ editing, children }: { readonly editing: Editing; readonly children: ReactNode }) {
  const { t, say } = useTexts();
  const { draft, tab, selected, onTab, onChange, onSelect } = editing;
  const add = (): void => {
    const made = { id: newId('t'), label: labelOf('layout.newTab') };
    onChange(withTab(draft, made, { id: newId('t'), label: labelOf('layout.firstTab') }));
    onTab(made.id);
    onSelect({ kind: 'tab', id: made.id });
  };
  const plus = (
    <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
      {t('layout.addTab')}
    </Button>
  );
  if (draft.tabs.length === 0)
    return (
      <div>
        <Group mb="xs">{plus}</Group>
        {children}
      </div>
    );
  return (
    <Tabs className="layout-tabs" value={tab ?? null} onChange={(id) => onTab(id ?? undefined)} keepMounted={false}>
      <Group mb="sm" gap="xs" wrap="nowrap">
        <Tabs.List className="grow" aria-label={t('layout.tabs')}>
          {draft.tabs.map((one) => (
            <Tabs.Tab key={one.id} value={one.id}>
              {say(one.label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tab !== undefined && (
          <ActionIcon
            variant={selected?.kind === 'tab' ? 'light' : 'subtle'}
            color="gray"
            aria-label={t('layout.tabSettings', { tab: say(draft.tabs.find((one) => one.id === tab)?.label) })}
            onClick={() => onSelect({ kind: 'tab', id: tab })}
          >
            <IconSettings size={16} />
          </ActionIcon>
        )}
        {plus}
      </Group>
      {draft.tabs.map((one) => (
        <Tabs.Panel key={one.id} value={one.id}>
          {one.id === tab ? children : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

type GroupProps = {
  readonly group: typeof MAIN | typeof SIDE;
  readonly sections: readonly SectionDraft[];
  readonly editing: Editing;
  readonly children: ReactNode;
};

function Sections({ group, sections, editing, children }: GroupProps) {
  const { ref } = useDroppable({ id: group, type: 'sections', accept: 'section', collisionPriority: 0 });
  return (
    <div ref={ref} className="layout-sections">
      {sections.map((section, index) => (
        <Section key={section.id} section={section} index={index} group={group} editing={editing} />
      ))}
      {children}
    </div>
  );
}

type SectionProps = {
  readonly section: SectionDraft;
  readonly index: number;
  readonly group: string;
  readonly editing: Editing;
};

function Section({ section, index, group, editing }: SectionProps) {
  const { t } = useTexts();
  const { selected, onSelect } = editing;
  const { ref, handleRef, isDragging } = useSortable({
    id: section.id,
    index,
    group,
    type: 'section',
    accept: 'section',
    collisionPriority: 0,
  });
  const title = useSectionName(editing)(section);
  const isChosen = selected?.kind === 'section' && selected.id === section.id;
  return (
    <section
      ref={ref}
      className="card layout-section"
      aria-label={title}
      data-selected={isChosen || undefined}
      data-dragging={isDragging || undefined}
    >
      <Group gap={4} mb={6} wrap="nowrap">
        <ActionIcon ref={handleRef} variant="subtle" color="gray" size={24} aria-label={t('layout.dragSection', { section: title })}>
          <IconGripVertical size={16} />
        </ActionIcon>
        <button
          type="button"
          className="layout-name layout-title"
          data-section={section.id}
          data-untitled={section.label === undefined || undefined}
          aria-pressed={isChosen}
          onClick={() => onSelect(isChosen ? null : { kind: 'section', id: section.id })}
        >
          {title}
        </button>
      </Group>
      <Items section={section} editing={editing} />
    </section>
  );
}

/** The columns of a list: a section without a head, which stays where it is. */
function Columns({ section, editing }: Pick<SectionProps, 'section' | 'editing'>) {
  return (
    <section className="card layout-section" aria-label={useSectionName(editing)(section)}>
      <Items section={section} editing={editing} />
    </section>
  );
}

function Items({ section, editing }: Pick<SectionProps, 'section' | 'editing'>) {
  const { t } = useTexts();
  const keys = editing.draft.zones[section.id] ?? [];
  return (
    <Zone id={section.id} columns={section.columns ?? 2}>
      {keys.map((key, position) => (
        <Item key={key} itemKey={key} index={position} zone={section.id} editing={editing} />
      ))}
      {keys.length === 0 && (
        <Text size="sm" c="dimmed" ta="center" py={6}>
          {t('layout.dropHere')}
        </Text>
      )}
    </Zone>
  );
}
