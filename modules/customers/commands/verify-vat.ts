import type { Company, Customer } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Command, type Owners } from '#platform/kernel/module.ts';
import { isInUnionForGoods } from '#platform/kernel/vat/countries.ts';
import { vatNumberAsWritten, vatNumberFault } from '#platform/kernel/vat/vat-number.ts';
import { askVies } from '../vies/ask-vies.ts';

/** Asks the Union's register whether the VAT number is valid, in the seller's name, and keeps the answer with its day and the number that proves it. */
export function verifyVat(viesUrl: string): Command {
  return defineCommand<Customer, Record<string, never>>({
    object: 'customer',
    name: 'verifyVat',
    ask: async (owners, customer) => {
      const { vatNumber } = customer;
      if (!vatNumber || !isOfUnion(vatNumber)) throw notInUnion();
      const seller = await sellerOf(owners);
      return { values: { vatNumber, ...seller, ...(await askVies(viesUrl, vatNumber, seller?.requester ?? null)) } };
    },
    run: async (work, customer, _input, { values }) => {
      if (customer.vatNumber !== values?.['vatNumber']) throw changedMeanwhile();
      const isValid = values?.['isValid'] === true;
      return {
        values: {
          vatNumberCheckedOn: isValid ? work.today() : null,
          vatCheckResult: isValid ? 'valid' : 'invalid',
          vatCheckedAt: work.now,
          vatCheckNumber: values?.['consultationNumber'] ?? null,
          vatCheckRequester: values?.['consultationNumber'] ? values['requester'] : null,
          vatCheckCompanyId: values?.['consultationNumber'] ? values['companyId'] : null,
          vatCheckName: values?.['name'] ?? null,
          vatCheckAddress: values?.['address'] ?? null,
        },
      };
    },
  });
}

/** In whose name is asked: the caller's company, else the first that has a VAT number of the Union. */
async function sellerOf(owners: Owners): Promise<{ readonly companyId: string; readonly requester: string } | null> {
  const companies = await owners.query<Company>('company', { limit: 50 });
  const numbered = companies.flatMap(({ id, vatNumber }) =>
    vatNumber ? [{ companyId: id, requester: vatNumberAsWritten(vatNumber) }] : [],
  );
  const asking = numbered.filter(({ requester }) => isOfUnion(requester) && vatNumberFault(requester) === null);
  return asking.find(({ companyId }) => companyId === owners.caller.companyId) ?? asking[0] ?? null;
}

function isOfUnion(number: string): boolean {
  const country = number.slice(0, 2);
  return isInUnionForGoods(country === 'EL' ? 'GR' : country);
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
