/**
 * Every place at which a test may interrupt the process, in the order in which a change of the metadata passes them. A test kills the
 * process at each of them, so that none stands here that is never reached.
 */
export const FAULT_POINTS = [
  'core.beforeCommit',
  'core.afterCommit',
  'relay.afterPublish',
  'ddl.before',
  'ddl.beforeCommit',
  'ddl.afterCommit',
  'index.before',
  'index.amid',
  'retype.step',
  'retype.beforeChange',
] as const;

/** The name of a fault point. */
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** What a test may do to the process at a named point: end it as `kill -9` does, throw, or wait. */
type Fault = { readonly name: FaultPoint; readonly action: string; readonly nth: number };

let faults: readonly Fault[] = [];
const passed = new Map<string, number>();

/** Arms fault points from text such as `ddl.beforeCommit:kill@1,relay.afterPublish:delay:200@3`. Called at start; empty in production. */
export function setFaults(text: string): void {
  faults = text
    .split(',')
    .filter((part) => part !== '')
    .map(parse);
  passed.clear();
}

/** A place where a test may interrupt the process. Costs one comparison when no fault is armed. */
export async function faultPoint(name: FaultPoint): Promise<void> {
  if (faults.length === 0) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  const fault = faults.find((one) => one.name === name && one.nth === count);
  if (!fault) return;
  if (fault.action === 'kill') process.kill(process.pid, 'SIGKILL');
  if (fault.action === 'throw') throw new Error(`Fault at ${name}`);
  const [, milliseconds = '0'] = fault.action.split(':');
  await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
}

function parse(text: string): Fault {
  const [head = '', nth = '1'] = text.split('@');
  const colon = head.indexOf(':');
  const name = FAULT_POINTS.find((one) => one === head.slice(0, colon));
  if (!name) throw new Error(`There is no fault point "${head.slice(0, colon)}": take one of ${FAULT_POINTS.join(', ')}.`);
  return { name, action: head.slice(colon + 1), nth: Number(nth) };
}
