import { Anchor, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useObjects, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { recordTitle } from '../api/titles.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { ObjectIcon } from '../ui/icon.tsx';
import { amountOf, chainOf, keyOf, type ChainLink } from './chain.ts';

/** `version`: of the document that is looked at; when it becomes another one, others may have too. */
type Props = { readonly object: BusinessObject; readonly id: string; readonly version: unknown };

/** The documents before and after one, with how they stand: from the offer to the credit note of its last invoice. */
export function DocumentChain({ object, id, version }: Props) {
  const { t } = useTexts();
  const objects = useObjects();
  const chain = useQuery({
    queryKey: ['related', object.name, 'chain', id, version],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => chainOf({ object, id }, objects, signal),
  });
  if (chain.isPending) return <Skeleton height={38} radius="md" />;
  if (chain.isError)
    return (
      <Text size="sm" c="dimmed">
        {chain.error.message}
      </Text>
    );
  return (
    <ol className="chain" aria-label={t('chain.title')}>
      {chain.data.map((link) => (
        <ChainEntry key={keyOf(link)} link={link} isHere={textOf(link.record['id']) === id} />
      ))}
    </ol>
  );
}

function ChainEntry({ link, isHere }: { readonly link: ChainLink; readonly isHere: boolean }) {
  const { t, say } = useTexts();
  const { object, record } = link;
  const status = object.fields.find(({ type, state }) => type === 'status' && state !== 'retired');
  const amount = amountOf(link);
  const title = recordTitle(object, record) || t('chain.draft');
  return (
    <li data-here={isHere || undefined} {...(isHere ? { 'aria-current': 'true' as const } : {})}>
      <ObjectIcon name={object.icon} size={16} />
      <div>
        <div className="chain-row">
          <span className="dim">{say(object.label)}</span>
          {status && <Shown field={status} record={record} />}
        </div>
        <div className="chain-row">
          {isHere ? (
            <b>{title}</b>
          ) : (
            <Anchor
              inherit
              renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: textOf(record['id']) }} />}
            >
              {title}
            </Anchor>
          )}
          <span className="chain-amount">{amount && <Shown field={amount} record={record} />}</span>
        </div>
      </div>
    </li>
  );
}

function Shown({ field, record }: { readonly field: Field; readonly record: RecordValues }) {
  const { Cell } = useFieldUis()(field);
  return <Cell field={field} value={record[field.name]} record={record} />;
}
