import { ActionIcon, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { move } from '@dnd-kit/helpers';
import { DragDropProvider, useDroppable } from '@dnd-kit/react';
import { StyleInjector } from '@dnd-kit/dom';
import { useSortable } from '@dnd-kit/react/sortable';
import { IconChevronDown, IconChevronUp, IconGripVertical, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { LayoutItem } from '#platform/kernel/model.ts';
import { fieldById, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { nonce } from '#admin-ui/src/nonce.ts';
import {
  changedSection,
  movedBy,
  movedSection,
  PALETTE,
  placedIn,
  withoutSection,
  withSection,
  type LayoutDraft,
  type SectionDraft,
} from './layout-draft.ts';

type Props = {
  readonly object: BusinessObject;
  readonly items: ReadonlyMap<string, LayoutItem>;
  readonly isList: boolean;
  readonly draft: LayoutDraft;
  readonly onPreview: (draft: LayoutDraft | null) => void;
  readonly onChange: (draft: LayoutDraft) => void;
};

/** Fields at the left, the page at the right; dragged with the pointer, or moved with the buttons' keys. */
export function LayoutEditor(props: Props) {
  const { t } = useTexts();
  const { draft, onChange, onPreview } = props;
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const label = useItemLabel(props.object);
  const unplaced = (draft.zones[PALETTE] ?? []).filter((key) => label(props.items.get(key)).toLowerCase().includes(wanted));
  const after = (event: Parameters<typeof move>[1]): LayoutDraft => ({ ...draft, zones: move(mutable(draft.zones), event) });
  return (
    <DragDropProvider
      plugins={(defaults) => [...defaults, StyleInjector.configure({ nonce })]}
      onDragOver={(event) => onPreview(after(event))}
      onDragEnd={(event) => (event.canceled ? onPreview(null) : onChange(after(event)))}
    >
      <div className="layout-editor">
        <section className="card section" aria-label={t('layout.palette')}>
          <Title order={2}>{t('layout.palette')}</Title>
          <TextInput
            mb="xs"
            placeholder={t('fields.search')}
            aria-label={t('fields.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Zone id={PALETTE}>
            {unplaced.map((key, index) => (
              <Item key={key} id={key} index={index} zone={PALETTE} label={label(props.items.get(key))}>
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  aria-label={t('layout.place', { field: label(props.items.get(key)) })}
                  onClick={() => onChange(placedIn(draft, key, { zone: draft.sections.at(-1)?.id ?? '' }))}
                >
                  <IconPlus size={15} />
                </ActionIcon>
              </Item>
            ))}
          </Zone>
        </section>
        <Stack>
          {draft.sections.map((section, index) => (
            <Section key={section.id} section={section} index={index} label={label} {...props} />
          ))}
          {!props.isList && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() =>
                onChange(
                  withSection(draft, { id: `s${crypto.randomUUID().slice(0, 8)}`, label: { en: t('layout.newSection') }, columns: 2 }),
                )
              }
            >
              {t('layout.addSection')}
            </Button>
          )}
        </Stack>
      </div>
    </DragDropProvider>
  );
}

/** dnd-kit's move takes arrays it may change. */
function mutable(zones: LayoutDraft['zones']): { [zone: string]: string[] } {
  return Object.fromEntries(Object.entries(zones).map(([zone, keys]) => [zone, [...keys]]));
}

type SectionProps = Props & {
  readonly section: SectionDraft;
  readonly index: number;
  readonly label: (item: LayoutItem | undefined) => string;
};

function Section({ section, index, label, ...props }: SectionProps) {
  const { t, say } = useTexts();
  const { draft, onChange } = props;
  const keys = draft.zones[section.id] ?? [];
  return (
    <section className="card section" aria-label={say(section.label) || t('layout.list')}>
      {!props.isList && <SectionHead section={section} index={index} {...props} />}
      <Zone id={section.id}>
        {keys.map((key, position) => {
          const name = label(props.items.get(key));
          return (
            <Item key={key} id={key} index={position} zone={section.id} label={name}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('columns.up', { field: name })}
                onClick={() => onChange(movedBy(draft, key, -1))}
              >
                <IconChevronUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('columns.down', { field: name })}
                onClick={() => onChange(movedBy(draft, key, 1))}
              >
                <IconChevronDown size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('layout.remove', { field: name })}
                onClick={() => onChange(placedIn(draft, key, { zone: PALETTE }))}
              >
                <IconX size={15} />
              </ActionIcon>
            </Item>
          );
        })}
        {keys.length === 0 && (
          <Text size="sm" c="dimmed" ta="center" py={6}>
            {t('layout.dropHere')}
          </Text>
        )}
      </Zone>
    </section>
  );
}

