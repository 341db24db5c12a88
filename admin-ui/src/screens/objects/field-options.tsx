import { Anchor, Group, Input, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { useOptionLists, type SharedList } from '#admin-ui/src/api/option-lists.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { FieldDraft } from './field-draft.ts';
import { ListedOptions } from './listed-options.tsx';
import { listedDrafts, optionDrafts } from './option-draft.ts';
import { OptionsEditor } from './options-editor.tsx';

type Props = {
  readonly draft: FieldDraft;
  readonly error: string | undefined;
  /** Fields that the condition of an option may ask about. */
  readonly fields: readonly Field[];
  /** The field is there, so that its options can become a list. */
  readonly isExisting: boolean;
  readonly onChange: (part: Partial<FieldDraft>) => void;
};

type Source = 'own' | 'list' | 'new';

/** The options of a field: its own, or those of a list, of which it says only when they are offered. */
export function FieldOptions({ draft, error, fields, isExisting, onChange }: Props) {
  const { t, say } = useTexts();
  const { lists } = useOptionLists();
  const source: Source = draft.newList !== undefined ? 'new' : draft.optionList === '' ? 'own' : 'list';
  const use = (list: SharedList): void =>
    onChange({ optionList: list.name, newList: undefined, options: listedDrafts(optionDrafts(list.options, say), draft.options) });
  const choose = (chosen: string): void => {
    const [first] = lists;
    if (chosen === 'list' && first) use(first);
    if (chosen === 'own') onChange({ optionList: '', newList: undefined });
    if (chosen === 'new') onChange({ newList: draft.label });
  };
  const sources: readonly Source[] = [
    'own',
    ...(lists.length > 0 ? (['list'] as const) : []),
    ...newIf(isExisting && draft.optionList === ''),
  ];
  const editor = <OptionsEditor options={draft.options} error={error} fields={fields} onChange={(options) => onChange({ options })} />;
  return (
    <Stack gap="xs">
      {sources.length > 1 && (
        <Input.Wrapper label={t('lists.source')} labelElement="div">
          <SegmentedControl
            display="flex"
            w="fit-content"
            aria-label={t('lists.source')}
            data={sources.map((value) => ({ value, label: t(`lists.source.${value}`) }))}
            value={source}
            onChange={choose}
          />
        </Input.Wrapper>
      )}
      {source === 'new' && (
        <TextInput
          label={t('lists.label')}
          description={t('lists.newListText')}
          required
          maxLength={120}
          value={draft.newList ?? ''}
          onChange={(event) => onChange({ newList: event.currentTarget.value })}
        />
      )}
      {source === 'list' ? (
        <>
          <Group align="end" gap="sm">
            <Select
              label={t('lists.which')}
              className="grow"
              searchable
              allowDeselect={false}
              data={lists.map((list) => ({ value: list.name, label: say(list.label) }))}
              value={draft.optionList}
              error={error}
              onChange={(name) => {
                const list = lists.find((one) => one.name === name);
                if (list) use(list);
              }}
            />
            <ToList list={lists.find((one) => one.name === draft.optionList)} />
          </Group>
          <ListedOptions options={draft.options} fields={fields} onChange={(options) => onChange({ options })} />
        </>
      ) : (
        editor
      )}
    </Stack>
  );
}

function newIf(isOffered: boolean): readonly Source[] {
  return isOffered ? ['new'] : [];
}

function ToList({ list }: { readonly list: SharedList | undefined }) {
  const { t, say } = useTexts();
  if (!list) return <Text size="sm">{t('lists.none')}</Text>;
  return (
    <Anchor size="sm" pb={8} renderRoot={(props) => <Link {...props} to="/settings/option-lists/$list" params={{ list: list.name }} />}>
      {t('lists.changeThere', { list: say(list.label) })}
    </Anchor>
  );
}
