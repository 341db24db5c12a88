import { Badge, Button, Checkbox, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BankTransaction, MatchProposal } from '#admin-ui/src/api/bank.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { runCommand } from '#admin-ui/src/api/records.ts';
import { AmountInput } from '#admin-ui/src/fields/amount-input.tsx';
import { formatDate, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { isNumberText } from '#admin-ui/src/i18n/typed-decimal.ts';
import { CommandButtons } from '#admin-ui/src/layout/commands.tsx';
import { useCommands } from '#admin-ui/src/layout/use-commands.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ItemLink } from '#admin-ui/src/ui/item-link.tsx';

type Props = { readonly object: BusinessObject; readonly transaction: BankTransaction; readonly onDone: () => void };

/** A transaction, what it may be for and why; Enter matches what is chosen, and all else has its button. */
export function TransactionPanel({ object, transaction, onDone }: Props) {
  const { t, language } = useTexts();
  const commands = useCommands({ object, record: transaction, isDirty: false, onDone });
  const buttons = commands.offered.filter(({ reason }) => reason === null);
  const proposals = transaction.proposals ?? [];
  const [at, setAt] = useState(0);
  const isOpen = transaction.status === 'unmatched' || transaction.status === 'partlyMatched';
  const proposal = isOpen ? proposals[at] : undefined;
  useHotkeys(proposals.map((_one, index) => [String(index + 1), () => setAt(index)] as const));
  return (
    <section className="card bank-panel" aria-label={t('bank.proposals')}>
      <Stack>
        <div>
          <Title order={2} size="h3">
            {formatMoney(transaction.amount, transaction.currency, language)}
          </Title>
          <Text>{[formatDate(transaction.date, language), transaction.name, transaction.iban].filter(Boolean).join(' · ')}</Text>
          <Text className="long-text">{transaction.text}</Text>
          {transaction.note && <Text className="dim">{transaction.note}</Text>}
        </div>
        <Group gap="xs">
          <CommandButtons commands={commands} buttons={buttons} />
        </Group>
        {isOpen && proposals.length === 0 && <Text className="dim">{t('bank.noProposal')}</Text>}
        {isOpen && proposals.length > 0 && (
          <Radio.Group label={t('bank.proposals')} value={String(at)} onChange={(value) => setAt(Number(value))}>
            <Stack gap="xs" mt="xs">
              {proposals.map((one, index) => (
                <Radio key={index} value={String(index)} label={<Proposed proposal={one} currency={transaction.currency} />} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {proposal && <Matching key={at} object={object} transaction={transaction} proposal={proposal} onDone={onDone} />}
      </Stack>
      {commands.dialog}
    </section>
  );
}

function Proposed({ proposal, currency }: { readonly proposal: MatchProposal; readonly currency: string }) {
  const { t, language } = useTexts();
  const { document } = proposal;
  const items = proposal.items.map(({ reference, open }) => `${reference ?? ''} (${formatMoney(open, currency, language)})`);
  const recorded = document && t(`bank.recorded.${document.kind}`, { number: document.reference ?? '' });
  return (
    <span>
      {[proposal.customer, recorded, ...items].filter(Boolean).join(', ')}{' '}
      <Badge size="sm" variant="light" color={proposal.score >= 90 ? 'green' : 'gray'}>
        {t('bank.score', { score: String(proposal.score) })}
      </Badge>{' '}
      <span className="dim">{proposal.reasons.map((reason) => t(`bank.reason.${reason}`)).join(' · ')}</span>
    </span>
  );
}

type Line = { readonly itemId: string; readonly amount: string; readonly discount: string; readonly writeOff: boolean };

/** Whether an amount is left empty, or is a number. */
function isSaid(amount: string): boolean {
  return amount === '' || isNumberText(amount);
}

/** The items of a proposal with what each takes, to be changed before it is matched. */
function Matching({ object, transaction, proposal, onDone }: Props & { readonly proposal: MatchProposal }) {
  const { t, language } = useTexts();
  const [lines, setLines] = useState<readonly Line[]>(() =>
    proposal.items.map(({ itemId, amount, discount }) => ({ itemId, amount, discount, writeOff: false })),
  );
  const [keepsRest, setKeepsRest] = useState(true);
  const change = (index: number, values: Partial<Line>): void =>
    setLines(lines.map((line, place) => (place === index ? { ...line, ...values } : line)));
  const match = useMutation({
    mutationFn: () => {
      const { document } = proposal;
      if (document) return runCommand(object, transaction.id, { name: 'accept', input: { [`${document.kind}Id`]: document.id } });
      const input = {
        lines: lines.filter(({ amount }) => Number(amount) > 0).map((line) => ({ ...line, discount: line.discount || '0' })),
        ...(keepsRest ? { customerId: proposal.customerId } : {}),
      };
      return runCommand(object, transaction.id, { name: 'accept', input });
    },
    onSuccess: onDone,
  });
  const isReady = lines.every(({ amount, discount }) => isSaid(amount) && isSaid(discount));
  const submit = (): void => {
    if (isReady && !match.isPending) match.mutate();
  };
  // What has the focus and does something by Enter itself does that.
  useHotkeys([['Enter', submit]], ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A']);
  const rest = Number(transaction.size) - Number(transaction.matched ?? 0) - lines.reduce((sum, { amount }) => sum + Number(amount), 0);
  return (
    <Stack gap="xs">
      {match.isError && <Failure error={match.error} />}
      {proposal.document ? (
        <Text size="sm">{t('bank.recordedText')}</Text>
      ) : (
        <Items transaction={transaction} proposal={proposal} lines={lines} onChange={change} onEnter={submit} />
      )}
      {rest > 0.004 && !proposal.document && (
        <>
          <Checkbox label={t('bank.keepRest')} checked={keepsRest} onChange={(event) => setKeepsRest(event.currentTarget.checked)} />
          {keepsRest && (
            <Text size="sm" className="dim">
              {t('bank.rest', { rest: formatMoney(rest.toFixed(2), transaction.currency, language), customer: proposal.customer ?? '' })}
            </Text>
          )}
        </>
      )}
      <Group>
        <Button loading={match.isPending} disabled={!isReady} onClick={submit} aria-keyshortcuts="Enter" title={t('bank.matchHint')}>
          {t('bank.match')}
        </Button>
      </Group>
    </Stack>
  );
}

type ItemsProps = Pick<Props, 'transaction'> & {
  readonly proposal: MatchProposal;
  readonly lines: readonly Line[];
  readonly onChange: (index: number, values: Partial<Line>) => void;
  readonly onEnter: () => void;
};

/** What each item of a proposal takes. */
function Items({ transaction, proposal, lines, onChange, onEnter }: ItemsProps) {
  const { t, language } = useTexts();
  return (
    <table
      className="public-lines"
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnter();
      }}
    >
      <caption className="sr-only">{t('bank.proposals')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('bank.document')}</th>
          <th scope="col" className="line-number">
            {t('bank.open')}
          </th>
          <th scope="col">{t('bank.settles')}</th>
          <th scope="col">{t('bank.discount')}</th>
          <th scope="col">{t('bank.writeOff')}</th>
        </tr>
      </thead>
      <tbody>
        {proposal.items.map((item, index) => (
          <tr key={item.itemId}>
            <td>
              <ItemLink id={item.itemId}>{item.reference}</ItemLink>
            </td>
            <td className="line-number">{formatMoney(item.open, transaction.currency, language)}</td>
            <td>
              <Amount
                label={`${t('bank.settles')} ${item.reference ?? ''}`}
                value={lines[index]?.amount}
                onChange={(amount) => onChange(index, { amount })}
              />
            </td>
            <td>
              <Amount
                label={`${t('bank.discount')} ${item.reference ?? ''}`}
                value={lines[index]?.discount}
                onChange={(discount) => onChange(index, { discount })}
              />
            </td>
            <td>
              <Checkbox
                aria-label={`${t('bank.writeOff')} ${item.reference ?? ''}`}
                checked={lines[index]?.writeOff ?? false}
                onChange={(event) => onChange(index, { writeOff: event.currentTarget.checked })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Amount({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTexts();
  const given = value ?? '';
  return (
    <AmountInput
      w={110}
      styles={{ input: { textAlign: 'end' } }}
      label={label}
      value={given}
      error={isSaid(given) ? null : t('rule.number')}
      onChange={onChange}
    />
  );
}
