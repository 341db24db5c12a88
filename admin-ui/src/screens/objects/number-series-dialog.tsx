import { Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMe, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords } from '#admin-ui/src/api/records.ts';
import { recordTitle, titleFields } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import type { NumberSeries } from './use-usage.ts';

type Props = {
  readonly object: BusinessObject;
  readonly field: Field;
  /** The series that goes on; absent where the field has none yet, or another one is meant. */
  readonly series: NumberSeries | undefined;
  readonly onClose: () => void;
};

/** Lets a series of numbers go on from another number: of a company, and of a year where the number tells it. */
export function NumberSeriesDialog({ object, field, series, onClose }: Props) {
  const { t, say } = useTexts();
  const { company } = useMe();
  const client = useQueryClient();
  const isOfDocuments = field.type === 'documentNumber';
  const hasCompany = isOfDocuments && object.features.company === true;
  const hasYear = isOfDocuments && (field.format ?? '').includes('{YY');
  const [companyId, setCompany] = useState(series?.company ?? company?.id ?? null);
  const [year, setYear] = useState<number | string>(() => Number(series?.year ?? new Date().getFullYear()));
  const [next, setNext] = useState<number | string>((series?.last ?? 0) + 1);
  const change = useMutation({
    mutationFn: () =>
      ask(`/api/${object.module}/number-series/${object.name}/${field.name}`, {
        method: 'PUT',
        body: { next: Number(next), ...(hasCompany ? { companyId } : {}), ...(hasYear ? { year: Number(year) } : {}) },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['usage', object.name] });
      notifyDone(t('numbering.chosen', { number: String(next) }));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('numbering.next', { field: say(field.label) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('numbering.nextText')}
          </Text>
          {hasCompany && <Companies value={companyId} onChange={setCompany} isFixed={series !== undefined} />}
          {hasYear && (
            <NumberInput
              label={t('numbering.year')}
              value={year}
              onChange={setYear}
              min={1900}
              max={9999}
              thousandSeparator=""
              disabled={series !== undefined}
            />
          )}
          <NumberInput
            label={t('numbering.nextNumber')}
            value={next}
            onChange={setNext}
            min={(series?.last ?? 0) + 1}
            allowDecimal={false}
            data-autofocus
          />
          {change.isError && <Failure error={change.error} />}
          <DialogButtons onCancel={onClose} isPending={change.isPending} />
        </Stack>
      </form>
    </Modal>
  );
}

type CompaniesProps = { readonly value: string | null; readonly onChange: (id: string | null) => void; readonly isFixed: boolean };

function Companies({ value, onChange, isFixed }: CompaniesProps) {
  const { t } = useTexts();
  const company = useObjects().find(({ name }) => name === 'company');
  const found = useQuery({
    queryKey: ['companies'],
    queryFn: ({ signal }) =>
      company
        ? queryRecords(company, { fields: ['id', ...titleFields(company).map(({ name }) => name)].join(','), limit: 200 }, signal)
        : null,
    enabled: company !== undefined,
  });
  const data = (found.data?.items ?? []).map((record) => ({
    value: textOf(record['id']),
    label: company ? recordTitle(company, record) : '',
  }));
  return <Select label={t('numbering.company')} data={data} value={value} onChange={onChange} disabled={isFixed} searchable />;
}
