import type { Module } from '#platform/kernel/module.ts';
import { accounting } from './accounting/module.ts';
import { customersWith } from './customers/module.ts';
import { deliveryNotes } from './delivery-notes/module.ts';
import { invoices } from './invoices/module.ts';
import { offers } from './offers/module.ts';
import { orders } from './orders/module.ts';
import { payments } from './payments/module.ts';

/** What of the world outside modules deal with, as the configuration says. */
export type Outside = { readonly viesUrl: string };

/** The modules that have behaviour. A service without one still serves the objects that its metadata defines. */
export const modulesWith = ({ viesUrl }: Outside): readonly Module[] => [
  customersWith({ viesUrl }),
  offers,
  orders,
  deliveryNotes,
  invoices,
  payments,
  accounting,
];
