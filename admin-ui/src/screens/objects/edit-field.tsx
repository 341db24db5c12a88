import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Label } from '#platform/kernel/model.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts, type Language } from '#admin-ui/src/i18n/index.ts';
import { ChangeDialog, type Proposed } from './change-dialog.tsx';
import { conditionsIn, definitionOf, emptyDraft, moreFrom, settingsFrom, type FieldDraft } from './field-draft.ts';
import { FieldForm } from './field-form.tsx';
import { changedOptions, conditionsOfOptions, listNameFrom, optionDrafts } from './option-draft.ts';
import { FilledShare, UsedIn } from './field-usage.tsx';
import { useUsage } from './use-usage.ts';

type Props = { readonly object: BusinessObject; readonly field: Field; readonly onClose: () => void };

/** Changes a field: what it would do is shown before it is done. */
export function EditField({ object, field, onClose }: Props) {
  const { t, say, language } = useTexts();
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(field, say));
  const usage = useUsage(object);
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const title = t('fields.change', { field: say(field.label) });
  if (proposed) {
    return <ChangeDialog proposed={proposed} onClose={() => setProposed(null)} onDone={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} size="xl" title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setProposed({ title, ...proposalOf(object, { field, draft, language }) });
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
            <Button type="submit" disabled={draft.newList === undefined && Object.keys(changesOf(field, draft, language)).length === 0}>
              {t('fields.preview')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type Edited = { readonly field: Field; readonly draft: FieldDraft; readonly language: Language };

/** The change; when the field's options become a list, that list is made with it, in one version. */
function proposalOf(object: BusinessObject, { field, draft, language }: Edited): Pick<Proposed, 'change' | 'first'> {
  const set = changesOf(field, draft, language);
  const change = { kind: 'changeField', object: object.id, field: field.id, set };
  if (draft.newList === undefined) return { change };
  const name = listNameFrom(draft.newList);
  const options = changedOptions(draft.options, field.options ?? [], language).map((option) => ({ ...option, visibleWhen: null }));
  const optionList = { name, label: { en: draft.newList, [language]: draft.newList }, options };
  const conditions = conditionsOfOptions(draft.options);
  return {
    first: [{ kind: 'addOptionList', optionList }],
    change: { ...change, set: { ...set, optionList: name, options: conditions.length === 0 ? null : conditions } },
  };
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
    options: optionDrafts(field.options ?? [], say),
    optionList: field.optionList ?? '',
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
      if (name === 'options' && draft.optionList === '') return [name, changedOptions(draft.options, field.options ?? [], language)];
      return [name, after[name] ?? (['required', 'unique', 'indexed', 'searchable', 'personal'].includes(name) ? false : null)];
    }),
  );
}
