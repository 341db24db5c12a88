import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { serviceNamed, type ServiceName } from '#platform/kernel/services.ts';
import { serviceKeys } from './service-keys.ts';

/** Who signed a token, for whom it acts. */
export type ServiceIdentity = { readonly service: ServiceName; readonly actor?: string };

/** Signs tokens as one service and checks those that others sent to it. */
export type ServiceTokens = {
  readonly issue: (audience: ServiceName, actor?: string) => Promise<string>;
  /** Null for anything but a valid, unexpired token addressed to this service. */
  readonly verify: (token: string) => Promise<ServiceIdentity | null>;
};

const LIFETIME_SECONDS = 60;
const REUSED_MS = 30_000;
const LEEWAY_SECONDS = 5;

/** EdDSA tokens (RFC 8037) of at most 60 s that name their audience: what one service may do at another, nobody can repeat elsewhere. */
export function openServiceTokens(secret: string, self: ServiceName): ServiceTokens {
  const { privateKey } = serviceKeys(secret, self);
  const issued = new Map<string, { token: string; at: number }>();
  const issue = async (audience: ServiceName, actor?: string): Promise<string> => {
    const key = `${audience} ${actor ?? ''}`;
    const known = issued.get(key);
    if (known && Date.now() - known.at < REUSED_MS) return known.token;
    const claims = new SignJWT(actor === undefined ? {} : { act: { sub: actor } });
    const token = await claims
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
      .setIssuer(self)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(privateKey);
    if (issued.size > 1000) issued.clear();
    issued.set(key, { token, at: Date.now() });
    return token;
  };
  return Object.freeze({ issue, verify: (token: string) => verify(secret, self, token) });
}

async function verify(secret: string, self: ServiceName, token: string): Promise<ServiceIdentity | null> {
  try {
    const issuer = serviceNamed(String(decodeJwt(token).iss));
    if (!issuer) return null;
    const { publicKey } = serviceKeys(secret, issuer.name);
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ['EdDSA'],
      issuer: issuer.name,
      audience: self,
      clockTolerance: LEEWAY_SECONDS,
      maxTokenAge: LIFETIME_SECONDS,
    });
    const { act } = payload;
    const actor = typeof act === 'object' && act !== null && 'sub' in act ? String(act.sub) : undefined;
    return { service: issuer.name, ...(actor === undefined ? {} : { actor }) };
  } catch {
    return null;
  }
}
