import { Stack, Title } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { rowsOf } from '#admin-ui/src/fields/line-rows.ts';
import { RowTable } from '#admin-ui/src/fields/row-table.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';

type Props = { readonly lines: BusinessObject; readonly offer: RecordValues };

/** What a line of the tried offer costs and the steps to it, and what comes along. */
export function TriedPrice({ lines, offer }: Props) {
  const { t, say } = useTexts();
  const [line, ...free] = rowsOf(offer['lines']);
  const steps = lines.fields.find(({ name }) => name === 'priceSteps');
  if (!line || line['unitPrice'] === null || line['unitPrice'] === undefined)
    return <Empty icon={<IconCalculator size={36} stroke={1.4} aria-hidden />} title={t('prices.none')} text={t('prices.noneText')} />;
  return (
    <Stack>
      <Figures lines={lines} line={line} offer={offer} names={['unitPrice', 'discountPercent', 'netAmount']} />
      {steps?.rowFields && (
        <section>
          <Title order={2} size="h4" mb={6}>
            {say(steps.label)}
          </Title>
          <RowTable rowFields={steps.rowFields} rows={rowsOf(line['priceSteps'])} record={offer} />
        </section>
      )}
      {free.length > 0 && (
        <section>
          <Title order={2} size="h4" mb={6}>
            {t('prices.free')}
          </Title>
          {free.map((row, index) => (
            <Figures key={index} lines={lines} line={row} offer={offer} names={['description', 'quantity', 'unit']} />
          ))}
        </section>
      )}
    </Stack>
  );
}

function Figures({ lines, line, offer, names }: Props & { readonly line: RecordValues; readonly names: readonly string[] }) {
  const { say } = useTexts();
  const uis = useFieldUis();
  const shown = names
    .flatMap((name) => lines.fields.find((field) => field.name === name) ?? [])
    .filter(({ name }) => line[name] !== null && line[name] !== undefined);
  return (
    <dl className="approval-figures">
      {shown.map((field) => {
        const { Cell } = uis(field);
        return (
          <div key={field.id}>
            <dt className="dim">{say(field.label)}</dt>
            <dd>
              <Cell field={field} value={line[field.name]} record={{ ...line, currency: offer['currency'] }} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
