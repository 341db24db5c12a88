import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type ListQuery } from '#admin-ui/src/api/records.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = { readonly object: BusinessObject; readonly query: ListQuery; readonly round: number };

/** How many there are: estimated at once, exact when asked, so that long lists stay fast. */
export function ListCount({ object, query, round }: Props) {
  const { t, language } = useTexts();
  const [exactFor, setExactFor] = useState('');
  const key = JSON.stringify([object.name, query.filter, query.q, query.deleted, round]);
  const count = exactFor === key ? 'exact' : 'estimated';
  const { sort: _sort, ...asked } = query;
  const answer = useQuery({
    queryKey: ['list-count', key, count],
    queryFn: ({ signal }) => queryRecords(object, { ...asked, fields: 'id', limit: 1, count }, signal),
  });
  const number = answer.data?.count;
  if (number === undefined || number === null) return <span aria-live="polite">…</span>;
  const shown = formatDecimal(String(number), language);
  return (
    <>
      <span aria-live="polite">
        {number === 1 ? t('list.countOne') : t(count === 'exact' || number < 1000 ? 'list.count' : 'list.about', { count: shown })}
      </span>
      {count === 'estimated' && number >= 1000 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setExactFor(key)}>
          {t('list.exact')}
        </Button>
      )}
    </>
  );
}
