import { Badge, Button, Group, Progress, Skeleton, Switch, Text } from '@mantine/core';
import { IconBuildingBank } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { countTransactions, type BankTransaction } from '#admin-ui/src/api/bank.ts';
import { trusted } from '#admin-ui/src/api/client.ts';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { queryRecords } from '#admin-ui/src/api/records.ts';
import { formatDate, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { TransactionPanel } from './transaction-panel.tsx';
import '#admin-ui/src/styles/bank.css';

const SHOWN_MAX = 200;

/** Where a bookkeeper says what the bank's transactions were for: they stand left, what each may settle right. */
export function BankScreen() {
  const { t } = useTexts();
  const object = useObject('bank_transaction');
  if (!object) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return <Desk object={object} />;
}

function Desk({ object }: { readonly object: BusinessObject }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const filter = onlyOpen ? { status: { in: ['unmatched', 'partlyMatched'] } } : {};
  const query = useQuery({
    queryKey: ['bank', 'list', onlyOpen],
    queryFn: async ({ signal }) =>
      trusted<readonly BankTransaction[]>((await queryRecords(object, { filter, sort: 'date,id', limit: SHOWN_MAX }, signal)).items),
    placeholderData: keepPreviousData,
  });
  const rows = query.data ?? [];
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === chosen),
  );
  const shown = rows[at];
  const move = (by: number): void => setChosen(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.id ?? null);
  const onDone = (): void => {
    // What was matched leaves the list: the next one takes its place.
    setChosen(rows[at + 1]?.id ?? rows[at - 1]?.id ?? null);
    void client.invalidateQueries({ queryKey: ['bank'] });
  };
  return (
    <Page title={t('bank.title')} icon={<IconBuildingBank size={24} stroke={1.7} aria-hidden />} actions={<Done object={object} />}>
      <Group mb="sm" justify="space-between">
        <Switch label={t('bank.onlyOpen')} checked={onlyOpen} onChange={(event) => setOnlyOpen(event.currentTarget.checked)} />
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: 'own_bank_account' }} />}>
          {t('bank.import')}
        </Button>
      </Group>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton height={320} radius="md" aria-label={t('loading')} />
      ) : !shown ? (
        <Empty icon={<IconBuildingBank size={36} stroke={1.4} aria-hidden />} title={t('bank.none')} text={t('bank.noneText')} />
      ) : (
        <div className="bank-desk">
          <Transactions rows={rows} chosen={shown.id} onChoose={setChosen} onMove={move} />
          <TransactionPanel key={shown.id} object={object} transaction={shown} onDone={onDone} />
        </div>
      )}
    </Page>
  );
}

function Done({ object }: { readonly object: BusinessObject }) {
  const { t } = useTexts();
  const { data } = useQuery({ queryKey: ['bank', 'count'], queryFn: ({ signal }) => countTransactions(object, signal) });
  if (!data || data.all === 0) return null;
  const label = t('bank.progress', { done: String(data.done), all: String(data.all) });
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" className="dim">
        {label}
      </Text>
      <Progress w={120} value={(data.done / data.all) * 100} aria-label={label} />
    </Group>
  );
}

function inSight(row: HTMLLIElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

type ListProps = {
  readonly rows: readonly BankTransaction[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly onMove: (by: number) => void;
};

/** Arrows go through them; Enter, which a panel hears, matches the one that is shown. */
function Transactions({ rows, chosen, onChoose, onMove }: ListProps) {
  const { t, language } = useTexts();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.focus(), []);
  return (
    <ul
      className="bank-list"
      role="listbox"
      aria-label={t('bank.transactions')}
      aria-activedescendant={`bank-${chosen}`}
      tabIndex={0}
      ref={list}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (by === 0) return;
        event.preventDefault();
        onMove(by);
      }}
    >
      {rows.map((row) => (
        <li
          key={row.id}
          id={`bank-${row.id}`}
          role="option"
          aria-selected={row.id === chosen}
          {...(row.id === chosen ? { ref: inSight } : {})}
          className="bank-row"
          onClick={() => onChoose(row.id)}
        >
          <span className="dim">{formatDate(row.date, language)}</span>
          <span className="bank-name">{row.name ?? row.text}</span>
          <span className="line-number">{formatMoney(row.amount, row.currency, language)}</span>
          <Text size="xs" className="dim bank-text">
            {row.text}
          </Text>
          {Number(row.score) > 0 && row.status !== 'matched' && (
            <Badge size="sm" variant="light" color={Number(row.score) >= 90 ? 'green' : 'gray'}>
              {String(row.score)}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
