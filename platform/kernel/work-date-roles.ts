/** Who may work on another day than today's: their documents count in the books of that day. */
const ROLES: readonly string[] = ['administrator', 'manager', 'accounting'];

/** Whether somebody with these roles may choose their working date. */
export function mayChooseWorkDate(roles: readonly string[]): boolean {
  return roles.some((role) => ROLES.includes(role));
}
