import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconCheck, IconFlask } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { formatDate, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { addTexts, useTexts } from '#admin-ui/src/i18n/index.ts';
import { publicTexts } from '#admin-ui/src/i18n/texts/public.ts';
import '#admin-ui/src/styles/kit-screens.css';
import '#admin-ui/src/styles/public.css';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Linked } from './linked.tsx';
import { payInvoice, readInvoice, type BegunPayment, type Paying, type PublicInvoice } from './pay-api.ts';

addTexts(publicTexts);

const POLL_MILLISECONDS = 4000;

/** The page at the link that a customer was sent to pay an invoice: what is outstanding, and the way to pay it. */
export function PublicPayScreen() {
  const { token } = useParams({ from: '/public/payments/pay/$token' });
  const { t } = useTexts();
  const key = ['public', 'pay', token];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readInvoice(token, signal),
    // Money arrives when the gateway says so: the page looks after it while it waits.
    refetchInterval: ({ state }) => (isUnderWay(state.data?.payment) && state.data?.state === 'open' ? POLL_MILLISECONDS : false),
  });
  const invoice = query.data;
  useDocumentTitle([invoice && t('pay.title', { number: invoice.number ?? '' }), invoice?.company?.name].filter(Boolean).join(' · '));
  return (
    <Linked query={query} nowhere={t('pay.noLinkText')}>
      {(shown) => (
        <>
          <Invoice invoice={shown} />
          <Pay token={token} invoice={shown} queryKey={key} />
        </>
      )}
    </Linked>
  );
}

function isUnderWay(payment: BegunPayment | null | undefined): boolean {
  return payment?.status === 'pending' || payment?.status === 'authorized' || payment?.status === 'unknown';
}

function Invoice({ invoice }: { readonly invoice: PublicInvoice }) {
  const { t, language } = useTexts();
  const money = (amount: string): string => formatMoney(amount, invoice.currency, language);
  const facts = [
    [t('public.for'), invoice.customer],
    [t('public.date'), formatDate(invoice.date, language)],
    [t('pay.due'), invoice.dueDate ? formatDate(invoice.dueDate, language) : null],
  ].filter(([, value]) => Boolean(value));
  return (
    <section className="card public-card">
      <Title order={1}>{t('pay.title', { number: invoice.number ?? '' })}</Title>
      <dl className="public-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="dim">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <dl className="public-totals">
        <dt>{t('public.total')}</dt>
        <dd>{money(invoice.total)}</dd>
        <dt className="public-sum">{t('pay.outstanding')}</dt>
        <dd className="public-sum">{money(invoice.outstanding)}</dd>
      </dl>
    </section>
  );
}

type PayProps = { readonly token: string; readonly invoice: PublicInvoice; readonly queryKey: readonly unknown[] };

function Pay({ token, invoice, queryKey }: PayProps) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const pay = useMutation({
    mutationFn: (paying: Paying) => payInvoice(token, paying),
    onSuccess: (now) => {
      client.setQueryData(queryKey, now);
      const { payment } = now;
      if (payment?.status === 'pending' && payment.checkoutUrl) window.location.assign(payment.checkoutUrl);
    },
    onError: () => void client.invalidateQueries({ queryKey }),
  });
  if (invoice.state === 'paid')
    return (
      <Alert role="status" mt="md" color="green" icon={<IconCheck aria-hidden />} title={t('pay.paid')}>
        {t('pay.paidText')}
      </Alert>
    );
  const { payment, toPay } = invoice;
  const money = (amount: string): string => formatMoney(amount, invoice.currency, language);
  const waits = payment?.status === 'pending' && payment.isSimulated;
  const isElsewhere = !invoice.isPaidHere && !isUnderWay(payment) && !invoice.company?.iban;
  return (
    <section className="card public-card" aria-label={t('pay.pay')}>
      <Stack aria-live="polite">
        <Title order={2}>{t('pay.pay')}</Title>
        {pay.isError && <Failure error={pay.error} />}
        {payment?.status === 'failed' && (
          <Alert color="red" title={t('pay.failed')}>
            {t('pay.failedText')}
          </Alert>
        )}
        {(payment?.status === 'authorized' || payment?.status === 'unknown') && (
          <Alert color="blue" title={t('pay.underWay')}>
            {t('pay.underWayText')}
          </Alert>
        )}
        {toPay.discountUntil && (
          <Text>{t('pay.discount', { discount: money(toPay.discount), day: formatDate(toPay.discountUntil, language) })}</Text>
        )}
        {waits ? (
          <Checkout isSending={pay.isPending} amount={money(payment.amount)} onPay={pay.mutate} />
        ) : invoice.isPaidHere && !isUnderWay(payment) ? (
          <Group>
            <Button size="md" loading={pay.isPending} onClick={() => pay.mutate({ command: 'pay' })}>
              {t('pay.now', { amount: money(toPay.amount) })}
            </Button>
          </Group>
        ) : null}
        {isElsewhere && <Text>{t('pay.elsewhere')}</Text>}
        <ByBank invoice={invoice} />
      </Stack>
    </section>
  );
}

/** The simulated gateway's own page, as it were: no money moves, and the payer says how it ends. */
function Checkout({
  isSending,
  amount,
  onPay,
}: {
  readonly isSending: boolean;
  readonly amount: string;
  readonly onPay: (paying: Paying) => void;
}) {
  const { t } = useTexts();
  return (
    <Alert color="grape" icon={<IconFlask aria-hidden />} title={t('pay.simulated', { amount })}>
      <Stack>
        <Text size="sm">{t('pay.simulatedText')}</Text>
        <Group>
          <Button loading={isSending} onClick={() => onPay({ command: 'simulate', outcome: 'pay' })}>
            {t('pay.simulatePay')}
          </Button>
          <Button variant="default" disabled={isSending} onClick={() => onPay({ command: 'simulate', outcome: 'decline' })}>
            {t('pay.simulateDecline')}
          </Button>
          <Button variant="default" disabled={isSending} onClick={() => onPay({ command: 'simulate', outcome: 'abandon' })}>
            {t('pay.simulateAbandon')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function ByBank({ invoice }: { readonly invoice: PublicInvoice }) {
  const { t } = useTexts();
  const { iban, bic, bankName, name } = invoice.company ?? {};
  if (!iban) return null;
  return (
    <Text size="sm" className="dim">
      {t('pay.byBank', { name: name ?? '', account: [iban, bic, bankName].filter(Boolean).join(', '), number: invoice.number ?? '' })}
    </Text>
  );
}
