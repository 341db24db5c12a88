import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { FieldDraft } from './field-draft.ts';

type Props = {
  readonly object: BusinessObject;
  readonly draft: FieldDraft;
  readonly problems: { readonly [path: string]: string };
  readonly onChange: (part: Partial<FieldDraft>) => void;
};

const REFERENCES = ['lookup', 'user'];
const WITHOUT_ORIGIN = ['children', 'relatedValue'];

/** The settings that only some types have: what they refer to, read, or take. Nothing for all other types. */
export function SpecialSettings(props: Props) {
  const type = props.draft.type;
  if (type === 'polymorphic') return <Targets {...props} />;
  if (type === 'relatedValue' || type === 'snapshot') return <Origin {...props} />;
  if (type === 'file' || type === 'image') return <FileSettings {...props} />;
  return null;
}

function Targets({ draft, problems, onChange }: Props) {
  const { t, say } = useTexts();
  const objects = useObjects().filter((one) => one.parent === undefined);
  const chosen = draft.more['targets'];
  return (
    <MultiSelect
      label={t('field.targets')}
      required
      searchable
      data={objects.map((one) => ({ value: one.name, label: say(one.label) }))}
      value={Array.isArray(chosen) ? chosen.map(String) : []}
      error={problems['targets']}
      onChange={(targets) => onChange({ more: { ...draft.more, targets } })}
    />
  );
}

/** Every field that a reference of this object leads to, grouped by the reference. */
function Origin({ object, draft, problems, onChange }: Props) {
  const { t, say } = useTexts();
  const objects = useObjects();
  const groups = object.fields
    .filter((field) => field.state === 'active' && REFERENCES.includes(field.type))
    .flatMap((field) => {
      const target = objects.find((one) => one.name === (field.target ?? 'user'));
      const items = (target?.fields ?? [])
        .filter((one) => one.state === 'active' && one.system !== true && !WITHOUT_ORIGIN.includes(one.type))
        .map((one) => ({ value: `${field.name}.${one.name}`, label: `${say(field.label)}: ${say(one.label)}` }));
      return items.length === 0 ? [] : [{ group: say(field.label), items }];
    });
  const path = draft.more['path'];
  return (
    <Select
      label={t('field.path')}
      description={t('field.pathHelp')}
      required
      searchable
      data={groups}
      value={typeof path === 'string' ? path : null}
      error={problems['path']}
      onChange={(next) => onChange({ more: { ...draft.more, path: next ?? '' } })}
    />
  );
}

function FileSettings(props: Props) {
  const { t } = useTexts();
  const { draft, problems, onChange } = props;
  const accept = draft.more['accept'];
  return (
    <>
      <TextInput
        label={t('field.accept')}
        description={t('field.acceptHelp')}
        defaultValue={Array.isArray(accept) ? accept.join(', ') : ''}
        error={problems['accept']}
        onChange={(event) => {
          const types = event.currentTarget.value.split(/[\s,;]+/).filter(Boolean);
          onChange({ more: types.length === 0 ? without(draft.more, 'accept') : { ...draft.more, accept: types } });
        }}
      />
      <NumberSetting {...props} name="megabytesMax" />
    </>
  );
}

function NumberSetting({ draft, problems, onChange, name }: Props & { readonly name: 'megabytesMax' }) {
  const { t } = useTexts();
  const given = draft.more[name];
  return (
    <TextInput
      label={t(`field.${name}`)}
      inputMode="numeric"
      value={typeof given === 'number' ? String(given) : ''}
      error={problems[name]}
      onChange={(event) => {
        const digits = event.currentTarget.value.replaceAll(/\D/g, '');
        onChange({ more: digits === '' ? without(draft.more, name) : { ...draft.more, [name]: Number(digits) } });
      }}
    />
  );
}

function without(more: FieldDraft['more'], name: string): FieldDraft['more'] {
  return Object.fromEntries(Object.entries(more).filter(([key]) => key !== name));
}
