import { Text } from '@mantine/core';
import { IconPalette } from '@tabler/icons-react';
import { useState } from 'react';
import { apiName, useFieldTypes, useMe } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis, type FieldUi } from '#admin-ui/src/fields/field-ui.ts';
import { FIELD_UIS } from '#admin-ui/src/fields/index.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { sampleOf } from './samples.ts';

const STATES = ['empty', 'filled', 'error', 'disabled'] as const;
type State = (typeof STATES)[number];

/** Every cell and every input in every state. Children show on their records. */
export function DesignScreen() {
  const { t } = useTexts();
  return (
    <Page title={t('design.title')} icon={<IconPalette size={24} stroke={1.7} aria-hidden />}>
      <Text mb="md">{t('design.intro')}</Text>
      <div className="card">
        {FIELD_UIS.filter((ui) => ui.name !== 'children').map((ui) => (
          <TypeRow key={ui.name} ui={ui} />
        ))}
      </div>
    </Page>
  );
}

function TypeRow({ ui }: { readonly ui: FieldUi }) {
  const { say, t } = useTexts();
  const { Cell, Reading } = useFieldUis()({ type: ui.name });
  const me = useMe().user.id ?? '';
  const type = useFieldTypes().find((one) => one.name === ui.name);
  const label = type ? say(type.label) : ui.name;
  const { field, value } = sampleOf(ui.name, label, { me, state: 'cell' });
  const shown = { field, value, record: { [apiName(field)]: value, currency: 'EUR' } };
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
