import { Badge, SimpleGrid, Tabs, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { isPlainItem } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutItem, LayoutSection, LayoutTab } from '#platform/kernel/model.ts';
import { apiName, fieldById, useObjects, type Field } from '../api/metadata.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import { DocumentChain } from './document-chain.tsx';
import { FieldSlot } from './field-slot.tsx';
import type { RecordForm } from './record-form.ts';
import { RelatedList } from './related-list.tsx';
import { RelatedTabs } from './related-tabs.tsx';
import { otherRelations } from './relations.ts';

type Props = {
  readonly layout: LayoutDefinition;
  readonly form: RecordForm;
  /** Whether fields take input at all: rights and the record's state have been looked at. */
  readonly canEdit: boolean;
  /** Absent on a record that is not there yet: nothing is related to it. */
  readonly id?: string;
  /** What stands where the layout places the record's history; absent: there is nothing to tell. */
  readonly history?: ReactNode;
};

/** THE renderer: a record drawn by its layout, in sections of one to four columns, in tabs where the layout has them. */
export function Sections(props: Props) {
  const sections = useShown(props, false);
  const { tabs = [] } = props.layout;
  return tabs.length < 2 ? <Stack of={sections} {...props} /> : <TabbedSections sections={sections} tabs={tabs} {...props} />;
}

/** A record's page: its sections, and beside them, on every tab, those that stand at the side. */
export function RecordBody(props: Props) {
  const side = useShown(props, true);
  return (
    <div className="record-body" data-side={side.length > 0 || undefined}>
      <div>
        <Sections {...props} />
      </div>
      {side.length > 0 && (
        <div>
          <Stack of={side} {...props} />
        </div>
      )}
    </div>
  );
}

function Stack({ of, ...props }: Props & { readonly of: readonly LayoutSection[] }) {
  return of.map((section) => <Section key={section.id} section={section} {...props} />);
}

type TabbedProps = Props & { readonly sections: readonly LayoutSection[]; readonly tabs: readonly LayoutTab[] };

