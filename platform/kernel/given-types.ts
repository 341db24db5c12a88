/** Types of fields whose values are drawn when a record is made or issued. */
export const DRAWN_TYPES: readonly string[] = ['autoNumber', 'documentNumber'];

/** Types of fields whose values nobody writes: they are drawn, or taken from another record. */
export const GIVEN_TYPES: readonly string[] = [...DRAWN_TYPES, 'relatedValue', 'snapshot'];
