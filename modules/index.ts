import type { EventDefinition, Module } from '#platform/kernel/module.ts';
import { accounting } from './accounting/module.ts';
import { auditWith } from './audit/module.ts';
import { crm } from './crm/module.ts';
import { customersWith } from './customers/module.ts';
import { deliveryNotes } from './delivery-notes/module.ts';
import { invoices } from './invoices/module.ts';
import { notificationsWith, type Needs as NotificationNeeds } from './notifications/module.ts';
import { offers } from './offers/module.ts';
import { orders } from './orders/module.ts';
import { paymentsWith } from './payments/module.ts';

/** What of the world outside modules deal with, as the configuration says. */
export type Outside = {
  readonly viesUrl: string;
  /** The mail server by which messages leave, and in whose name. */
  readonly mail?: NotificationNeeds['mail'];
  /** The account at Twilio by which SMS leave. */
  readonly sms?: NotificationNeeds['sms'];
  /** Where people reach the installation. */
  readonly publicUrl: string;
  /** The events that may be told: of these modules, and of the platform itself. */
  readonly eventsOf: (modules: readonly Module[]) => readonly EventDefinition[];
  /** A key of this installation for one purpose, 32 bytes that stand in no database. */
  readonly keyFor: (purpose: string) => Uint8Array<ArrayBuffer>;
};

/** The modules that have behaviour. A service without one still serves the objects that its metadata defines. */
export function modulesWith({ viesUrl, mail, sms, publicUrl, eventsOf, keyFor }: Outside): readonly Module[] {
  const told = [
    customersWith({ viesUrl }),
    crm,
    offers,
    orders,
    deliveryNotes,
    invoices,
    paymentsWith({ sealingKey: keyFor('payments gateway secrets'), publicUrl }),
    accounting,
    auditWith({ sealingKey: keyFor('audit anchors') }),
  ];
  return [...told, notificationsWith({ publicUrl, mail, sms, linkKey: keyFor('notifications links'), events: eventsOf(told) })];
}
