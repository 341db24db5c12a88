import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Label } from '#platform/kernel/model.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts, type Language } from '#admin-ui/src/i18n/index.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { conditionsIn, definitionOf, emptyDraft, moreFrom, settingsFrom, type FieldDraft } from './field-draft.ts';
import { FieldForm } from './field-form.tsx';
import { FilledShare, UsedIn } from './field-usage.tsx';
import { useUsage } from './use-usage.ts';

type Props = { readonly object: BusinessObject; readonly field: Field; readonly onClose: () => void };

/** Changes a field: what it would do is shown before it is done. */
export function EditField({ object, field, onClose }: Props) {
  const { t, say, language } = useTexts();
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(field, say));
  const usage = useUsage(object);
  const [set, setSet] = useState<{ readonly [name: string]: unknown } | null>(null);
  if (set) {
    return (
      <ChangeDialog
        proposed={{
          title: t('fields.change', { field: say(field.label) }),
          change: { kind: 'changeField', object: object.id, field: field.id, set },
        }}
        onClose={() => setSet(null)}
        onDone={onClose}
      />
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('fields.change', { field: say(field.label) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSet(changesOf(field, draft, language));
        }}
      >
        <Stack>
          <Group gap="xs">
            <Text size="xs">{t('usage.filled')}</Text>
            <FilledShare usage={usage} field={field} />
            <Text size="xs" ml="lg">
              {t('usage.used')}
            </Text>
            <UsedIn usage={usage} field={field} />
          </Group>
          <FieldForm
            object={object}
            draft={draft}
            problems={{}}
            field={field}
            onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={Object.keys(changesOf(field, draft, language)).length === 0}>
              {t('fields.preview')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function draftOf(field: Field, say: (label: Label | undefined) => string): FieldDraft {
  const access = { read: field.access?.read ?? [], edit: field.access?.edit ?? [] };
  return {
    ...emptyDraft(access, []),
    type: field.type,
    label: say(field.label),
    name: field.name,
    isNamed: true,
    help: say(field.help),
    required: field.required === true,
    unique: field.unique === true,
    searchable: field.searchable === true,
    personal: field.personal === true,
    options: (field.options ?? []).map((option) => ({
      ...option,
      id: option.key,
      label: say(option.label),
      color: option.color ?? 'gray',
      isKnown: true,
    })),
    target: field.target ?? '',
    child: field.child ?? '',
    settings: settingsFrom(field),
    more: moreFrom(field),
    conditions: conditionsIn(field),
    indexed: field.indexed === true,
    default: field.default ?? null,
  };
}

/** What differs, as the metadata API takes it. Texts are changed in the reader's language and kept in the other. */
function changesOf(field: Field, draft: FieldDraft, language: Language): { readonly [name: string]: unknown } {
  const before = definitionOf(draftOf(field, (label) => label?.[language] ?? label?.en ?? ''));
  const after = definitionOf(draft);
  const { show: _show, type: _type, ...settings } = after;
  const names = [...new Set([...Object.keys(settings), ...Object.keys(before)])].filter((name) => name !== 'show' && name !== 'type');
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(
    changed.map((name) => {
      if (name === 'label') return [name, { ...field.label, [language]: draft.label }];
      if (name === 'help' && draft.help !== '') return [name, { en: draft.help, ...field.help, [language]: draft.help }];
      if (name === 'options') return [name, optionsOf(field, draft, language)];
      return [name, after[name] ?? (['required', 'unique', 'indexed', 'searchable', 'personal'].includes(name) ? false : null)];
    }),
  );
}

/** Options keep their key and their other language; a condition that is not there any more is taken away. */
function optionsOf(field: Field, draft: FieldDraft, language: Language): readonly unknown[] {
  const known = new Map((field.options ?? []).map((option) => [option.key, option]));
  const given = definitionOf(draft)['options'];
  const options = Array.isArray(given) ? given : [];
  return options.map((option: { key: string; label: string }) => ({
    visibleWhen: null,
    ...option,
    label: { en: option.label, ...known.get(option.key)?.label, [language]: option.label },
  }));
}
