/** Position of the digit that tells the version of a UUID, without its dashes. */
const VERSION_AT = 12;

/**
 * The id of what there is once for two records, such as the stock of a product in a warehouse: their ids, digit by digit, exclusive or.
 * Both are UUIDs of version 7 with 74 random bits, so that two pairs meet no more often than two ids do. It is a UUID of version 8 (RFC 9562).
 */
export function pairId(left: string, right: string): string {
  const [first, second] = [left.replaceAll('-', ''), right.replaceAll('-', '')];
  const digits = Array.from(first, (digit, index) => (Number.parseInt(digit, 16) ^ Number.parseInt(second[index] ?? '0', 16)).toString(16));
  digits[VERSION_AT] = '8';
  digits[VERSION_AT + 4] = ((Number.parseInt(digits[VERSION_AT + 4] ?? '0', 16) & 0x3) | 0x8).toString(16);
  const text = digits.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}
