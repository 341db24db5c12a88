import { Anchor, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { reservationsOf } from '#admin-ui/src/api/stock.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';

/** Which orders hold some of the stock, for those who may know. */
export function HeldByOrders({ item }: { readonly item: string }) {
  const reservations = useObject('reservation');
  return reservations ? <Orders item={item} reservations={reservations} /> : null;
}

function Orders({ item, reservations }: { readonly item: string; readonly reservations: BusinessObject }) {
  const { t, language } = useTexts();
  const query = useQuery({
    queryKey: ['stock', 'reservations', item],
    queryFn: ({ signal }) => reservationsOf(reservations, item, signal),
  });
  return (
    <section aria-label={t('stock.heldBy')}>
      <Title order={3} size="h5" mb={4}>
        {t('stock.heldBy')}
      </Title>
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Text size="sm" className="dim">
          {t('stock.notHeld')}
        </Text>
      )}
      <ul className="stock-held">
        {query.data?.map(({ id, orderId, order, quantity }) => (
          <li key={id}>
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: 'order', id: orderId }} />}>
              {order?.number ?? '…'}
            </Anchor>
            <span className="stock-figure">{formatDecimal(quantity, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
