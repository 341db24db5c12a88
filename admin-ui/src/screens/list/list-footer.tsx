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
import type { List } from './use-list.ts';

const SUMMED: readonly string[] = ['money', 'decimal', 'integer'];

/** Below the rows: how many there are, and what their amounts come to, by currency, when asked. */
export function ListFooter({ object, list }: { readonly object: BusinessObject; readonly list: List }) {
  const { t } = useTexts();
  const [isSummed, setSummed] = useState(false);
  const fields = list.shown.columns.filter((field) => SUMMED.includes(field.type) && field.system !== true);
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
      {canSum && isSummed && <Sums object={object} list={list} fields={fields} />}
      {canSum && (
        <Button size="compact-xs" variant="subtle" aria-pressed={isSummed} onClick={() => setSummed(!isSummed)}>
          {t(isSummed ? 'list.hideSums' : 'list.sums')}
        </Button>
      )}
    </div>
  );
}

type SumsProps = { readonly object: BusinessObject; readonly list: List; readonly fields: readonly Field[] };

function Sums({ object, list, fields }: SumsProps) {
  const { say } = useTexts();
  const uis = useFieldUis();
  const hasCurrency = object.fields.some((field) => field.name === 'currency') && fields.some((field) => field.type === 'money');
  const body = {
    groupBy: hasCurrency ? ['currency'] : [],
    metrics: fields.map((field) => ({ fn: 'sum', field: field.name, as: field.name })),
    ...(list.query.filter === undefined ? {} : { filter: list.query.filter }),
  };
  const answer = useQuery({
    queryKey: ['sums', object.name, JSON.stringify(body), list.round],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly RecordValues[] }>(`${recordsPath(object)}/aggregate`, { method: 'POST', body, signal }),
  });
  if (answer.isError) return <span role="alert">{answer.error.message}</span>;
  return (
    <span className="list-sums" aria-live="polite">
      {(answer.data?.items ?? []).map((item, index) => (
        <span key={index}>
          {fields
            .filter((field) => item[field.name] !== null)
            .map((field) => {
              const { Cell } = uis(field);
              return (
                <span key={field.id}>
                  {say(field.label)}: <b>{<Cell field={field} value={textOf(item[field.name])} record={item} />}</b>
                </span>
              );
            })}
        </span>
      ))}
    </span>
  );
}
