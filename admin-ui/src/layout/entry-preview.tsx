import { Alert, Button, Modal, Select, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { previewEntry, recentPostings, type EntryPreview, type PreviewedDocument } from '../api/entry-preview.ts';
import { useObject, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatDate, formatMoney } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { DataTable } from '../ui/data-table.tsx';
import { Failure } from '../ui/failure.tsx';
import type { RecordForm } from './record-form.ts';
import { useToSend } from './to-send.ts';
import { mayUse } from './use-commands.tsx';

/** In which statuses the entry of a record can be looked at: before there is one. Rules have no status. */
const LOOKED_AT: { readonly [object: string]: readonly string[] } = {
  invoice: ['draft'],
  credit_note: ['draft'],
  journal_entry: ['draft'],
  posting: ['waiting'],
  posting_rule: [''],
};

type Props = { readonly object: BusinessObject; readonly id: string; readonly form: RecordForm };

/** The entry that a draft would be posted as, or what a posting rule as it is being written makes of a document. */
export function EntryPreviewButton({ object, id, form }: Props) {
  const { t } = useTexts();
  const rules = useObject('posting_rule');
  const postings = useObject('posting');
  const [isOpen, { open, close }] = useDisclosure(false);
  const preview = rules?.commands.find(({ name }) => name === 'preview');
  const isLookedAt = LOOKED_AT[object.name]?.includes(textOf(form.values['status'])) === true;
  if (!rules || !postings || !preview || !mayUse(rules, preview) || !isLookedAt) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconBook size={16} aria-hidden />} onClick={open}>
        {t('preview.show')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t('preview.title')} size="xl" closeButtonProps={{ 'aria-label': t('action.close') }}>
        {object.name === rules.name ? (
          <RulePreview rules={rules} postings={postings} id={id} values={form.values} />
        ) : (
          <Stack>
            {form.isDirty && <Text size="sm">{t('preview.unsaved')}</Text>}
            <Shown rules={rules} document={{ sourceObject: object.name, source: id }} />
          </Stack>
        )}
      </Modal>
    </>
  );
}

type RuleProps = {
  readonly rules: BusinessObject;
  readonly postings: BusinessObject;
  readonly id: string;
  readonly values: RecordValues;
};

/** A rule as it is typed, tried on a document that was told of for its event. */
function RulePreview({ rules, postings, id, values }: RuleProps) {
  const { t, language } = useTexts();
  const toSend = useToSend(rules);
  const event = textOf(values['event']);
  const known = useQuery({
    queryKey: ['preview', 'postings', event],
    queryFn: ({ signal }) => recentPostings(postings, event, signal),
    enabled: event !== '',
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const source = chosen ?? known.data?.[0]?.id;
  if (known.isError) return <Failure error={known.error} onRetry={() => void known.refetch()} />;
  if (known.isPending) return <Skeleton height={120} aria-label={t('loading')} />;
  if (known.data.length === 0) return <Text>{t('preview.noDocument')}</Text>;
  const { about: _about, ...rule } = toSend(values);
  return (
    <Stack>
      <Select
        label={t('preview.document')}
        allowDeselect={false}
        value={source ?? null}
        onChange={setChosen}
        data={known.data.map((posting) => ({
          value: posting.id,
          label: [posting.title, formatDate(posting.date, language)].filter(Boolean).join(' · '),
        }))}
      />
      {source !== undefined && <Shown rules={rules} document={{ sourceObject: 'posting', source, rule: { ...rule, id } }} />}
    </Stack>
  );
}

function Shown({ rules, document }: { readonly rules: BusinessObject; readonly document: PreviewedDocument }) {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ['preview', 'entry', document],
    queryFn: () => previewEntry(rules, document),
    retry: false,
    gcTime: 0,
  });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton height={160} aria-label={t('loading')} />;
  return <Told preview={query.data} />;
}

function Told({ preview: { entry, fault, rule, before } }: { readonly preview: EntryPreview }) {
  const { t, say, language } = useTexts();
  const reasons = useObject('posting')?.fields.find(({ name }) => name === 'reason')?.options ?? [];
  return (
    <Stack gap="sm" aria-live="polite">
      {before && <Alert color="yellow">{t('preview.before', { rule: before.name })}</Alert>}
      {fault && (
        <Alert color="orange" title={t('preview.waits')}>
          {say(reasons.find(({ key }) => key === fault.reason)?.label)}: {fault.detail}
        </Alert>
      )}
      {!entry && !fault && <Text>{t('preview.nothing')}</Text>}
      {entry && (
        <>
          <Text size="sm">
            {[formatDate(entry.date, language), entry.period, entry.description, rule && t('preview.by', { rule: rule.name })]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <DataTable label={t('preview.title')} minWidth={480} isDense>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('preview.account')}</Table.Th>
                <Table.Th ta="end">{t('preview.debit')}</Table.Th>
                <Table.Th ta="end">{t('preview.credit')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entry.lines.map((line, index) => (
                <Table.Tr key={index}>
                  <Table.Td>
                    {line.account}
                    {line.text && (
                      <Text size="xs" className="dim">
                        {line.text}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td className="line-number">{line.debit && formatMoney(line.debit, entry.currency, language)}</Table.Td>
                  <Table.Td className="line-number">{line.credit && formatMoney(line.credit, entry.currency, language)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th>{t('preview.total')}</Table.Th>
                <Table.Th className="line-number">{formatMoney(entry.total, entry.currency, language)}</Table.Th>
                <Table.Th className="line-number">{formatMoney(entry.total, entry.currency, language)}</Table.Th>
              </Table.Tr>
            </Table.Tfoot>
          </DataTable>
        </>
      )}
    </Stack>
  );
}
