/** Who is next, in the order of ids, after who was last; null where there is nobody. */
export function nextOf(people: readonly string[], last: string | null | undefined): string | null {
  const inOrder = people.toSorted();
  return inOrder.find((id) => id > (last ?? '')) ?? inOrder[0] ?? null;
}
