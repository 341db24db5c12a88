import { ActionIcon, Button, Group, Modal, MultiSelect, Select, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { hasSections } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutPage, LayoutRule } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useRoles, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { MoveButtons } from '#admin-ui/src/ui/move-buttons.tsx';
import { moved } from '#admin-ui/src/ui/moved.ts';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { FilterWords } from '../list/filter-words.tsx';
import { ConditionEditor } from '../objects/condition-editor.tsx';
import { askedFields } from '../objects/field-conditions.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly page: LayoutPage;
  readonly layouts: readonly LayoutDefinition[];
  /** The layout that is being edited: the one that a new rule is first thought to be about. */
  readonly edited: string | undefined;
  readonly nameOf: (layout: LayoutDefinition) => string;
};

/** Who sees which layout of a page, and of which records: in order, the first rule that fits holds; what none fits has the page's own. */
export function LayoutRules({ object, page, layouts, edited: editedLayout, nameOf }: Props) {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const [edited, edit] = useState<number | 'new' | null>(null);
  const all = object.layoutRules ?? [];
  const isHere = (rule: LayoutRule): boolean => layouts.some((layout) => layout.name === rule.layout);
  const rules = all.filter(isHere);
  const save = useMutation({
    mutationFn: (next: readonly LayoutRule[]) =>
      ask(`/api/platform/objects/${object.name}`, {
        method: 'PATCH',
        headers: { 'If-Match': `"${object.version}"` },
        body: { layoutRules: [...all.filter((rule) => !isHere(rule)), ...next] },
      }),
    onSuccess: async () => {
      await changed();
      edit(null);
      notifyDone(t('layout.rulesSaved'));
    },
  });
  const set = (next: readonly LayoutRule[]): void => save.mutate(next, { onError: notifyFailure });
  const label = (name: string): string => nameOf(layouts.find((layout) => layout.name === name) ?? { id: name, name });
  return (
    <section className="card section layout-rules" aria-label={t('layout.rules')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('layout.rules')}</Title>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => edit('new')}>
          {t('layout.addRule')}
        </Button>
      </Group>
      <ol className="layout-rule-list">
        {rules.map((rule, index) => (
          <li key={`${index} ${rule.layout}`}>
            <span className="grow">
              <b>{label(rule.layout)}</b> <RuleWords object={object} rule={rule} />
            </span>
            <MoveButtons
              up={t('columns.up', { field: label(rule.layout) })}
              down={t('columns.down', { field: label(rule.layout) })}
              isFirst={index === 0 || save.isPending}
              isLast={index === rules.length - 1 || save.isPending}
              onMove={(step) => set(moved(rules, index, index + step))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('layout.editRule', { layout: label(rule.layout) })}
              onClick={() => edit(index)}
            >
              <IconPencil size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('layout.removeRule', { layout: label(rule.layout) })}
              onClick={() => set(rules.filter((_rule, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
        <li>
          <span className="grow">
            <b>{label(page)}</b> <span className="dim">{t(rules.length === 0 ? 'layout.always' : 'layout.otherwise')}</span>
          </span>
        </li>
      </ol>
      {edited !== null && (
        <RuleDialog
          object={object}
          rule={edited === 'new' ? undefined : rules[edited]}
          first={editedLayout}
          layouts={layouts.filter((layout) => layout.page !== undefined).map((layout) => ({ value: layout.name, label: nameOf(layout) }))}
          hasRecord={hasSections(page)}
          isSaving={save.isPending}
          error={save.error}
          onClose={() => {
            save.reset();
            edit(null);
          }}
          onSave={(rule) => save.mutate(edited === 'new' ? [...rules, rule] : rules.map((one, index) => (index === edited ? rule : one)))}
        />
      )}
    </section>
  );
}

/** A rule in words: for whom, and of which records. */
export function RuleWords({ object, rule: { roles: names, when } }: { readonly object: BusinessObject; readonly rule: LayoutRule }) {
  const { t } = useTexts();
  const roles = useRoles();
  const people = names?.map((name) => roles.find((role) => role.name === name)?.label ?? name).join(', ');
  return (
    <>
      {people !== undefined && t('layout.forRoles', { roles: people })}
      {people !== undefined && when !== undefined && ' · '}
      {when !== undefined && <FilterWords object={object} filter={when} />}
    </>
  );
}

type DialogProps = {
  readonly object: BusinessObject;
  readonly rule: LayoutRule | undefined;
  /** The layout that a new rule begins with. */
  readonly first: string | undefined;
  readonly layouts: readonly { readonly value: string; readonly label: string }[];
  /** Whether the page is of one record, which a condition can ask about. */
  readonly hasRecord: boolean;
  readonly isSaving: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onSave: (rule: LayoutRule) => void;
};

function RuleDialog({ object, rule, first, layouts, hasRecord, isSaving, error, onClose, onSave }: DialogProps) {
  const { t } = useTexts();
  const people = useRoles();
  const [layout, setLayout] = useState(rule?.layout ?? (layouts.find(({ value }) => value === first) ?? layouts[0])?.value ?? '');
  const [roles, setRoles] = useState<readonly string[]>(rule?.roles ?? []);
  const [when, setWhen] = useState<LayoutRule['when']>(rule?.when);
  return (
    <Modal opened onClose={onClose} size="lg" title={t('layout.rule')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        <Select label={t('layout.one')} allowDeselect={false} data={layouts} value={layout} onChange={(name) => setLayout(name ?? '')} />
        <MultiSelect
          label={t('layout.roles')}
          description={t('layout.rolesText')}
          data={people.map((role) => ({ value: role.name, label: role.label }))}
          value={[...roles]}
          onChange={setRoles}
        />
        {hasRecord && (
          <ConditionEditor
            label={t('layout.when')}
            description={t('layout.whenText')}
            fields={askedFields(object)}
            filter={when}
            onChange={(filter) => setWhen(trusted<LayoutRule['when']>(filter))}
          />
        )}
        {roles.length === 0 && when === undefined && (
          <Text size="sm" c="dimmed">
            {t('layout.ruleForAll')}
          </Text>
        )}
        {error && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={isSaving}
            disabled={layout === ''}
            onClick={() => onSave({ layout, ...(roles.length > 0 ? { roles } : {}), ...(when === undefined ? {} : { when }) })}
          >
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
