/**
 * The core and the offers in one process, which tests start and kill. Told a fault over its channel it arms it, and says so; it tells its
 * set-up link (null after the set-up) when it serves.
 */
import { modules } from '#tests/support/installation.ts';
import { startInstallation } from '#platform/installation.ts';
import { setFaults } from '#platform/kernel/fault-point.ts';

const [, , adminUrl = '', databasePrefix = '', port = '0'] = process.argv;
const url = `http://127.0.0.1:${port}`;

process.on('message', (faults) => {
  setFaults(String(faults));
  process.send?.({ armed: faults });
});
process.on('disconnect', () => process.exit());

const { setupLink } = await startInstallation({
  services: ['platform', 'offers'],
  host: '127.0.0.1',
  port: Number(port),
  adminUrl,
  databasePrefix,
  busPrefix: databasePrefix,
  secret: 'a secret of tests, long enough to be one',
  publicUrl: url,
  logLevel: 'fatal',
  urlOf: () => url,
  modules,
});
process.send?.({ setupLink });
