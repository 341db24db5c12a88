import { notificationsWith, type Needs } from '#modules/notifications/module.ts';
import { declaredEvents } from '#platform/core/declared-events.ts';
import type { InstallationSettings } from '#platform/installation.ts';
import { modules, startInstallation, type Installation } from './installation.ts';
import { startMailServer } from './mail-server.ts';

/** What reports on its letters are signed with. */
export const RECEIPT_SECRET = 'a secret of tests, long enough to be one';

/** An installation whose letters arrive at a mail server of its own. */
export type Mailed = {
  readonly installation: Installation;
  readonly mailServer: Awaited<ReturnType<typeof startMailServer>>;
  readonly stop: () => Promise<void>;
};

/** Starts both. */
export async function startMailed(
  settings: Partial<InstallationSettings> = {},
  { withinMs = 1_000, ...needs }: Pick<Needs, 'sms'> & { withinMs?: number } = {},
): Promise<Mailed> {
  const mailServer = await startMailServer();
  const notifications = notificationsWith({
    publicUrl: 'https://tessera.example',
    mail: { url: mailServer.url, from: 'post@tessera.example', withinMs, receiptSecret: RECEIPT_SECRET },
    events: declaredEvents(modules),
    linkKey: new Uint8Array(32).fill(5),
    ...needs,
  });
  const installation = await startInstallation({
    modules: modules.map((module) => (module.name === 'notifications' ? notifications : module)),
    ...settings,
  });
  return {
    installation,
    mailServer,
    stop: async () => {
      await installation.stop();
      await mailServer.stop();
    },
  };
}