function SectionHead({ section, index, draft, onChange }: Props & { readonly section: SectionDraft; readonly index: number }) {
  const { t, say, language } = useTexts();
  const title = say(section.label);
  return (
    <Group gap="xs" mb="xs" wrap="nowrap">
      <TextInput
        className="grow"
        aria-label={t('layout.sectionTitle')}
        value={title}
        onChange={(event) => {
          const text = event.currentTarget.value;
          onChange(changedSection(draft, section.id, { label: { en: text, ...section.label, [language]: text } }));
        }}
      />
      <Select
        w={130}
        aria-label={t('layout.columns')}
        allowDeselect={false}
        data={([1, 2, 3, 4] as const).map((count) => ({ value: String(count), label: t('layout.columnCount', { count }) }))}
        value={String(section.columns ?? 2)}
        onChange={(value) => onChange(changedSection(draft, section.id, { columns: columnsOf(value) }))}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={index === 0}
        aria-label={t('columns.up', { field: title })}
        onClick={() => onChange(movedSection(draft, section.id, -1))}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={index === draft.sections.length - 1}
        aria-label={t('columns.down', { field: title })}
        onClick={() => onChange(movedSection(draft, section.id, 1))}
      >
        <IconChevronDown size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={draft.sections.length === 1}
        aria-label={t('layout.removeSection', { section: title })}
        onClick={() => onChange(withoutSection(draft, section.id))}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}

function columnsOf(value: string | null): 1 | 2 | 3 | 4 {
  return value === '1' ? 1 : value === '3' ? 3 : value === '4' ? 4 : 2;
}

function Zone({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const { ref, isDropTarget } = useDroppable({ id, type: 'zone', accept: 'item', collisionPriority: 1 });
  return (
    <div ref={ref} className="layout-zone" {...(isDropTarget ? { 'data-over': true } : {})}>
      {children}
    </div>
  );
}

type ItemProps = {
  readonly id: string;
  readonly index: number;
  readonly zone: string;
  readonly label: string;
  readonly children: ReactNode;
};

function Item({ id, index, zone, label, children }: ItemProps) {
  const { t } = useTexts();
  const { ref, handleRef, isDragging } = useSortable({ id, index, group: zone, type: 'item', accept: 'item' });
  return (
    <div ref={ref} className="layout-item" {...(isDragging ? { 'data-dragging': true } : {})}>
      <ActionIcon ref={handleRef} variant="subtle" color="gray" size="sm" aria-label={t('layout.drag', { field: label })}>
        <IconGripVertical size={15} />
      </ActionIcon>
      <span className="grow">{label}</span>
      {children}
    </div>
  );
}

/** What an item is called in the editor. */
function useItemLabel(object: BusinessObject): (item: LayoutItem | undefined) => string {
  const { t, say } = useTexts();
  const objects = useObjects();
  return (item) => {
    if (item === undefined) return '';
    if (item.kind === 'history') return t('history.title');
    if (item.kind !== 'related') return say(fieldById(object, item.field)?.label);
    const other = objects.find((one) => one.name === item.object);
    return `${say(other?.pluralLabel)} (${say(other && fieldById(other, item.field)?.label)})`;
  };
}
