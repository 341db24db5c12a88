/** A record of a tree, as far as its way up needs it. */
export type TreeNode = { readonly id: string; readonly parentId?: string | null };

/** A record and all above it, the nearest first; none for no record. A tree that was closed to a circle is gone round once. */
export function pathUp(id: string | null | undefined, nodes: readonly TreeNode[]): readonly string[] {
  const path = new Set<string>();
  for (let at = id; at && !path.has(at); at = parentOf(at, nodes)) path.add(at);
  return [...path];
}

function parentOf(id: string, nodes: readonly TreeNode[]): string | null {
  return nodes.find((node) => node.id === id)?.parentId ?? null;
}
