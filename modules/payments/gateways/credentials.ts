import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';

/** What a gateway knows us by, and what it signs its webhooks with: the newest first, so that both can be exchanged while it goes on. */
export type Credentials = { readonly secretKey: string; readonly webhookSecrets: readonly string[] };

/** Seals credentials for the database, and opens them. */
export type Vault = {
  readonly seal: (credentials: Credentials) => Promise<string>;
  readonly open: (sealed: string | null | undefined) => Promise<Credentials>;
};

const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;
/** Secrets that are good beside the newest, until the gateway has changed over. */
export const WEBHOOK_SECRETS_MAX = 2;

/** Seals by AES-256-GCM (NIST SP 800-38D) under a key that stands in no database. */
export function openVault(keyBytes: Uint8Array<ArrayBuffer>): Vault {
  const key = crypto.subtle.importKey('raw', keyBytes, ALGORITHM, false, ['encrypt', 'decrypt']);
  return Object.freeze({
    seal: async (credentials: Credentials) => {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const text = new TextEncoder().encode(JSON.stringify(credentials));
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: ALGORITHM, iv }, await key, text));
      return `v1.${textOf(iv)}.${textOf(sealed)}`;
    },
    open: async (sealed: string | null | undefined) => {
      const [version, iv, text] = (sealed ?? '').split('.');
      if (version !== 'v1' || !iv || !text) throw noSecrets();
      const given = { name: ALGORITHM, iv: bytesOf(iv) };
      const opened = await crypto.subtle.decrypt(given, await key, bytesOf(text)).catch(() => null);
      if (!opened) throw noSecrets();
      return credentialsOf(JSON.parse(new TextDecoder().decode(opened)));
    },
  });
}

function credentialsOf(value: unknown): Credentials {
  if (!isRecord(value) || !Array.isArray(value['webhookSecrets'])) throw noSecrets();
  return { secretKey: plainText(value['secretKey']), webhookSecrets: value['webhookSecrets'].map(plainText) };
}

function textOf(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
}

function noSecrets(): Refusal {
  return new Refusal('wrong_state', {
    en: 'This gateway account has no keys yet, or they cannot be opened here. Set its keys.',
    de: 'Dieses Gateway-Konto hat noch keine Schlüssel, oder sie lassen sich hier nicht öffnen. Setzen Sie seine Schlüssel.',
  });
}
