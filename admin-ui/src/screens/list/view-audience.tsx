import { Select } from '@mantine/core';
import { useRoles, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** Oneself, and everyone: who a view is for, unless it is for a role; no role is named so. */
export const ME = ' me';
const EVERYONE = ' everyone';

type Props = {
  readonly value: string;
  /** What others have already does not become one's own. */
  readonly isShared?: boolean;
  readonly onChange: (audience: string) => void;
};

/** For whom a view is. */
export function ViewAudience({ value, isShared = false, onChange }: Props) {
  const { t } = useTexts();
  const roles = useRoles();
  return (
    <Select
      label={t('view.for')}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => onChange(chosen ?? ME)}
      data={[
        ...(isShared ? [] : [{ value: ME, label: t('view.forMe') }]),
        { value: EVERYONE, label: t('view.forEveryone') },
        { group: t('view.forRole'), items: roles.map((role) => ({ value: role.name, label: role.label })) },
      ]}
    />
  );
}

/** As the API takes it: one's own view says nothing of it. */
export function visibilityOf(audience: string): { readonly visibility?: { readonly kind: string; readonly role?: string } } {
  if (audience === ME) return {};
  return { visibility: audience === EVERYONE ? { kind: 'everyone' } : { kind: 'role', role: audience } };
}

/** Who a view is for. */
export function audienceOf({ visibility }: ViewDefinition): string {
  return visibility.kind === 'role' ? visibility.role : visibility.kind === 'everyone' ? EVERYONE : ME;
}
