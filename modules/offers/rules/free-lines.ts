import type { OfferLine } from '#metadata/records.gen.ts';
import { isFreeLine, stepsOf } from './priced-line.ts';

/** What is known of a product that comes along. */
export type FreeProduct = { readonly id: string; readonly name: string; readonly unit?: string | null };

/** The lines with the free goods that their rules add, each after the line that it comes with. Those that were there keep their ids. */
export function withFreeLines(lines: readonly OfferLine[], products: readonly FreeProduct[]): readonly OfferLine[] {
  const there = lines.filter(isFreeLine);
  return lines
    .filter((line) => !isFreeLine(line))
    .flatMap((line) => {
      const step = stepsOf(line).find((each) => each.step === 'free');
      if (!step?.productId) return [line];
      const known = there.findIndex((free) => free.productId === step.productId && stepsOf(free)[0]?.id === step.id);
      const [before] = known < 0 ? [] : there.splice(known, 1);
      const product = products.find(({ id }) => id === step.productId);
      const free: OfferLine = {
        ...before,
        productId: step.productId,
        description: before?.description ?? product?.name ?? null,
        unit: before?.unit ?? product?.unit ?? null,
        quantity: step.by ?? '1',
        unitPrice: '0',
        discountPercent: null,
        priceSteps: [step],
      };
      return [line, free];
    });
}
