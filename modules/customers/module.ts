import { defineModule, type Module } from '#platform/kernel/module.ts';
import { eraseContact, eraseCustomer } from './commands/erase.ts';
import { findOrCreate } from './commands/find-or-create.ts';
import { makeDefaultAccount, makeDefaultAddress } from './commands/make-default.ts';
import { merge } from './commands/merge.ts';
import { reactivate } from './commands/reactivate.ts';
import { suspend } from './commands/suspend.ts';
import { verifyVat } from './commands/verify-vat.ts';
import { customerReactivated, customersMerged, customerSuspended, peopleErased } from './events.ts';
import { forgetVatCheck } from './hooks/forget-vat-check.ts';
import { nameAddress } from './hooks/name-address.ts';
import { nameHolder } from './hooks/name-holder.ts';
import { ownAccount } from './hooks/own-account.ts';
import { takeDefaultAddresses } from './hooks/take-default-addresses.ts';
import { customerLikeness } from './rules/likeness.ts';
import { followAddress, takeFirstAddress } from './reactions/follow-addresses.ts';

/** Customers: the companies and people we do business with, where they are, and those who answer the phone there. */
export const customersWith = ({ viesUrl }: { readonly viesUrl: string }): Module =>
  defineModule({
    name: 'customers',
    objects: ['customer', 'contact', 'address', 'bank_account', 'customer_group', 'territory'],
    hooks: [forgetVatCheck, takeDefaultAddresses, ownAccount, nameAddress, nameHolder],
    commands: [
      suspend,
      reactivate,
      merge,
      eraseCustomer,
      eraseContact,
      verifyVat(viesUrl),
      findOrCreate,
      makeDefaultAddress,
      makeDefaultAccount,
    ],
    events: [customerSuspended, customerReactivated, customersMerged, peopleErased],
    reactions: [takeFirstAddress, followAddress],
    likeness: [customerLikeness],
  });
