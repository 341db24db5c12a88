import { Anchor, Text, Title } from '@mantine/core';
import { plainDecimal } from '#admin-ui/src/fields/exact.ts';
import { formatDate, formatDecimal, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { pdfPath, type OfferedLine, type PublicOffer } from './offer-api.ts';

type Props = { readonly offer: PublicOffer };

/** The offer: for whom, what, and what it comes to. */
export function OfferDocument({ offer, token }: Props & { readonly token: string }) {
  const { t } = useTexts();
  return (
    <section className="card public-card">
      <Title order={1}>{t('public.title', { number: offer.number ?? '' })}</Title>
      {offer.subject && (
        <Text size="lg" className="dim">
          {offer.subject}
        </Text>
      )}
      <Facts offer={offer} />
      {offer.introduction && <p className="long-text">{offer.introduction}</p>}
      {offer.lines && <Lines offer={offer} lines={offer.lines} />}
      {offer.lines && <Totals offer={offer} />}
      {offer.lines && (
        <Anchor href={pdfPath(token)} target="_blank" rel="noreferrer" size="sm">
          {t('public.pdf')}
        </Anchor>
      )}
      {offer.terms && (
        <>
          <Title order={2} size="h4" mt="lg">
            {t('public.terms')}
          </Title>
          <p className="long-text">{offer.terms}</p>
        </>
      )}
    </section>
  );
}

function Facts({ offer }: Props) {
  const { t, language } = useTexts();
  const day = (value: string | null | undefined): string => (value ? formatDate(value, language) : '');
  const facts = [
    [t('public.for'), offer.customer],
    [t('public.date'), day(offer.date)],
    [t('public.validUntil'), day(offer.validUntil)],
    [t('public.from'), offer.seller],
  ].filter(([, value]) => Boolean(value));
  if (facts.length === 0) return null;
  return (
    <dl className="public-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="dim">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** On a narrow screen quantity and price stand below the description instead of beside it. */
function Lines({ offer, lines }: Props & { readonly lines: readonly OfferedLine[] }) {
  const { t, language } = useTexts();
  const money = (value: string | null): string => (value === null ? '' : formatMoney(value, offer.currency, language));
  return (
    <table className="public-lines">
      <caption className="sr-only">{t('public.lines')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('public.description')}</th>
          <th scope="col" className="line-number public-wide">
            {t('public.quantity')}
          </th>
          <th scope="col" className="line-number public-wide">
            {t('public.unitPrice')}
          </th>
          <th scope="col" className="line-number">
            {t('public.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => {
          const quantity = [formatDecimal(plainDecimal(line.quantity), language), line.unit].filter(Boolean).join(' ');
          const discount = plainDecimal(line.discountPercent ?? '0');
          return (
            // Rows have no id here, and stand still.
            <tr key={index}>
              <td>
                <span className="long-text">{line.description}</span>
                <span className="public-narrow dim">{[quantity, money(line.unitPrice)].filter(Boolean).join(' × ')}</span>
                {discount !== '0' && (
                  <span className="public-note dim">{t('public.discount', { percent: formatDecimal(discount, language) })}</span>
                )}
              </td>
              <td className="line-number public-wide">{quantity}</td>
              <td className="line-number public-wide">{money(line.unitPrice)}</td>
              <td className="line-number">{money(line.amount)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Totals({ offer }: Props) {
  const { t, language } = useTexts();
  const money = (value: string | null | undefined): string => formatMoney(value ?? '0', offer.currency, language);
  const rows = offer.vat ?? [];
  const reasons = [...new Set(rows.flatMap(({ vatExemptionReason }) => vatExemptionReason ?? []))];
  return (
    <>
      <dl className="public-totals">
        <dt>{t('public.net')}</dt>
        <dd>{money(offer.netTotal)}</dd>
        {rows.map(({ vatRate, taxAmount }, index) => (
          <div key={index}>
            <dt>{t('public.vat', { rate: formatDecimal(plainDecimal(vatRate ?? '0'), language) })}</dt>
            <dd>{money(taxAmount)}</dd>
          </div>
        ))}
        <dt className="public-sum">{t('public.total')}</dt>
        <dd className="public-sum">{money(offer.grossTotal)}</dd>
      </dl>
      {reasons.map((reason) => (
        <Text key={reason} size="sm" className="dim" ta="end">
          {reason}
        </Text>
      ))}
    </>
  );
}
