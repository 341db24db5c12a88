/** A price list, as far as choosing one needs it. */
export type PriceListEntry = { readonly id: string; readonly name: string; readonly currency: string; readonly standard?: boolean | null };

/** Who buys, and in what currency. `groupPriceListIds` begins with the customer's own group and goes up to the widest. */
export type Buyer = {
  readonly currency: string;
  readonly priceListId?: string | null;
  readonly groupPriceListIds?: readonly (string | null | undefined)[];
};

/** A list and whose it is. */
export type ChosenList = { readonly list: PriceListEntry; readonly from: 'customer' | 'group' | 'standard' };

/**
 * The lists that hold for a buyer, in the order in which they are asked for a price: the customer's, the nearest group's that has one,
 * the standard list in the currency, else one in another. A list in another currency counts where `isConvertible` says that there is a rate.
 */
export function listsFor(
  lists: readonly PriceListEntry[],
  buyer: Buyer,
  isConvertible: (currency: string) => boolean = () => false,
): readonly ChosenList[] {
  const usable = lists.filter(({ currency }) => currency === buyer.currency || isConvertible(currency));
  const named = (id: string | null | undefined): PriceListEntry | undefined => usable.find((list) => list.id === id);
  const own = named(buyer.priceListId);
  const ofGroup = (buyer.groupPriceListIds ?? []).map(named).find((list) => list !== undefined);
  const standards = usable.filter((list) => list.standard === true);
  const standard = standards.find(({ currency }) => currency === buyer.currency) ?? standards[0];
  const chosen: readonly (ChosenList | undefined)[] = [
    own && { list: own, from: 'customer' },
    ofGroup && { list: ofGroup, from: 'group' },
    standard && { list: standard, from: 'standard' },
  ];
  const found = chosen.filter((each) => each !== undefined);
  return found.filter(({ list }, index) => found.findIndex((other) => other.list.id === list.id) === index);
}
