import type { Opportunity } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';

/** How an opportunity ends, as a person or another document says it. */
export type Ending = {
  readonly outcome: 'won' | 'lost';
  /** The day, in the zone of the company. */
  readonly closedOn: string;
  readonly wonAmount?: string | null | undefined;
  readonly lostReason?: Opportunity['lostReason'] | undefined;
  readonly lostToId?: string | null | undefined;
  readonly lostNotes?: string | null | undefined;
};

/** Refuses an ending that does not say why, or that lies after today. */
export function checkEnding({ outcome, closedOn, lostReason, lostNotes }: Ending, today: string): void {
  if (outcome === 'lost' && !lostReason)
    throw fault('lostReason', 'required', { en: 'Say why it was lost.', de: 'Sagen Sie, warum sie verloren ging.' });
  if (outcome === 'lost' && lostReason === 'other' && !lostNotes)
    throw fault('lostNotes', 'required', {
      en: 'Where the reason is another one, say which.',
      de: 'Sagen Sie bei einem sonstigen Grund, welcher es ist.',
    });
  if (closedOn > today)
    throw fault('closedOn', 'maximum', {
      en: `It cannot have been closed after today, ${today}.`,
      de: `Sie kann nicht nach heute, dem ${today}, abgeschlossen worden sein.`,
    });
}

/** What a closed opportunity says. */
export function closedValues(opportunity: Opportunity, ending: Ending): Partial<Opportunity> {
  const isWon = ending.outcome === 'won';
  return {
    status: ending.outcome,
    closedOn: ending.closedOn,
    rotsOn: null,
    probability: isWon ? '100' : '0',
    wonAmount: isWon ? broughtBy(opportunity, ending) : null,
    lostReason: isWon ? null : (ending.lostReason ?? null),
    lostToId: isWon ? null : (ending.lostToId ?? null),
    lostNotes: isWon ? null : (ending.lostNotes ?? null),
  };
}

/** What a closed opportunity brings, or would have brought; null where nobody knows. */
export function broughtBy(opportunity: Opportunity, { wonAmount }: Ending): string | null {
  return wonAmount ? toCurrency(wonAmount, currencyOf(opportunity)) : (opportunity.amount ?? null);
}

function fault(field: string, rule: string, sentence: Parameters<typeof faultAt>[1]): Error {
  return invalidValues([faultAt({ pointer: `/${field}`, field, rule }, sentence)]);
}
