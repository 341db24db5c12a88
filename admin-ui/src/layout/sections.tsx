import { Tabs, Title } from '@mantine/core';
import { SimpleGrid } from '@mantine/core';
import type { LayoutDefinition, LayoutItem, LayoutSection } from '#platform/kernel/model.ts';
import { apiName, fieldById, type BusinessObject, type Field } from '../api/metadata.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import { FieldSlot } from './field-slot.tsx';
import type { RecordForm } from './record-form.ts';
import { RelatedList } from './related-list.tsx';

type Props = {
  readonly layout: LayoutDefinition;
  readonly form: RecordForm;
  /** Whether fields take input at all: rights and the record's state have been looked at. */
  readonly canEdit: boolean;
  /** Absent on a record that is not there yet: nothing is related to it. */
  readonly id?: string;
};

/** THE renderer: a record drawn by its layout, in sections of one to four columns, in tabs where sections name one. */
export function Sections(props: Props) {
  const { t } = useTexts();
  const sections = (props.layout.sections ?? []).filter((section) => itemsOf(section, props).length > 0);
  const tabs = [...new Set(sections.map((section) => section.tab ?? ''))];
  if (tabs.length < 2) return sections.map((section) => <Section key={section.id} section={section} {...props} />);
  return (
    <Tabs defaultValue={tabs[0] ?? ''} keepMounted={false}>
      <Tabs.List mb="sm">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {tab === '' ? t('layout.firstTab') : tab}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab}>
          {sections
            .filter((section) => (section.tab ?? '') === tab)
            .map((section) => (
              <Section key={section.id} section={section} {...props} />
            ))}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** What of a section is drawn: history stands beside the record, a new record has nothing related yet, and conditions hide fields. */
function itemsOf(section: LayoutSection, { form, id }: Props): readonly LayoutItem[] {
  return section.items.filter((item) => {
    if (item.kind === 'history') return false;
    if (item.kind === 'related') return id !== undefined;
    const field = fieldById(form.object, item.field);
    return field !== undefined && field.state !== 'retired' && form.fieldAt(field) !== null;
  });
}

function Section({ section, ...props }: Props & { readonly section: LayoutSection }) {
  const { say } = useTexts();
  const uis = useFieldUis();
  const { object } = props.form;
  const items = itemsOf(section, props);
  const fields = items.filter((item) => item.kind === 'field' && !isWide(object, item));
  const label = say(section.label);
  const columns = section.columns ?? 2;
  const isAcross = (item: LayoutItem) => !fields.includes(item);
  return (
    <section className="card section" {...(label === '' ? {} : { 'aria-label': label })}>
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
              <Item key={keyOf(item)} item={item} heading={label} {...props} />
            ))}
          </SimpleGrid>
        ),
      )}
    </section>
  );

  function isWide(of: BusinessObject, item: LayoutItem): boolean {
    const field = item.kind === 'field' ? fieldById(of, item.field) : undefined;
    return field !== undefined && (uis(field).isWide === true || field.rowFields !== undefined);
  }
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
  return item.kind === 'history' ? 'history' : `${item.kind} ${item.kind === 'related' ? item.object : ''} ${item.field}`;
}

function Item({ item, form, canEdit, id, heading }: Props & { readonly item: LayoutItem; readonly heading: string }) {
  if (item.kind === 'history') return null;
  if (item.kind === 'related') {
    return id === undefined ? null : <RelatedList id={id} object={item.object} field={item.field} columns={item.columns} under={heading} />;
  }
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
