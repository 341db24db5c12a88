import type { OfferLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import { linePrice, type PriceBook, type PriceRequest, type PriceStep } from './line-price.ts';

/** A step as the line keeps it: of a list whose it is (`customer-list`), of free goods which product they are. */
export type KeptStep = Omit<PriceStep, 'step'> & {
  readonly step: Exclude<PriceStep['step'], 'list'> | 'customer-list' | 'group-list' | 'standard-list';
  readonly productId?: string;
};

/** The steps by which a line came to its price; none where a person gave it. */
export function stepsOf(line: Pick<OfferLine, 'priceSteps'> | undefined): readonly KeptStep[] {
  const steps = line?.priceSteps;
  return isList(steps) ? steps.filter((step): step is KeptStep => isRecord(step) && typeof step['step'] === 'string') : [];
}

/** Goods that a rule added: their lines follow from others. */
export function isFreeLine(line: Pick<OfferLine, 'priceSteps'>): boolean {
  return stepsOf(line)[0]?.step === 'free';
}

/**
 * Whether the line takes its price from the price book now: when it has none, and again when another quantity, unit or product is wanted of one whose price
 * came from there. Otherwise it keeps what it says, whatever has become of lists and rules since.
 */
export function isToPrice(line: OfferLine, was: OfferLine | undefined): boolean {
  if (!line.productId) return false;
  if (!line.unitPrice) return true;
  if (!was || stepsOf(was).length === 0 || !isSame(line.unitPrice, was.unitPrice)) return false;
  return line.productId !== was.productId || line.unit !== was.unit || !isSame(line.quantity, was.quantity);
}

/** The line with its price, its discount and how they came about. A discount that a person gave stays. */
export function pricedLine(line: OfferLine, was: OfferLine | undefined, how: { book: PriceBook; request: PriceRequest }): OfferLine {
  const { book, request } = how;
  const isOwn = isOwnDiscount(line, was);
  const rules = isOwn ? book.rules.filter(({ effect }) => effect.kind !== 'discount') : book.rules;
  const price = linePrice({ ...book, rules }, request);
  if (price.unitPrice === null) return { ...line, unitPrice: null, priceSteps: null };
  const free = price.freeItems[0];
  return {
    ...line,
    unitPrice: price.discountAmount === null ? price.unitPrice : price.netUnitPrice,
    discountPercent: isOwn ? (line.discountPercent ?? null) : price.discountPercent,
    priceSteps: price.explanation.map((step) => keptStep(step, free?.productId)),
  };
}

function keptStep({ step, by, ...rest }: PriceStep, freeProductId: string | undefined): KeptStep {
  if (step === 'list') return { ...rest, step: by === 'customer' || by === 'group' ? `${by}-list` : 'standard-list' };
  const kept = { ...rest, step, ...(by === undefined ? {} : { by }) };
  return step === 'free' && freeProductId ? { ...kept, productId: freeProductId } : kept;
}

/** A line that keeps its price, as it explains it: a price or a discount that a person gave is no step of ours. A new line with steps comes from another offer. */
export function keptLine(line: OfferLine, was: OfferLine | undefined): OfferLine {
  const steps = stepsOf(line);
  if (steps.length === 0) return line;
  if (!was) return line;
  if (!line.productId || !isSame(line.unitPrice, was.unitPrice)) return { ...line, priceSteps: null };
  const isOtherDiscount = !isSame(line.discountPercent, was.discountPercent);
  return isOtherDiscount ? { ...line, priceSteps: steps.filter(({ step }) => step !== 'discount') } : line;
}

function isOwnDiscount(line: OfferLine, was: OfferLine | undefined): boolean {
  if (!line.discountPercent) return false;
  const fromRule = stepsOf(was).some(({ step }) => step === 'discount');
  return !(fromRule && isSame(line.discountPercent, was?.discountPercent));
}

function isSame(left: string | null | undefined, right: string | null | undefined): boolean {
  return exact(left ?? 0).eq(right ?? 0);
}
