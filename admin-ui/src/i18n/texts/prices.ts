/** The bench on which a price is tried. English and German side by side. */
export const pricesTexts = {
  'prices.choose': ['Choose a customer and a product.', 'Wählen Sie einen Kunden und ein Produkt.'],
  'prices.chooseText': [
    'The price is worked out as for an offer, from price lists and pricing rules. Nothing is saved.',
    'Der Preis wird wie für ein Angebot aus Preislisten und Preisregeln ermittelt. Nichts wird gespeichert.',
  ],
  'prices.free': ['Comes along free', 'Kommt gratis dazu'],
  'prices.none': ['Nobody has a price for this', 'Dafür hat niemand einen Preis'],
  'prices.noneText': [
    'Neither a price list that holds nor the product itself names one. Whoever writes the offer types it in.',
    'Weder eine geltende Preisliste noch das Produkt selbst nennt einen. Wer das Angebot schreibt, gibt ihn ein.',
  ],
  'prices.try': ['Try a price', 'Preis ausprobieren'],
} as const;
