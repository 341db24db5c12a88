import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ListCount } from './list-count.tsx';
import { isSummed } from './summed.ts';
import type { List } from './use-list.ts';

/** Below the rows: how many there are, and what their amounts come to, by currency, when asked. */
export function ListFooter({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const fields = list.shown.columns.filter(isSummed);
  const canSum = fields.length > 0 && list.state.q === undefined && list.state.deleted === undefined && !list.rows.isEmpty;
  return (
    <div className="list-foot">
      <ListCount object={object} query={list.query} round={list.round} />
      {list.hasFilter && (
        <Button size="compact-xs" variant="subtle" onClick={() => list.change({ filter: undefined, q: undefined })}>
          {t('filter.clear')}
        </Button>
      )}
      <span className="grow" />
      {canSum && isOpen && <Sums object={object} list={list} fields={fields} />}
      {canSum && (
        <Button size="compact-xs" variant="subtle" aria-pressed={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'list.hideSums' : 'list.sums')}
        </Button>
      )}
    </div>
  );
}

type SumsProps = { readonly object: BusinessObject; readonly list: List; readonly fields: readonly Field[] };

/** What each column comes to: one figure of plain numbers, of money one for each currency. */
function Sums({ object, list, fields }: SumsProps) {
  const currencyOf = (field: Field): string => {
    const name = field.type === 'money' ? (field.currencyField ?? 'currency') : '';
    return object.fields.some((one) => one.name === name) ? name : '';
  };
  const parts = [...Map.groupBy(fields, currencyOf)];
  return (
    <span className="list-sums" aria-live="polite">
      {parts.map(([currency, summed]) => (
        <SumsOf key={currency} object={object} list={list} fields={summed} groupBy={currency === '' ? [] : [currency]} />
      ))}
    </span>
  );
}

function SumsOf({ object, list, fields, groupBy }: SumsProps & { readonly groupBy: readonly string[] }) {
  const { say } = useTexts();
  const uis = useFieldUis();
  const body = {
    groupBy,
    metrics: fields.map((field) => ({ fn: 'sum', field: field.name, as: field.name })),
    ...(list.query.filter === undefined ? {} : { filter: list.query.filter }),
  };
  const answer = useQuery({
    queryKey: ['sums', object.name, JSON.stringify(body), list.round],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly RecordValues[] }>(`${recordsPath(object)}/aggregate`, { method: 'POST', body, signal }),
  });
  if (answer.isError) return <span role="alert">{answer.error.message}</span>;
  const groups = answer.data?.items ?? [];
  return fields.map((field) => {
    const { Cell } = uis(field);
    const found = groups.filter((item) => item[field.name] !== null);
    return (
      found.length > 0 && (
        <span key={field.id}>
          {say(field.label)}:
          {found.map((item, index) => (
            <b key={index}>
              <Cell field={field} value={textOf(item[field.name])} record={item} />
            </b>
          ))}
        </span>
      )
    );
  });
}
