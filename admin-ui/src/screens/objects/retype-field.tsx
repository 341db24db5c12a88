import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useFieldTypes, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts, type Language } from '#admin-ui/src/i18n/index.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { definitionOf, emptyDraft, hasOptions, SETTINGS, type FieldDraft } from './field-draft.ts';
import { newOption } from './option-draft.ts';
import { TypeSettings } from './type-settings.tsx';

type Props = { readonly object: BusinessObject; readonly field: Field; readonly onClose: () => void };

/** Gives a field another type: which one, what that asks, and then what it would do to the records. */
export function RetypeField({ object, field, onClose }: Props) {
  const { t, say, language } = useTexts();
  const types = useFieldTypes();
  const [draft, setDraft] = useState<FieldDraft>(() => ({
    ...emptyDraft({ read: [], edit: [] }, []),
    name: field.name,
    options: firstOptions(field),
    optionList: field.optionList ?? '',
  }));
  const [set, setSet] = useState<{ readonly [name: string]: unknown } | null>(null);
  const becomes = types.find((type) => type.name === field.type)?.becomes ?? [];
  const title = t('retype.title', { field: say(field.label) });
  if (set)
    return (
      <ChangeDialog
        proposed={{ title, change: { kind: 'changeField', object: object.id, field: field.id, set } }}
        onClose={() => setSet(null)}
        onDone={onClose}
      />
    );
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSet(settingsOf(draft, language));
        }}
      >
        <Stack>
          <Text size="sm">{t('retype.text')}</Text>
          <Select
            label={t('retype.to')}
            required
            data-autofocus
            data={types.filter((type) => becomes.includes(type.name)).map((type) => ({ value: type.name, label: say(type.label) }))}
            value={draft.type || null}
            onChange={(type) => setDraft((before) => ({ ...before, type: type ?? '', settings: {} }))}
          />
          {draft.type !== '' && (
            <TypeSettings object={object} draft={draft} problems={{}} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={draft.type === ''}>
              {t('fields.preview')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function firstOptions(field: Field): FieldDraft['options'] {
  return (field.options ?? []).length > 0
    ? (field.options ?? []).map((option) => ({ ...newOption(option.color), key: option.key, label: option.label.en }))
    : [newOption('blue'), newOption('green')];
}

/** The type and what it asks; all else stays as it is. */
function settingsOf(draft: FieldDraft, language: Language): { readonly [name: string]: unknown } {
  const { options, ...settings } = definitionOf(draft);
  const own = Object.entries(settings).filter(([name]) => name === 'type' || SETTINGS.some((setting) => setting === name));
  if (!hasOptions(draft.type)) return Object.fromEntries(own);
  if (draft.optionList !== '') return { ...Object.fromEntries(own), optionList: draft.optionList, options: options ?? null };
  const given = (Array.isArray(options) ? options : []).map((option: { label: string }) => ({
    ...option,
    label: { en: option.label, [language]: option.label },
  }));
  return { ...Object.fromEntries(own), optionList: null, options: given };
}
