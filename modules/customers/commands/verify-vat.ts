import type { Customer } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Command } from '#platform/kernel/module.ts';
import { isInUnionForGoods } from '#platform/kernel/vat/countries.ts';
import { askVies } from '../vies/ask-vies.ts';

/** Asks the Union's register whether the VAT number is valid, and keeps the answer with its day. */
export function verifyVat(viesUrl: string): Command {
  return defineCommand<Customer, Record<string, never>>({
    object: 'customer',
    name: 'verifyVat',
    ask: async (_owners, customer) => {
      const { vatNumber } = customer;
      const country = vatNumber?.slice(0, 2) ?? '';
      if (!vatNumber || !isInUnionForGoods(country === 'EL' ? 'GR' : country)) throw notInUnion();
      return { values: { vatNumber, ...(await askVies(viesUrl, vatNumber)) } };
    },
    run: async (work, customer, _input, { values }) => {
      if (customer.vatNumber !== values?.['vatNumber']) throw changedMeanwhile();
      const isValid = values?.['isValid'] === true;
      return {
        values: {
          vatNumberCheckedOn: isValid ? work.today() : null,
          vatCheckResult: isValid ? 'valid' : 'invalid',
          vatCheckedAt: work.now,
          vatCheckName: values?.['name'] ?? null,
          vatCheckAddress: values?.['address'] ?? null,
        },
      };
    },
  });
}

function notInUnion(): Refusal {
  return new Refusal('wrong_state', {
    en: 'VIES knows VAT numbers of the European Union alone. Enter one, with the letters of its country, and ask again.',
    de: 'VIES kennt nur USt-IdNrn. der Europäischen Union. Tragen Sie eine mit den Buchstaben ihres Landes ein und fragen Sie noch einmal.',
  });
}

function changedMeanwhile(): Refusal {
  return new Refusal('conflict', {
    en: 'The VAT number was changed while VIES was asked. Ask again.',
    de: 'Die USt-IdNr. wurde geändert, während VIES gefragt wurde. Fragen Sie noch einmal.',
  });
}
