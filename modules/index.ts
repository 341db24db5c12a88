import type { Module } from '#platform/kernel/module.ts';
import { customers } from './customers/module.ts';
import { deliveryNotes } from './delivery-notes/module.ts';
import { invoices } from './invoices/module.ts';
import { offers } from './offers/module.ts';
import { orders } from './orders/module.ts';

/** The modules that have behaviour. A service without one still serves the objects that its metadata defines. */
export const modules: readonly Module[] = [customers, offers, orders, deliveryNotes, invoices];
