import { Alert, Button, Checkbox, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { apiName, useMe, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { lookAt, sendFile, type Chosen, type ImportOptions } from './import-api.ts';
import { importableFields, keyFields, addressParts, makeableFields } from './importable.ts';
import { remapped } from './remapped.ts';

type Props = {
  readonly object: BusinessObject;
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen | null) => void;
  readonly onJob: (id: string) => void;
};

/** Which column is which field, by which field rows find their records, and how amounts and days are written. */
export function Mapping({ object, chosen, onChange, onJob }: Props) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const { file, preview, options } = chosen;
  const send = useMutation({
    mutationFn: (dryRun: boolean) => sendFile(object, file, { preview, options, dryRun }),
    onSuccess: ({ id }) => onJob(id),
  });
  const turn = useMutation({ mutationFn: (sheet: string) => lookAt(object, file, sheet), onSuccess: onChange });
  const set = (part: Partial<ImportOptions>): void => onChange({ ...chosen, options: { ...options, ...part } });
  const keys = keyFields(object).filter((field) => options.mapping.includes(apiName(field)));
  const missing = importableFields(object).filter(
    (field) => field.required === true && !options.mapping.includes(apiName(field)) && field.default === undefined,
  );
  const makeable = makeableFields(object, useObjects()).filter((field) => options.mapping.includes(apiName(field)));
  const isNothing = options.mapping.every((name) => name === '');
  return (
    <Stack>
      <Text>{t('import.chosen', { file: file.name })}</Text>
      {send.isError && <Failure error={send.error} />}
      {turn.isError && <Failure error={turn.error} />}
      {preview.sheets && preview.sheets.length > 1 && (
        <Select
          w={260}
          label={t('import.sheet')}
          allowDeselect={false}
          disabled={turn.isPending}
          data={[...preview.sheets]}
          value={preview.sheet ?? null}
          onChange={(sheet) => sheet !== null && turn.mutate(sheet)}
        />
      )}
      {preview.preset && (
        <Text role="status" className="dim">
          {t(preview.preset.isEveryones ? 'import.presetEveryones' : 'import.presetMine')}
        </Text>
      )}
      <div className="card scrolls-aside">
        <Columns object={object} chosen={chosen} onMap={(at, name) => set(remapped(object, chosen, { at, name }))} />
      </div>
      <Group align="center" gap="xl">
        <Select
          w={260}
          label={t('import.by')}
          description={t('import.byHelp')}
          clearable
          placeholder={t('import.byNone')}
          disabled={keys.length === 0}
          data={keys.map((field) => ({ value: apiName(field), label: say(field.label) }))}
          value={options.by}
          onChange={(by) => set({ by })}
        />
        <Checkbox
          label={t('import.decimalComma')}
          checked={options.decimalComma}
          onChange={(event) => set({ decimalComma: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('import.germanDates')}
          checked={options.germanDates}
          onChange={(event) => set({ germanDates: event.currentTarget.checked })}
        />
        {makeable.map((field) => (
          <Checkbox
            key={field.id}
            label={t('import.makeMissing', { field: say(field.label) })}
            checked={options.makes.includes(apiName(field))}
            onChange={({ currentTarget: { checked } }) =>
              set({ makes: [...options.makes.filter((name) => name !== apiName(field)), ...(checked ? [apiName(field)] : [])] })
            }
          />
        ))}
        {administrator && (
          <Checkbox
            label={t('import.forEveryone')}
            checked={options.isForEveryone}
            onChange={(event) => set({ isForEveryone: event.currentTarget.checked })}
          />
        )}
      </Group>
      {missing.length > 0 && options.by === null && (
        <Alert color="yellow" variant="light">
          {t('import.missing', { fields: missing.map((field) => say(field.label)).join(', ') })}
        </Alert>
      )}
      <Group>
        <Button disabled={isNothing} loading={send.isPending && send.variables} onClick={() => send.mutate(true)}>
          {t('import.try')}
        </Button>
        <Button variant="default" disabled={isNothing} loading={send.isPending && !send.variables} onClick={() => send.mutate(false)}>
          {t('import.start')}
        </Button>
        <Button variant="subtle" onClick={() => onChange(null)}>
          {t('import.other')}
        </Button>
      </Group>
    </Stack>
  );
}

type ColumnsProps = { readonly object: BusinessObject; readonly chosen: Chosen; readonly onMap: (at: number, name: string) => void };

function Columns({ object, chosen, onMap }: ColumnsProps) {
  const { t } = useTexts();
  const { preview, options } = chosen;
  const targets = useTargets(object);
  return (
    <Table verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('import.column')}</Table.Th>
          <Table.Th>{t('import.samples')}</Table.Th>
          <Table.Th w={280}>{t('import.field')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {preview.columns.map(({ header, samples }, at) => (
          <Table.Tr key={`${at} ${header}`}>
            <Table.Td fw={600}>{header || t('import.noHeader')}</Table.Td>
            <Table.Td className="dim">{samples.join(' · ')}</Table.Td>
            <Table.Td>
              <Select
                aria-label={t('import.fieldOf', { column: header })}
                searchable
                clearable
                placeholder={t('import.leaveOut')}
                data={targets.filter(({ value }) => value === options.mapping[at] || !options.mapping.includes(value))}
                value={options.mapping[at] === '' ? null : (options.mapping[at] ?? null)}
                onChange={(value) => onMap(at, value ?? '')}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What a column may be for: a field, or one part of an address. What the file named itself is among them, whatever it is. */
function useTargets(object: BusinessObject): readonly { readonly value: string; readonly label: string }[] {
  const { t, say } = useTexts();
  const fields = importableFields(object);
  const keys = keyFields(object).filter((field) => !fields.includes(field));
  return [...fields, ...keys].flatMap((field) => [
    ...(field.type === 'address' ? [] : [{ value: apiName(field), label: say(field.label) }]),
    ...addressParts(field).map((part) => ({ value: `${apiName(field)}.${part}`, label: `${say(field.label)}: ${t(`address.${part}`)}` })),
  ]);
}
