import { Anchor, Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { allocationsOf, openItem, othersOf, type Allocation, type OpenItem } from '#admin-ui/src/api/allocations.ts';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { runCommand } from '#admin-ui/src/api/records.ts';
import { formatDate, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { AllocationGrid } from './allocation-grid.tsx';
import '#admin-ui/src/styles/allocate.css';

/** What a payment or a credit note settles: line by line over what the customer owes, and what it has settled already. */
export function AllocateScreen() {
  const { t } = useTexts();
  const { item } = useParams({ from: '/app/working/allocate/$item' });
  const [items, allocations] = [useObject('open_item'), useObject('allocation')];
  if (!items || !allocations) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return <Allocating key={item} items={items} allocations={allocations} id={item} />;
}

type Props = { readonly items: BusinessObject; readonly allocations: BusinessObject; readonly id: string };

function Allocating({ items, allocations, id }: Props) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['allocate', id],
    queryFn: async ({ signal }) => {
      const item = await openItem(items, id, signal);
      const [others, done] = await Promise.all([othersOf(items, item, signal), allocationsOf(allocations, item, signal)]);
      return { item, others, done };
    },
    gcTime: 0,
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['allocate'] });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton height={320} radius="md" aria-label={t('loading')} />;
  const { item, others, done } = query.data;
  return (
    <Page title={t('allocate.title', { name: item.reference ?? '' })} icon={<IconArrowsExchange size={24} stroke={1.7} aria-hidden />}>
      <Stack>
        <Group className="card allocate-head" justify="space-between">
          <div>
            <Anchor renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: 'customer', id: item.customerId }} />}>
              {item.customer?.name}
            </Anchor>
            <Text size="sm" className="dim">
              <Anchor inherit underline="always" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={placeOf(item)} />}>
                {item.reference}
              </Anchor>
              {' · '}
              {formatDate(item.date, language)}
            </Text>
          </div>
          <Figure label={t('allocate.amount')} value={formatMoney(item.amount, item.currency, language)} />
          <Figure label={t('allocate.open')} value={formatMoney(item.open, item.currency, language)} />
        </Group>
        {item.side === 'debit' ? (
          <Credits others={others} />
        ) : (
          <AllocationGrid key={`${item.open} ${done.length}`} items={items} item={item} others={others} onDone={refresh} />
        )}
        {done.length > 0 && <Done allocations={allocations} item={item} done={done} onDone={refresh} />}
      </Stack>
    </Page>
  );
}

/** The record of an item: the payment itself, else the item. */
function placeOf({ id, kind, paymentId }: OpenItem): { readonly object: string; readonly id: string } {
  return kind === 'payment' && paymentId !== null ? { object: 'payment', id: paymentId } : { object: 'open_item', id };
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <Text size="xs" className="dim">
        {label}
      </Text>
      <Text fw={600} className="allocate-figure">
        {value}
      </Text>
    </div>
  );
}

/** What is in the customer's favour, from which one allocates to what they owe. */
function Credits({ others }: { readonly others: readonly OpenItem[] }) {
  const { t, language } = useTexts();
  return (
    <section className="card allocate-part">
      <Text mb="xs">{t(others.length === 0 ? 'allocate.noCredits' : 'allocate.fromCredits')}</Text>
      {others.map((other) => (
        <div key={other.id}>
          <Anchor renderRoot={(props) => <Link {...props} to="/allocate/$item" params={{ item: other.id }} />}>
            {other.reference ?? t('allocate.untitled')} · {formatMoney(other.open, other.currency, language)}
          </Anchor>
        </div>
      ))}
    </section>
  );
}

type DoneProps = {
  readonly allocations: BusinessObject;
  readonly item: OpenItem;
  readonly done: readonly Allocation[];
  readonly onDone: () => void;
};

/** What was settled before, each with its way back. */
function Done({ allocations, item, done, onDone }: DoneProps) {
  const { t, language } = useTexts();
  const undo = useMutation({
    mutationFn: (id: string) => runCommand(allocations, id, { name: 'undo', input: { reason: t('allocate.undoReason') } }),
    onSuccess: () => notifyDone(t('allocate.undone')),
    onSettled: onDone,
  });
  const mayUndo = allocations.permissions.commands === true || allocations.permissions.commands.includes('undo');
  return (
    <section className="card allocate-part">
      <Title order={2} size="h4">
        {t('allocate.done')}
      </Title>
      {undo.isError && <Failure error={undo.error} />}
      <DataTable label={t('allocate.done')} minWidth={420} isDense>
        <Table.Tbody>
          {done.map((one) => {
            const name = (item.side === 'debit' ? one.credit?.reference : one.debit?.reference) ?? t('allocate.untitled');
            return (
              <Table.Tr key={one.id}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{formatDate(one.date, language)}</Table.Td>
                <Table.Td className="line-number">{formatMoney(one.amount, one.currency, language)}</Table.Td>
                <Table.Td ta="end">
                  {mayUndo && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t('allocate.undoOf', { name })}
                      loading={undo.isPending && undo.variables === one.id}
                      onClick={() => undo.mutate(one.id)}
                    >
                      {t('action.undo')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </DataTable>
    </section>
  );
}
