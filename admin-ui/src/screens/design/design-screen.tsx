import { Text } from '@mantine/core';
import { IconPalette } from '@tabler/icons-react';
import { useState } from 'react';
import { apiName, useFieldTypes, useMe, useObjects, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis, type FieldUi } from '#admin-ui/src/fields/field-ui.ts';
import { FIELD_UIS } from '#admin-ui/src/fields/index.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { sampleOf } from './samples.ts';

const STATES = ['empty', 'filled', 'error', 'disabled'] as const;
type State = (typeof STATES)[number];

/** Every cell and every input in every state. */
export function DesignScreen() {
  const { t } = useTexts();
  return (
    <Page title={t('design.title')} icon={<IconPalette size={24} stroke={1.7} aria-hidden />}>
      <Text mb="md">{t('design.intro')}</Text>
      <div className="card">
        {FIELD_UIS.filter((ui) => ui.name !== 'children').map((ui) => (
          <TypeRow key={ui.name} ui={ui} />
        ))}
        <RowsRow />
      </div>
    </Page>
  );
}

/** Rows are of an object of their own: those of offers, where there are offers, stand for all. */
function RowsRow() {
  const { say, t } = useTexts();
  const { Cell, Input } = useFieldUis()({ type: 'children' });
  const type = useFieldTypes().find((one) => one.name === 'children');
  const field = useObjects()
    .find((one) => one.name === 'offer')
    ?.fields.find((one) => one.type === 'children');
  const [value, setValue] = useState<unknown>(ROWS);
  if (!field) return null;
  const label = say(type?.label) || field.name;
  const record = { [field.name]: value, currency: 'EUR' };
  return (
    <section className="design-row" aria-label={label} data-type="children">
      <Text fw={600}>{label}</Text>
      <div>
        <Text size="xs" className="dim">
          {t('design.cell')}
        </Text>
        <Cell field={field} value={value} record={record} />
      </div>
      {[true, false].map((editable) => (
        <div key={String(editable)} className="design-wide">
          <Text size="sm" fw={600}>
            {t(editable ? 'design.filled' : 'design.disabled')}
          </Text>
          <Input field={{ ...field, editable }} value={value} record={record} onChange={setValue} />
        </div>
      ))}
    </section>
  );
}

const ROWS = [
  { $key: 'a', description: 'Delivery', quantity: '2', unitPrice: '40.00' },
  { $key: 'b', description: 'Assembly', quantity: '1', unitPrice: '120.00' },
];

function TypeRow({ ui }: { readonly ui: FieldUi }) {
  const { say, t } = useTexts();
  const { Cell, Reading } = useFieldUis()({ type: ui.name });
  const { id: me = '', name } = useMe().user;
  const type = useFieldTypes().find((one) => one.name === ui.name);
  const label = type ? say(type.label) : ui.name;
  const { field, value } = sampleOf(ui.name, label, { me, state: 'cell' });
  const shown = { field, value, record: { [apiName(field)]: value, ...expanded(field, { id: me, name }), currency: 'EUR' } };
  return (
    <section className="design-row" aria-label={label} data-type={ui.name}>
      <Text fw={600}>{label}</Text>
      <div>
        <Text size="xs" className="dim">
          {t('design.cell')}
        </Text>
        <div>
          <Cell {...shown} />
        </div>
        {Reading && <Reading {...shown} />}
      </div>
      {STATES.map((state) => (
        <OneInput key={state} ui={ui} state={state} label={label} me={me} />
      ))}
    </section>
  );
}

/** What a list answers beside a reference: the title of what it leads to. */
function expanded({ type, name }: Field, title: { readonly id: string; readonly name: string }): object {
  return type === 'lookup' || type === 'user' ? { [name]: title } : {};
}

type OneProps = { readonly ui: FieldUi; readonly state: State; readonly label: string; readonly me: string };

function OneInput({ ui, state, label, me }: OneProps) {
  const { t } = useTexts();
  const sample = sampleOf(ui.name, `${label}: ${t(`design.${state}`)}`, { me, state });
  const [value, setValue] = useState<unknown>(state === 'empty' ? null : sample.value);
  const { Input } = ui;
  return (
    <div>
      <Input
        field={sample.field}
        value={value}
        record={{ [apiName(sample.field)]: value, currency: 'EUR' }}
        onChange={setValue}
        error={state === 'error' ? t('design.refusal') : undefined}
      />
    </div>
  );
}
