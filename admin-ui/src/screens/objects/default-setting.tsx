import { Checkbox, Group, Select } from '@mantine/core';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { previewOf, type FieldDraft } from './field-draft.ts';

type Props = {
  readonly draft: FieldDraft;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<FieldDraft>) => void;
};

/** Types whose values the platform gives, or whose beginning is said elsewhere. */
const WITHOUT: readonly string[] = ['autoNumber', 'documentNumber', 'children', 'status', 'file', 'image', 'uuid'];

/** Defaults that are worked out when a record is made. */
const COMPUTED = { date: 'today', dateTime: 'now', user: '$me' } as const;

/** What a new record begins with: a value, or for days, instants and people "today", "now", "me". */
export function DefaultSetting({ draft, error, onChange }: Props) {
  const { t } = useTexts();
  const { Input } = useFieldUis()({ type: draft.type });
  if (WITHOUT.includes(draft.type)) return null;
  if (draft.type === 'boolean') {
    return (
      <Select
        label={t('field.default')}
        clearable
        data={[
          { value: 'true', label: t('field.yes') },
          { value: 'false', label: t('field.no') },
        ]}
        value={typeof draft.default === 'boolean' ? `${draft.default}` : null}
        error={error}
        onChange={(value) => onChange({ default: value === null ? null : value === 'true' })}
      />
    );
  }
  const computed = draft.type === 'date' || draft.type === 'dateTime' || draft.type === 'user' ? COMPUTED[draft.type] : undefined;
  const isComputed = computed !== undefined && draft.default === computed;
  const { help: _help, ...preview } = previewOf(draft);
  const field = { ...preview, name: 'default', label: { en: t('field.default') }, required: false, editable: !isComputed };
  return (
    <div>
      <Input
        field={field}
        value={isComputed ? null : draft.default}
        record={{}}
        error={error}
        onChange={(value) => onChange({ default: value })}
      />
      {computed !== undefined && (
        <Group mt={6}>
          <Checkbox
            label={t(`field.default.${computed === '$me' ? 'me' : computed}`)}
            checked={isComputed}
            onChange={(event) => onChange({ default: event.currentTarget.checked ? computed : null })}
          />
        </Group>
      )}
    </div>
  );
}
