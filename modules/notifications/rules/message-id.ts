/**
 * The id of the message that tells somebody once of something by a rule, and of the one by another channel that replaced it: a UUID of version 8 (RFC 9562) of
 * the SHA-256 of these names, so that whoever makes it makes the same one.
 */
export async function messageId(
  names: readonly [ruleId: string, event: string, recipient: string, channelAfterAnother?: string],
): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(names));
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', text)).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}
