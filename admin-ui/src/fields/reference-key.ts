/** The key under which many references are written: field `tags` is `tagIds`. The same rule as the server's; a test compares the two. */
export function manyKey(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}yIds`;
  if (/(ss|sh|ch|x|z)es$/.test(name)) return `${name.slice(0, -2)}Ids`;
  return /(ss|us|is)$/.test(name) ? `${name}Ids` : `${name.replace(/s$/, '')}Ids`;
}
