import { ActionIcon, Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CONDITION_SETTINGS } from '#platform/kernel/conditions/field-rules.ts';
import { useObjects, useRoles, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { isTextKey, useTexts } from '#admin-ui/src/i18n/index.ts';
import { FilterWords } from '#admin-ui/src/screens/list/filter-words.tsx';
import { RuleWords } from '#admin-ui/src/screens/layouts/layout-rules.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

type Props = { readonly object: BusinessObject };

/** All rules that an object's records are under, in words, each with the way to where it is changed. */
export function RulesTab({ object }: Props) {
  return (
    <Stack>
      <FieldRules object={object} />
      {object.commands.length > 0 && <Commands object={object} />}
      {(object.layoutRules ?? []).length > 0 && <PageRules object={object} />}
      <RecordRules object={object} />
    </Stack>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="card section" aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** When fields are shown, required and closed, and when their options are offered. */
function FieldRules({ object }: Props) {
  const { t, say } = useTexts();
  const living = object.fields.filter((field) => field.state !== 'retired');
  const rules = living.flatMap((field) => [
    ...CONDITION_SETTINGS.flatMap((setting) =>
      field[setting] === undefined ? [] : [{ field, what: t(`condition.${setting}`), when: field[setting] }],
    ),
    ...(field.options ?? []).flatMap(({ label, visibleWhen }) =>
      visibleWhen === undefined ? [] : [{ field, what: t('rules.option', { option: say(label) }), when: visibleWhen }],
    ),
  ]);
  return (
    <Part title={t('rules.fields')}>
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('rules.none')}
        </Text>
      ) : (
        <DataTable label={t('rules.fields')} minWidth={640} isDense>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rules.field')}</Table.Th>
              <Table.Th colSpan={2}>{t('rules.what')}</Table.Th>
              <Table.Th w={50}>
                <span className="sr-only">{t('lines.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map(({ field, what, when }) => (
              <Table.Tr key={`${field.id} ${what}`}>
                <Table.Td fw={600}>{say(field.label)}</Table.Td>
                <Table.Td>{what}</Table.Td>
                <Table.Td>
                  <FilterWords object={object} filter={when} />
                </Table.Td>
                <Table.Td>
                  {field.system !== true && <EditLink object={object} field={field} label={t('rules.edit', { field: say(field.label) })} />}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      )}
    </Part>
  );
}

/** The way to where a field is changed. */
export function EditLink({ object, field, label }: Props & { readonly field: Field; readonly label: string }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      renderRoot={(props) => (
        <Link {...props} to="/settings/objects/$object" params={{ object: object.name }} search={{ tab: 'fields', field: field.name }} />
      )}
    >
      <IconPencil size={16} />
    </ActionIcon>
  );
}

/** From which status to which its commands lead, and who may give them; where records are closed, to people and for good. */
function Commands({ object }: Props) {
  const { t, say } = useTexts();
  const roles = useRoles();
  const status = object.fields.find(({ type }) => type === 'status');
  const named = (keys: readonly string[]): string =>
    keys.map((key) => say(status?.options?.find((option) => option.key === key)?.label) || key).join(', ');
  const mayBy = (command: string): string =>
    Object.entries(object.access)
      .filter(([, { commands = [] }]) => commands === true || commands.includes(command))
      .map(([role]) => roles.find(({ name }) => name === role)?.label ?? role)
      .join(', ');
  return (
    <Part title={t('rules.status')}>
      {object.editableIn && <Text size="sm">{t('rules.editable', { statuses: named(object.editableIn) })}</Text>}
      {object.sealedIn !== undefined && (
        <Text size="sm">
          {object.sealedIn === true ? t('rules.sealedAlways') : t('rules.sealed', { statuses: named(object.sealedIn) })}
        </Text>
      )}
      <DataTable label={t('rules.status')} minWidth={640} isDense>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('rules.command')}</Table.Th>
            <Table.Th>{t('rules.from')}</Table.Th>
            <Table.Th>{t('rules.to')}</Table.Th>
            <Table.Th>{t('rules.who')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {object.commands.map(({ name, label, from, to }) => (
            <Table.Tr key={name}>
              <Table.Td fw={600}>{say(label)}</Table.Td>
              <Table.Td>{from ? named(from) : t('rules.any')}</Table.Td>
              <Table.Td>{to === undefined ? <span className="dim">{t('rules.stays')}</span> : named([to])}</Table.Td>
              <Table.Td>{mayBy(name) || t('rules.whoNobody')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Part>
  );
}

function PageRules({ object }: Props) {
  const { t, say } = useTexts();
  const nameOf = (name: string): string => {
    const key = `layout.${name}`;
    return say(object.layouts.find((layout) => layout.name === name)?.label) || (isTextKey(key) ? t(key) : name);
  };
  return (
    <Part title={t('rules.pages')}>
      <Stack gap={4}>
        {(object.layoutRules ?? []).map((rule, index) => (
          <Text key={`${index} ${rule.layout}`} size="sm" component="div">
            <b>{nameOf(rule.layout)}</b> <RuleWords object={object} rule={rule} />
          </Text>
        ))}
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/settings/objects/$object" params={{ object: object.name }} search={{ tab: 'layouts' }} />
          )}
        >
          {t('rules.pagesEdit')}
        </Anchor>
      </Stack>
    </Part>
  );
}

/** Objects whose records are rules about records of this one, such as approval policies: with the way to their list. */
function RecordRules({ object }: Props) {
  const { t, say } = useTexts();
  const asking = useObjects().filter((other) => other.fields.some((field) => asksAbout(other, field, object)));
  if (asking.length === 0) return null;
  return (
    <Part title={t('rules.asked')}>
      <Text size="sm" mb={4}>
        {t('rules.askedText', { objects: asking.map(({ pluralLabel }) => say(pluralLabel)).join(', ') })}
      </Text>
      <Stack gap={4}>
        {asking.map(({ name, pluralLabel }) => (
          <Anchor key={name} size="sm" renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: name }} search={{}} />}>
            {say(pluralLabel)}
          </Anchor>
        ))}
      </Stack>
    </Part>
  );
}

function asksAbout(other: BusinessObject, field: Field, object: BusinessObject): boolean {
  if (field.type !== 'condition') return false;
  if (field.objectField === undefined) return other.id === object.id;
  return other.fields.find(({ name }) => name === field.objectField)?.options?.some(({ key }) => key === object.name) === true;
}