/** A refused value on a tab that is not open opens it: else nobody would see why nothing was saved. Correcting one opens none. */
function TabbedSections({ sections, tabs, ...props }: TabbedProps) {
  const { t, say } = useTexts();
  const [first] = tabs;
  const [chosen, choose] = useState(first?.id);
  const of = (tab: string): readonly LayoutSection[] => sections.filter((section) => (section.tab ?? first?.id) === tab);
  const shown = tabs.filter((tab) => of(tab.id).length > 0);
  const wrong = shown.filter((tab) => hasErrors(of(tab.id), props.form));
  const open = shown.find((tab) => tab.id === chosen)?.id ?? shown[0]?.id ?? null;
  const [lastErrors, setLastErrors] = useState(props.form.errors);
  if (lastErrors !== props.form.errors) {
    const isCorrected = Object.keys(props.form.errors).length < Object.keys(lastErrors).length;
    setLastErrors(props.form.errors);
    if (!isCorrected && wrong[0] && !wrong.some((tab) => tab.id === open)) choose(wrong[0].id);
  }
  return (
    <Tabs value={open} onChange={(id) => choose(id ?? undefined)} keepMounted={false}>
      <Tabs.List mb="sm">
        {shown.map((tab) => (
          <Tabs.Tab
            key={tab.id}
            value={tab.id}
            rightSection={
              wrong.includes(tab) ? (
                <Badge size="xs" circle color="red" aria-label={t('layout.tabHasErrors')}>
                  !
                </Badge>
              ) : undefined
            }
          >
            {say(tab.label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map((tab) => (
        <Tabs.Panel key={tab.id} value={tab.id}>
          <Stack of={of(tab.id)} {...props} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function hasErrors(sections: readonly LayoutSection[], { object, errors }: RecordForm): boolean {
  const names = new Set(
    sections.flatMap((section) =>
      section.items.flatMap((item) => {
        const field = 'field' in item && item.kind !== 'related' ? fieldById(object, item.field) : undefined;
        return field ? [field.name, apiName(field)] : [];
      }),
    ),
  );
  return Object.keys(errors).some((path) => names.has(path.split('.')[0] ?? ''));
}

/** The sections at one side of the page, each with the items that are drawn, and without those in which nothing is. */
function useShown({ layout, form, id, history }: Props, isSide: boolean): readonly LayoutSection[] {
  const objects = useObjects();
  const isShown = (item: LayoutItem): boolean => {
    if (item.kind === 'history') return history !== undefined;
    if (item.kind === 'chain') return id !== undefined;
    if (item.kind === 'otherRelated') return id !== undefined && otherRelations(form.object, layout, objects).length > 0;
    if (item.kind === 'related') return id !== undefined && objects.some((one) => one.name === item.object && fieldById(one, item.field));
    const field = fieldById(form.object, item.field);
    return field !== undefined && field.state !== 'retired' && form.fieldAt(field) !== null;
  };
  return (layout.sections ?? [])
    .filter((section) => (section.side === true) === isSide)
    .map((section) => ({ ...section, items: section.items.filter(isShown) }))
    .filter((section) => section.items.length > 0);
}

function Section({ section, ...props }: Props & { readonly section: LayoutSection }) {
  const { say, t } = useTexts();
  const uis = useFieldUis();
  const { object } = props.form;
  const { items } = section;
  const label = say(section.label);
  const columns = section.columns ?? 2;
  const isAcross = (item: LayoutItem): boolean => {
    const field = item.kind === 'field' ? fieldById(object, item.field) : undefined;
    return field === undefined || uis(field).isWide === true || field.rowFields !== undefined;
  };
  // Over how many of the columns a field reaches; undefined is one.
  const spanOf = (item: LayoutItem): number | undefined => {
    const field = item.kind === 'field' ? fieldById(object, item.field) : undefined;
    const asked = (item.kind === 'field' ? item.span : undefined) ?? (field && uis(field).span) ?? 1;
    const span = Math.min(asked, columns);
    return span > 1 ? span : undefined;
  };
  const [only] = items;
  if (only?.kind === 'history' && items.length === 1 && label === '') return props.history;
  const named = label === '' && only?.kind === 'otherRelated' ? t('related.title') : label;
  return (
    <section className="card section" {...(named === '' ? {} : { 'aria-label': named })}>
      {label !== '' && <Title order={2}>{label}</Title>}
      {groups(items, isAcross).map((group, index) =>
        group.isWide ? (
          group.items.map((item) => <Item key={keyOf(item)} item={item} heading={label} {...props} />)
        ) : (
          <SimpleGrid
            key={index}
            cols={{ base: 1, sm: Math.min(2, columns), lg: columns }}
            spacing="md"
            verticalSpacing="sm"
            mt={index === 0 ? 0 : 'md'}
          >
            {group.items.map((item) => (
              <div key={keyOf(item)} className="layout-cell" data-span={spanOf(item)}>
                <Item item={item} heading={label} {...props} />
              </div>
            ))}
          </SimpleGrid>
        ),
      )}
    </section>
  );
}

type Group = { readonly isWide: boolean; readonly items: readonly LayoutItem[] };

/** Items one after the other, those that take the whole width apart from those that share a row. */
function groups(items: readonly LayoutItem[], isWide: (item: LayoutItem) => boolean): readonly Group[] {
  return items.reduce<readonly Group[]>((made, item) => {
    const last = made.at(-1);
    if (last && last.isWide === isWide(item)) return [...made.slice(0, -1), { ...last, items: [...last.items, item] }];
    return [...made, { isWide: isWide(item), items: [item] }];
  }, []);
}

function keyOf(item: LayoutItem): string {
  if (isPlainItem(item)) return item.kind;
  return `${item.kind} ${item.kind === 'related' ? item.object : ''} ${item.field}`;
}

type ItemProps = Props & { readonly item: LayoutItem; readonly heading: string };

function Item({ item, layout, form, canEdit, id, history, heading }: ItemProps) {
  const objects = useObjects();
  if (item.kind === 'history') return history;
  if (item.kind === 'chain')
    return id === undefined ? null : <DocumentChain object={form.object} id={id} version={form.values['version']} />;
  if (item.kind === 'otherRelated')
    return id === undefined ? null : <RelatedTabs relations={otherRelations(form.object, layout, objects)} id={id} />;
  if (item.kind === 'related') return id === undefined ? null : <RelatedList {...item} id={id} under={heading} />;
  const named = fieldById(form.object, item.field);
  const field = named && form.fieldAt(named);
  if (!field) return null;
  return (
    <FieldSlot
      field={field}
      form={form}
      canEdit={canEdit}
      columns={item.kind === 'children' ? item.columns : undefined}
      errors={errorsOf(form, field)}
    />
  );
}

/** The problems of a field's rows, by what follows its name. */
function errorsOf(form: RecordForm, field: Field): { readonly [path: string]: string } {
  const prefix = `${apiName(field)}.`;
  return Object.fromEntries(
    Object.entries(form.errors).flatMap(([path, message]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), message] as const] : [],
    ),
  );
}
