import type { Lead } from '#metadata/records.gen.ts';

type Step = { readonly step: string; readonly points: number };

/** What a source says of how serious somebody is, by experience: who was recommended more than who was called. */
const OF_SOURCE: Readonly<Record<string, number>> = {
  referral: 20,
  existing: 20,
  partner: 15,
  website: 10,
  fair: 10,
  campaign: 5,
  other: 0,
  call: 0,
};

const OF_RATING: Readonly<Record<string, number>> = { hot: 25, warm: 10, cold: 0 };

const POINTS_MAX = 100;
const LARGE_FROM = 250;
const MIDDLE_FROM = 50;

/** What speaks for a lead, step by step, and their sum, from 0 to 100. */
export function scoreOf(lead: Partial<Lead>): { readonly score: string; readonly scoreSteps: readonly Step[] } {
  const steps: readonly Step[] = [
    { step: 'email', points: lead.email ? 10 : 0 },
    { step: 'phone', points: lead.phone ? 10 : 0 },
    { step: 'company', points: lead.companyName ? 10 : 0 },
    { step: 'interest', points: lead.interest ? 10 : 0 },
    { step: 'source', points: OF_SOURCE[lead.source ?? ''] ?? 0 },
    { step: 'rating', points: OF_RATING[lead.rating ?? ''] ?? 0 },
    { step: 'size', points: ofSize(lead.employees ?? 0) },
    { step: 'qualified', points: lead.qualifiedAt ? 15 : 0 },
  ];
  const counted = steps.filter(({ points }) => points > 0);
  const sum = counted.reduce((total, { points }) => total + points, 0);
  return { score: String(Math.min(sum, POINTS_MAX)), scoreSteps: counted };
}

function ofSize(employees: number): number {
  if (employees >= LARGE_FROM) return 10;
  return employees >= MIDDLE_FROM ? 5 : 0;
}
