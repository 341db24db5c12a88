/** Types of text that runs over lines: no index holds them, and no record is called by one. */
export const LONG_TEXTS: readonly string[] = ['longText', 'richText', 'markdown'];
