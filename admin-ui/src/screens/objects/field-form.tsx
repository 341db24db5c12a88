import { Checkbox, Fieldset, Group, MultiSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFieldTypes, useRoles, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DefaultSetting } from './default-setting.tsx';
import { FieldConditions } from './field-conditions.tsx';
import { nameFrom, previewOf, type FieldDraft } from './field-draft.ts';
import { NamedInputs } from './named-inputs.tsx';
import { TypeSettings } from './type-settings.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly draft: FieldDraft;
  readonly problems: { readonly [path: string]: string };
  readonly onChange: (part: Partial<FieldDraft>) => void;
  /** A field that is there: its type and where it shows are not asked. */
  readonly field?: Field;
};

/** What a field is called, what it takes, where it shows, who sees it; with a live preview. */
export function FieldForm({ object, draft, problems, onChange, field }: Props) {
  const { t } = useTexts();
  const isExisting = field !== undefined;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NamedInputs
          draft={draft}
          problems={problems}
          texts={{ label: t('field.label'), name: t('field.name'), nameHelp: t('field.nameHelp') }}
          nameFrom={nameFrom}
          onChange={onChange}
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
      <TypeSettings object={object} draft={draft} problems={problems} onChange={onChange} isExisting={isExisting} />
      <DefaultSetting draft={draft} error={problems['default']} onChange={onChange} />
      <Rules draft={draft} problems={problems} onChange={onChange} />
      {!isExisting && <Places draft={draft} onChange={onChange} />}
      <Access draft={draft} onChange={onChange} problems={problems} />
      <FieldConditions object={object} draft={draft} field={field} problems={problems} onChange={onChange} />
      {!isExisting && <Preview draft={draft} />}
    </Stack>
  );
}

type Part = Pick<Props, 'draft' | 'problems' | 'onChange'>;

/** Types that are stored so that an index on them would help nobody. */
const UNINDEXED: readonly string[] = 'children json address longText richText markdown multiSelect tags file image'
  .concat(' personName geoPoint manyToMany polymorphic relatedValue snapshot externalId')
  .split(' ');

function Rules({ draft, problems, onChange }: Part) {
  const { t } = useTexts();
  const isSearchable = useFieldTypes().find((type) => type.name === draft.type)?.searchable === true;
  const box = (key: 'required' | 'unique' | 'indexed' | 'searchable' | 'personal') => ({
    label: t(`field.${key}`),
    checked: draft[key],
    error: problems[key],
    onChange: (event: { readonly currentTarget: { readonly checked: boolean } }) => onChange({ [key]: event.currentTarget.checked }),
  });
  return (
    <Group gap="lg">
      <Checkbox {...box('required')} />
      {!['boolean', ...UNINDEXED].includes(draft.type) && <Checkbox {...box('unique')} />}
      {!UNINDEXED.includes(draft.type) && <Checkbox {...box('indexed')} />}
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
        description={t('field.seenByText')}
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
