import { Button, Group, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArchive, IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { apiName, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { LANGUAGES, useTexts, type Language } from '#admin-ui/src/i18n/index.ts';
import { listableFields } from '#admin-ui/src/screens/list/list-query.ts';
import { ChangeDialog, type Proposed } from './change-dialog.tsx';
import { FeatureBoxes, featuresOf, tickedOf } from './feature-boxes.tsx';
import { IconSelect } from './icon-select.tsx';
import { LONG_TEXTS } from './long-texts.ts';

type Settings = {
  readonly label: BusinessObject['label'];
  readonly pluralLabel: BusinessObject['pluralLabel'];
  readonly icon: string;
  readonly titleField: string;
  readonly defaultSort: string;
  readonly features: readonly string[];
};

type Props = { readonly object: BusinessObject };

/** What an object is called and shows, what it has, and its end. What a change would do is shown before it is done. */
export function ObjectSettings({ object }: Props) {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const given = settingsOf(object);
  const [draft, setDraft] = useState(given);
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const set = (part: Partial<Settings>): void => setDraft((before) => ({ ...before, ...part }));
  const changes = changesOf(given, draft);
  const propose = (kind: string, title: string, more: Partial<Proposed['change']> = {}): void =>
    setProposed({ title, change: { kind, object: object.id, ...more }, isDanger: kind === 'dropObject' });
  return (
    <Stack>
      {object.state === 'active' && (
        <form
          className="card section"
          onSubmit={(event) => {
            event.preventDefault();
            propose('changeObject', t('objects.change', { object: say(object.label) }), { set: changes });
          }}
        >
          <Stack>
            <Names draft={draft} onChange={set} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <IconSelect value={draft.icon} onChange={(icon) => set({ icon })} />
              <Select
                label={t('objects.titleField')}
                description={t('objects.titleField.help')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                allowDeselect={false}
                data={titleFields(object).map((field) => ({ value: field.name, label: say(field.label) }))}
                value={draft.titleField}
                onChange={(name) => name !== null && set({ titleField: name })}
              />
              <Sort object={object} sort={draft.defaultSort} onChange={(defaultSort) => set({ defaultSort })} />
            </SimpleGrid>
            <FeatureBoxes value={draft.features} onChange={(features) => set({ features })} />
            <Group justify="flex-end">
              <Button type="submit" disabled={Object.keys(changes).length === 0}>
                {t('fields.preview')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {object.custom === true && <End object={object} onPropose={propose} />}
      {proposed && (
        <ChangeDialog
          proposed={proposed}
          onClose={() => setProposed(null)}
          onDone={() => {
            if (proposed.change['kind'] === 'dropObject') void navigate({ to: '/settings/objects' });
          }}
        />
      )}
    </Stack>
  );
}

type PartProps = { readonly draft: Settings; readonly onChange: (part: Partial<Settings>) => void };

/** One and many, in each language of the screens. */
function Names({ draft, onChange }: PartProps) {
  const { t } = useTexts();
  const languages: readonly Language[] = ['en', 'de'];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {(['label', 'pluralLabel'] as const).flatMap((setting) =>
        languages.map((language) => (
          <TextInput
            key={`${setting} ${language}`}
            label={`${t(`objects.${setting}`)}, ${LANGUAGES[language]}`}
            required={language === 'en'}
            value={draft[setting][language] ?? ''}
            onChange={(event) => onChange({ [setting]: spoken(draft[setting], language, event.currentTarget.value) })}
          />
        )),
      )}
    </SimpleGrid>
  );
}

type SortProps = { readonly object: BusinessObject; readonly sort: string; readonly onChange: (sort: string) => void };

/** The order of lists that nobody has sorted; one by several fields is kept until another is chosen. */
function Sort({ object, sort, onChange }: SortProps) {
  const { t, say } = useTexts();
  const isDown = sort.startsWith('-');
  const name = isDown ? sort.slice(1) : sort;
  const fields = listableFields(object).filter((field) => field.state === 'active' && SORTABLE.includes(field.storage ?? ''));
  const data = fields.map((field) => ({ value: apiName(field), label: say(field.label) }));
  const isOffered = name === '' || data.some(({ value }) => value === name);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <Select
        className="grow"
        label={t('objects.defaultSort')}
        searchable
        clearable
        data={isOffered ? data : [...data, { value: name, label: name }]}
        value={name === '' ? null : name}
        onChange={(chosen) => onChange(chosen === null ? '' : `${isDown ? '-' : ''}${chosen}`)}
      />
      <SegmentedControl
        aria-label={t('objects.direction')}
        disabled={name === '' || name.includes(',')}
        value={isDown ? 'down' : 'up'}
        data={[
          { value: 'up', label: t('objects.ascending') },
          { value: 'down', label: t('objects.descending') },
        ]}
        onChange={(direction) => onChange(`${direction === 'down' ? '-' : ''}${name}`)}
      />
    </Group>
  );
}

type EndProps = Props & { readonly onPropose: (kind: string, title: string) => void };

/** An object of one's own is taken out of use, brought back, or deleted with its data. */
function End({ object, onPropose }: EndProps) {
  const { t, say } = useTexts();
  const named = { object: say(object.label) };
  const isRetired = object.state === 'retired';
  return (
    <section className="card section" aria-label={t('objects.end')}>
      <Title order={2}>{t('objects.end')}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t(isRetired ? 'objects.end.retired' : 'objects.end.help')}
      </Text>
      <Group>
        {isRetired ? (
          <>
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => onPropose('restoreObject', t('objects.restoreObject', named))}
            >
              {t('action.restore')}
            </Button>
            <Button
              color="red"
              variant="light"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => onPropose('dropObject', t('objects.dropObject', named))}
            >
              {t('fields.drop')}
            </Button>
          </>
        ) : (
          <Button
            color="red"
            variant="light"
            leftSection={<IconArchive size={16} aria-hidden />}
            onClick={() => onPropose('retireObject', t('objects.retireObject', named))}
          >
            {t('fields.retire')}
          </Button>
        )}
      </Group>
    </section>
  );
}

const SORTABLE: readonly string[] = ['text', 'integer', 'bigint', 'numeric', 'date', 'time', 'timestamp', 'boolean'];

function titleFields(object: BusinessObject) {
  const canBeTitle = object.fields.filter(
    ({ state, storage, type }) => state === 'active' && storage === 'text' && !LONG_TEXTS.includes(type),
  );
  return object.fields.filter((field) => canBeTitle.includes(field) || field.name === object.titleField);
}

function settingsOf(object: BusinessObject): Settings {
  const { label, pluralLabel, icon = 'box', titleField, defaultSort = '', features } = object;
  return { label, pluralLabel, icon, titleField, defaultSort, features: tickedOf(features) };
}

/** A text in one more language, or without it. */
function spoken(label: BusinessObject['label'], language: Language, text: string): BusinessObject['label'] {
  const { de: _de, ...rest } = label;
  return language === 'de' && text === '' ? rest : { ...label, [language]: text };
}

/** What differs, as the metadata API takes it. */
function changesOf(before: Settings, after: Settings): { readonly [name: string]: unknown } {
  const sent = (settings: Settings) => ({
    ...settings,
    defaultSort: settings.defaultSort === '' ? null : settings.defaultSort,
    features: featuresOf(settings.features),
  });
  const [was, is] = [sent(before), sent(after)];
  return Object.fromEntries(Object.entries(is).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(was, name))));
}
