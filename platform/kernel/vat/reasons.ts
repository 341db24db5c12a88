/** Why no VAT is charged, as documents print it (BT-120), with its code (BT-121) from the VATEX list of the Connecting Europe Facility. */
export const VAT_REASONS = {
  'reverse-charge': {
    code: 'VATEX-EU-AE',
    en: 'Reverse charge',
    de: 'Steuerschuldnerschaft des Leistungsempfängers',
  },
  'intra-community': {
    code: 'VATEX-EU-IC',
    en: 'Intra-Community supply, exempt under article 138 of Directive 2006/112/EC',
    de: 'Steuerfreie innergemeinschaftliche Lieferung (Artikel 138 der Richtlinie 2006/112/EG)',
  },
  export: {
    code: 'VATEX-EU-G',
    en: 'Export outside the EU, exempt under article 146 of Directive 2006/112/EC',
    de: 'Steuerfreie Ausfuhrlieferung (Artikel 146 der Richtlinie 2006/112/EG)',
  },
  'outside-scope': {
    code: 'VATEX-EU-O',
    en: 'Not subject to VAT: the place of supply is outside the EU',
    de: 'Nicht steuerbar: Der Leistungsort liegt außerhalb der EU',
  },
  'exempt-activity': {
    code: 'VATEX-EU-132',
    en: 'Exempt under article 132 of Directive 2006/112/EC',
    de: 'Steuerfrei nach Artikel 132 der Richtlinie 2006/112/EG',
  },
  'exempt-finance': {
    code: 'VATEX-EU-135-1',
    en: 'Exempt under article 135(1) of Directive 2006/112/EC',
    de: 'Steuerfrei nach Artikel 135 Absatz 1 der Richtlinie 2006/112/EG',
  },
  'exempt-customer': {
    code: 'VATEX-EU-151',
    en: 'Exempt under article 151 of Directive 2006/112/EC (diplomatic missions, international bodies, armed forces)',
    de: 'Steuerfrei nach Artikel 151 der Richtlinie 2006/112/EG (diplomatische Vertretungen, internationale Einrichtungen, Streitkräfte)',
  },
  'small-business': {
    code: null,
    en: 'Exempt: scheme for small enterprises (article 284 of Directive 2006/112/EC)',
    de: 'Steuerfrei: Sonderregelung für Kleinunternehmen (Artikel 284 der Richtlinie 2006/112/EG)',
  },
} as const satisfies Readonly<Record<string, { readonly code: string | null; readonly en: string; readonly de: string }>>;

/** Key of a reason above. */
export type VatReason = keyof typeof VAT_REASONS;
