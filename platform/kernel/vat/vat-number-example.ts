/** A number of each member state of the Union, and of its neighbours whose rule is known, that has their form and right check digits. */
export const VAT_NUMBER_EXAMPLES: { readonly [country: string]: string } = {
  AT: 'ATU00000024',
  BE: 'BE0411905847',
  BG: 'BG301004503',
  CH: 'CHE100155212MWST',
  CY: 'CY00532445O',
  CZ: 'CZ46505334',
  DE: 'DE136695976',
  DK: 'DK88146328',
  EE: 'EE100207415',
  EL: 'EL040127797',
  ES: 'ESA13585625',
  FI: 'FI09853608',
  FR: 'FR83404833048',
  GB: 'GB434031494',
  HR: 'HR38192148118',
  HU: 'HU21376414',
  IE: 'IE8473625E',
  IT: 'IT00743110157',
  LT: 'LT210061371310',
  LU: 'LU10000356',
  LV: 'LV40003009497',
  MT: 'MT15121333',
  NL: 'NL010000446B01',
  PL: 'PL5260001246',
  PT: 'PT502757191',
  RO: 'RO11198699',
  SE: 'SE556188840401',
  SI: 'SI15012557',
  SK: 'SK4030000007',
  XI: 'XI434031494',
};

/** How a number of that one's country looks; undefined where its rule is not known. Greece writes EL, and GR is taken for it. */
export function vatNumberExample(number: string): string | undefined {
  const country = number.slice(0, 2);
  return VAT_NUMBER_EXAMPLES[country === 'GR' ? 'EL' : country];
}
