import { DRAWN_TYPES } from '#platform/kernel/given-types.ts';
import { Select } from '@mantine/core';
import { ComputedValue, isComputed } from '#admin-ui/src/fields/computed-value.tsx';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { previewOf, type FieldDraft } from './field-draft.ts';

type Props = {
  readonly draft: FieldDraft;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<FieldDraft>) => void;
};

/** Types whose values the platform gives, or whose beginning is said elsewhere. */
const WITHOUT: readonly string[] = [...DRAWN_TYPES, 'children', 'status', 'file', 'image', 'uuid'];

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
  const isWorkedOut = isComputed(draft.type, draft.default);
  const { help: _help, ...preview } = previewOf(draft);
  const field = { ...preview, name: 'default', label: { en: t('field.default') }, required: false, editable: !isWorkedOut };
  return (
    <div>
      <Input
        field={field}
        value={isWorkedOut ? null : draft.default}
        record={{}}
        error={error}
        onChange={(value) => onChange({ default: value })}
      />
      <ComputedValue use="default" type={draft.type} value={draft.default} onChange={(value) => onChange({ default: value })} />
    </div>
  );
}
