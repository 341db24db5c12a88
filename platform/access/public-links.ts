import type { CommandDefinition } from '#platform/kernel/model.ts';
import type { Module, RecordValues } from '#platform/kernel/module.ts';
import type { PublicLink, PublicPage } from '#platform/kernel/public-page.ts';
import { openLinkTokens, type LinkTokens } from './link-token.ts';

/** A page and what signs its links. */
export type LinkedPage = { readonly page: PublicPage; readonly tokens: LinkTokens };

/** The public pages of one module, and the links to them. */
export type PublicLinks = {
  readonly pages: ReadonlyMap<string, LinkedPage>;
  /** The link that a command hands out of this record; null while there is none. */
  readonly linkOf: (command: CommandDefinition, record: RecordValues) => PublicLink | null;
};

/** Opens the public pages of a module; `publicUrl` is where people reach the installation. */
export function openPublicLinks(
  module: Module,
  { secret, publicUrl }: { readonly secret: string; readonly publicUrl: string },
): PublicLinks {
  const pages = new Map(
    module.publicPages.map((page): readonly [string, LinkedPage] => [
      page.name,
      { page, tokens: openLinkTokens(secret, `${module.name}/${page.name}`) },
    ]),
  );
  const linkOf = (command: CommandDefinition, record: RecordValues): PublicLink | null => {
    const linked = command.handsOut === undefined ? undefined : pages.get(command.handsOut);
    const terms = linked?.page.terms(record);
    if (!linked || !terms) return null;
    const token = linked.tokens.issue({ id: String(record['id']), ...terms });
    const { name } = linked.page;
    return { page: name, url: `${publicUrl}/public/${module.name}/${name}/${token}`, lastDay: terms.lastDay };
  };
  return Object.freeze({ pages, linkOf });
}
