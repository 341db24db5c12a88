/** A name as an SQL identifier. Only names from the metadata come here, and they are quoted all the same. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A constant of the platform's own as an SQL literal. Values from outside are parameters, never literals. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The one collation text sorts and pages by, the same on every server. */
export const TEXT_COLLATION = '"und-x-icu"';
