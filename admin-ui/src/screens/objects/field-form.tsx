import { Checkbox, Fieldset, Group, MultiSelect, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFieldTypes, useObjects, useRoles, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { hasOptions, nameFrom, previewOf, type FieldDraft } from './field-draft.ts';
import { OptionsEditor } from './options-editor.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly draft: FieldDraft;
  readonly problems: { readonly [path: string]: string };
  readonly onChange: (part: Partial<FieldDraft>) => void;
  /** A field that is there: its type and where it shows are not asked. */
  readonly isExisting?: boolean;
};

/** What a field is called, what it takes, where it shows, who sees it; with a live preview. */
export function FieldForm({ object, draft, problems, onChange, isExisting }: Props) {
  const { t } = useTexts();
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('field.label')}
          required
          data-autofocus
          maxLength={120}
          value={draft.label}
          error={problems['label']}
          onChange={(event) => {
            const label = event.currentTarget.value;
            onChange({ label, ...(draft.isNamed ? {} : { name: nameFrom(label) }) });
          }}
        />
        <TextInput
          label={t('field.name')}
          description={t('field.nameHelp')}
          required
          maxLength={41}
          value={draft.name}
          error={problems['name']}
          onChange={(event) => onChange({ name: event.currentTarget.value, isNamed: true })}
        />
      </SimpleGrid>
      <TextInput
        label={t('field.help')}
        description={t('field.helpHelp')}
        maxLength={500}
        value={draft.help}
        error={problems['help']}
        onChange={(event) => onChange({ help: event.currentTarget.value })}
      />
      <TypeSettings object={object} draft={draft} problems={problems} onChange={onChange} />
      <Rules draft={draft} problems={problems} onChange={onChange} />
      {isExisting !== true && <Places draft={draft} onChange={onChange} />}
      <Access draft={draft} onChange={onChange} problems={problems} />
      {isExisting !== true && <Preview draft={draft} />}
    </Stack>
  );
}

type Part = Pick<Props, 'draft' | 'problems' | 'onChange'>;

function TypeSettings({ object, draft, problems, onChange }: Part & { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const objects = useObjects();
  const settings = useFieldTypes().find((type) => type.name === draft.type)?.settings ?? {};
  if (hasOptions(draft.type)) {
    return <OptionsEditor options={draft.options} error={problems['options']} onChange={(options) => onChange({ options })} />;
  }
  if (draft.type === 'lookup') {
    return (
      <Select
        label={t('field.target')}
        required
        searchable
        data={objects.filter((one) => one.parent === undefined).map((one) => ({ value: one.name, label: say(one.label) }))}
        value={draft.target || null}
        error={problems['target']}
        onChange={(target) => onChange({ target: target ?? '' })}
      />
    );
  }
  if (draft.type === 'children') {
    return (
      <Select
        label={t('field.child')}
        description={t('field.childHelp')}
        required
        data={objects.filter((one) => one.parent === object.name).map((one) => ({ value: one.name, label: say(one.label) }))}
        value={draft.child || null}
        error={problems['child']}
        onChange={(child) => onChange({ child: child ?? '' })}
      />
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {'scale' in settings && (
        <TextInput
          label={t('field.scale')}
          inputMode="numeric"
          value={draft.scale}
          error={problems['scale']}
          onChange={(event) => onChange({ scale: event.currentTarget.value.replaceAll(/\D/g, '') })}
        />
      )}
      {'maxLength' in settings && (
        <TextInput
          label={t('field.maxLength')}
          inputMode="numeric"
          value={draft.maxLength}
          error={problems['maxLength']}
          onChange={(event) => onChange({ maxLength: event.currentTarget.value.replaceAll(/\D/g, '') })}
        />
      )}
    </SimpleGrid>
  );
}

function Rules({ draft, problems, onChange }: Part) {
  const { t } = useTexts();
  const isSearchable = useFieldTypes().find((type) => type.name === draft.type)?.searchable === true;
  const box = (key: 'required' | 'unique' | 'searchable' | 'personal') => ({
    label: t(`field.${key}`),
    checked: draft[key],
    error: problems[key],
    onChange: (event: { readonly currentTarget: { readonly checked: boolean } }) => onChange({ [key]: event.currentTarget.checked }),
  });
  return (
    <Group gap="lg">
      <Checkbox {...box('required')} />
      {!['boolean', 'multiSelect', 'children', 'json', 'address', 'longText'].includes(draft.type) && <Checkbox {...box('unique')} />}
      {isSearchable && <Checkbox {...box('searchable')} />}
      <Checkbox {...box('personal')} />
    </Group>
  );
}

function Places({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { t } = useTexts();
  return (
    <Checkbox.Group label={t('field.show')} value={[...draft.show]} onChange={(show) => onChange({ show })}>
      <Group mt={6}>
        <Checkbox value="detail" label={t('layout.detail')} />
        <Checkbox value="create" label={t('layout.create')} />
        <Checkbox value="list" label={t('layout.list')} />
      </Group>
    </Checkbox.Group>
  );
}

function Access({ draft, problems, onChange }: Part) {
  const { t } = useTexts();
  const roles = useRoles()
    .filter((role) => role.name !== 'administrator')
    .map((role) => ({ value: role.name, label: role.label }));
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <MultiSelect
        label={t('field.seenBy')}
        placeholder={draft.read.length === 0 ? t('field.administratorsOnly') : ''}
        data={roles}
        value={[...draft.read]}
        error={problems['access.read']}
        onChange={(read) => onChange({ read, edit: draft.edit.filter((role) => read.includes(role)) })}
      />
      <MultiSelect
        label={t('field.editedBy')}
        placeholder={draft.edit.length === 0 ? t('field.administratorsOnly') : ''}
        data={roles.filter((role) => draft.read.includes(role.value))}
        value={[...draft.edit]}
        error={problems['access.edit']}
        onChange={(edit) => onChange({ edit })}
      />
    </SimpleGrid>
  );
}

function Preview({ draft }: { readonly draft: FieldDraft }) {
  const { t } = useTexts();
  const { Input } = useFieldUis()({ type: draft.type });
  const [value, setValue] = useState<unknown>(null);
  const field = previewOf(draft);
  return (
    <Fieldset legend={t('field.preview')}>
      {draft.type === 'children' || draft.type === 'status' ? (
        <Text size="sm" c="dimmed">
          {t('field.noPreview')}
        </Text>
      ) : (
        <Input field={field} value={value} record={{}} onChange={setValue} />
      )}
    </Fieldset>
  );
}
