import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ShownOnce } from '#admin-ui/src/ui/shown-once.tsx';

/** A password that a person can copy off a screen: 20 letters and digits without those that look alike, 115 bits. */
export function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const limit = 256 - (256 % letters.length);
  const chosen: string[] = [];
  while (chosen.length < 20) {
    const [byte = limit] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < limit) chosen.push(letters.charAt(byte % letters.length));
  }
  return chosen.join('');
}

type Props = { readonly email: string; readonly password: string; readonly onClose: () => void };

/** What somebody needs to sign in, shown this once, to be handed to them. */
export function Credentials({ email, password, onClose }: Props) {
  const { t } = useTexts();
  const text = `${location.origin}/login\n${email}\n${password}`;
  return <ShownOnce warning={t('users.once')} value={text} testId="credentials" onClose={onClose} />;
}
