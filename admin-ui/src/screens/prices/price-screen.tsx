import { Skeleton, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCalculator } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { defaultsOf } from '#admin-ui/src/api/defaults.ts';
import { apiName, useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { tryRecord, type RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { TriedPrice } from './tried-price.tsx';

type Objects = { readonly offers: BusinessObject; readonly lines: BusinessObject };

/** The bench on which a price is tried: for whom, what, how much and when, and how the price comes about. */
export function PriceScreen() {
  const { t } = useTexts();
  const [offers, lines] = [useObject('offer'), useObject('offer_line')];
  if (!offers?.permissions.create || !lines) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return <Bench offers={offers} lines={lines} />;
}

function Bench({ offers, lines }: Objects) {
  const { t } = useTexts();
  const me = useMe();
  const [offer, setOffer] = useState<RecordValues>(() => ({ date: defaultsOf(offers, me)['date'] }));
  const [line, setLine] = useState<RecordValues>({ quantity: '1' });
  const [asked] = useDebouncedValue({ ...offer, lines: [line] }, 250);
  const isWhole = Boolean(offer['customerId'] && line['productId'] && line['quantity']);
  const query = useQuery({
    queryKey: ['tried-price', asked],
    queryFn: ({ signal }) => tryRecord(offers, asked, signal),
    enabled: isWhole,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  return (
    <Page title={t('prices.try')} icon={<IconCalculator size={24} stroke={1.7} aria-hidden />}>
      <Stack maw={860}>
        <div className="card price-bench">
          <Inputs object={offers} names={['customer']} values={offer} onChange={setOffer} />
          <Inputs object={lines} names={['product', 'quantity', 'unit']} values={line} onChange={setLine} />
          <Inputs object={offers} names={['date', 'currency', 'priceList']} values={offer} onChange={setOffer} />
        </div>
        <div aria-live="polite">
          {!isWhole ? (
            <Empty icon={<IconCalculator size={36} stroke={1.4} aria-hidden />} title={t('prices.choose')} text={t('prices.chooseText')} />
          ) : query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : query.data ? (
            <TriedPrice lines={lines} offer={query.data} />
          ) : (
            <Skeleton height={160} radius="md" aria-label={t('loading')} />
          )}
        </div>
      </Stack>
    </Page>
  );
}

type InputsProps = {
  readonly object: BusinessObject;
  readonly names: readonly string[];
  readonly values: RecordValues;
  readonly onChange: (values: RecordValues) => void;
};

function Inputs({ object, names, values, onChange }: InputsProps) {
  const uis = useFieldUis();
  return names
    .flatMap((name) => object.fields.find((field) => field.name === name) ?? [])
    .map((field) => {
      const { Input } = uis(field);
      const name = apiName(field);
      return (
        <Input
          key={name}
          field={{ ...field, editable: true }}
          value={values[name]}
          record={values}
          onChange={(value) => onChange({ ...values, [name]: value })}
        />
      );
    });
}
