import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** Leads to the list of exactly these records. */
export function ShowRecords({ object, ids }: { readonly object: string; readonly ids: readonly string[] }) {
  const { t } = useTexts();
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object }} search={{ filter: { id: { in: [...ids] } } }} />}
    >
      {t('change.showRecords', { count: ids.length })}
    </Anchor>
  );
}
