import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useFieldTypes, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { askedFields } from './field-conditions.tsx';
import { hasOptions, isTargeted, SETTINGS, type FieldDraft, type Setting } from './field-draft.ts';
import { keyFrom } from './option-draft.ts';
import { FieldOptions } from './field-options.tsx';
import { SpecialSettings } from './reference-settings.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly draft: FieldDraft;
  readonly problems: { readonly [path: string]: string };
  readonly onChange: (part: Partial<FieldDraft>) => void;
  /** A field of this type that is there: its options can become a list. */
  readonly isExisting?: boolean;
};

/** What a type asks beyond a name: its options, its target, its bounds, its format. The server's list of types says which. */
export function TypeSettings(props: Props) {
  const { object, draft, problems, onChange, isExisting = false } = props;
  const asked = useFieldTypes().find((type) => type.name === draft.type)?.settings ?? {};
  const names = SETTINGS.filter((name) => name in asked);
  return (
    <>
      {hasOptions(draft.type) && (
        <FieldOptions
          draft={draft}
          isExisting={isExisting}
          error={Object.entries(problems).find(([path]) => ['options', 'optionList'].includes(path.split('.')[0] ?? ''))?.[1]}
          fields={draft.type === 'status' ? [] : askedFields(object).filter((field) => field.name !== draft.name)}
          onChange={onChange}
        />
      )}
      {isTargeted(draft.type) && <Target {...props} />}
      <SpecialSettings {...props} />
      {draft.type === 'children' && <Child {...props} />}
      {names.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {names.map((name) => (
            <SettingInput key={name} name={name} {...props} />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

function SettingInput({ name, object, draft, problems, onChange }: Props & { readonly name: Setting }) {
  const { t, say } = useTexts();
  const value = draft.settings[name] ?? '';
  const set = (next: string): void => onChange({ settings: { ...draft.settings, [name]: next } });
  const common = { label: t(`field.${name}`), description: t(`field.${name}Help`), error: problems[name] };
  if (name === 'currencyField') {
    const fields = object.fields.filter((field) => field.type === 'text' && field.state === 'active' && (field.maxLength ?? 0) === 3);
    const data = fields.map((field) => ({ value: field.name, label: say(field.label) }));
    return <Select {...common} clearable data={data} value={value || null} onChange={(chosen) => set(chosen ?? '')} />;
  }
  if (name === 'initial') {
    const data = draft.options
      .filter((option) => option.label !== '')
      .map((option) => ({ value: option.key || keyFrom(option.label), label: option.label }));
    return <Select {...common} data={data} value={value || null} onChange={(chosen) => set(chosen ?? '')} />;
  }
  return (
    <TextInput
      {...common}
      value={value}
      {...(name === 'pattern' || name === 'format' ? { className: 'code-line' } : { inputMode: 'decimal' })}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function Target({ draft, problems, onChange }: Props) {
  const { t, say } = useTexts();
  const objects = useObjects().filter((one) => one.parent === undefined);
  return (
    <Select
      label={t('field.target')}
      required
      searchable
      data={objects.map((one) => ({ value: one.name, label: say(one.label) }))}
      value={draft.target || null}
      error={problems['target']}
      onChange={(target) => onChange({ target: target ?? '' })}
    />
  );
}

function Child({ object, draft, problems, onChange }: Props) {
  const { t, say } = useTexts();
  const rows = useObjects().filter((one) => one.parent === object.name);
  return (
    <Select
      label={t('field.child')}
      description={t('field.childHelp')}
      required
      data={rows.map((one) => ({ value: one.name, label: say(one.label) }))}
      value={draft.child || null}
      error={problems['child']}
      onChange={(child) => onChange({ child: child ?? '' })}
    />
  );
}
