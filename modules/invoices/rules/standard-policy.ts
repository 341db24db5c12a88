import type { DunningLevel } from '#metadata/records.gen.ts';

/** The levels that an installation begins with. They charge nothing: fees and interest are for its administrators to decide. */
export const STANDARD_LEVELS: readonly Partial<DunningLevel>[] = [
  {
    daysOverdue: 7,
    channel: 'email',
    payWithinDays: 10,
    subjectEn: 'Payment reminder',
    textEn:
      'You will surely have overlooked it: {outstanding} of the invoices below is not paid yet. Please pay by {deadline}. If you have paid meanwhile, please disregard this letter.',
    subjectDe: 'Zahlungserinnerung',
    textDe:
      'sicher haben Sie es übersehen: Von den unten genannten Rechnungen sind {outstanding} noch nicht bezahlt. Bitte zahlen Sie bis zum {deadline}. Haben Sie inzwischen gezahlt, betrachten Sie dieses Schreiben als gegenstandslos.',
  },
  {
    daysOverdue: 21,
    channel: 'letter',
    payWithinDays: 10,
    subjectEn: 'Second reminder',
    textEn: 'In spite of our reminder {outstanding} is still unpaid. Please pay {total} by {deadline}.',
    subjectDe: 'Zweite Mahnung',
    textDe: 'trotz unserer Erinnerung sind {outstanding} weiterhin offen. Bitte zahlen Sie {total} bis zum {deadline}.',
  },
  {
    daysOverdue: 35,
    channel: 'letter',
    payWithinDays: 7,
    subjectEn: 'Final reminder',
    textEn: 'This is our last reminder. Unless {total} reaches us by {deadline}, we shall hand the matter over for collection.',
    subjectDe: 'Letzte Mahnung',
    textDe: 'dies ist unsere letzte Mahnung. Gehen {total} nicht bis zum {deadline} ein, geben wir die Sache zum Einzug weiter.',
  },
];
