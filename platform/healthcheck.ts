/** For containers: ends with 0 when this service answers /healthz on its port. */
import { readConfig } from './config.ts';

const { port } = readConfig(process.env, process.argv.slice(2));
const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
  (answer) => answer.ok,
  () => false,
);
process.exitCode = healthy ? 0 : 1;
