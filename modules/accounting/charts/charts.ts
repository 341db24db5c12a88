import type { Chart } from './chart.ts';
import { GENERIC } from './generic.ts';
import { SKR03 } from './skr03.ts';
import { SKR04 } from './skr04.ts';

/** The charts of accounts that can be taken. */
export const CHARTS: readonly Chart[] = [GENERIC, SKR03, SKR04];

/** The chart that a company of a country begins with. */
export function chartOf(country: string | null | undefined): Chart {
  return country === 'DE' ? SKR03 : GENERIC;
}
