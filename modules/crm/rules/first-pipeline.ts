/** The pipeline that every installation begins with: it has an id of its own, so that it is made once. */
export const FIRST_PIPELINE = '01900000-0000-7000-8000-0000000c0001';

type FirstStage = {
  readonly id: string;
  readonly order: number;
  readonly names: { readonly en: string; readonly de: string };
  readonly kind: 'open' | 'won' | 'lost';
  readonly probability: string;
  readonly rotsAfterDays: number | null;
};

/** Its stages: those that Frappe CRM begins with (crm/install.py), and how long sales usually stay in one. */
export const FIRST_STAGES: readonly FirstStage[] = (
  [
    ['Qualification', 'Qualifizierung', 'open', '10', 21],
    ['Demonstration', 'Vorführung', 'open', '25', 21],
    ['Proposal', 'Angebot', 'open', '50', 30],
    ['Negotiation', 'Verhandlung', 'open', '70', 21],
    ['Ready to close', 'Vor dem Abschluss', 'open', '90', 14],
    ['Won', 'Gewonnen', 'won', '100', null],
    ['Lost', 'Verloren', 'lost', '0', null],
  ] as const
).map(([en, de, kind, probability, rotsAfterDays], index) => ({
  id: `01900000-0000-7000-8000-0000000c001${index}`,
  order: (index + 1) * 10,
  names: { en, de },
  kind,
  probability,
  rotsAfterDays,
}));

const GERMAN_SPEAKING: readonly unknown[] = ['DE', 'AT', 'CH', 'LI'];

/** The language in which the people of a country would call stages. */
export function languageOf(country: unknown): 'en' | 'de' {
  return GERMAN_SPEAKING.includes(country) ? 'de' : 'en';
}
