/** A number is known by at least so many letters and digits: shorter ones are in too many texts by chance. */
const LENGTH_MIN = 5;

/** Whether a text that a payer wrote names a document by its number, whatever they or their bank did to dashes and spaces: `RE IN2026 00012` names IN-2026-00012. */
export function namesIn(text: string, number: string): boolean {
  const wanted = bare(number);
  if (wanted.length < LENGTH_MIN) return false;
  const given = bare(text);
  for (let at = given.indexOf(wanted); at >= 0; at = given.indexOf(wanted, at + 1)) {
    // One digit more would be another number.
    if (!/\d/.test(given.charAt(at + wanted.length)) || !/\d$/.test(wanted)) return true;
  }
  return false;
}

/** Letters and digits alone, in capitals. */
export function bare(text: string): string {
  return text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
