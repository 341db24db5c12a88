/** The stock of all warehouses. English and German side by side. */
export const stockTexts = {
  'stock.allWarehouses': ['All warehouses', 'Alle Lager'],
  'stock.asList': ['As a list', 'Als Liste'],
  'stock.byHand': ['By hand', 'Von Hand'],
  'stock.heldBy': ['Held by orders', 'Für Aufträge reserviert'],
  'stock.in': ['{{product}}, warehouse {{warehouse}}', '{{product}}, Lager {{warehouse}}'],
  'stock.item': ['Open its page', 'Seite öffnen'],
  'stock.low': ['Low', 'Niedrig'],
  'stock.lowHelp': ['Below the reorder level of {{level}}', 'Unter dem Meldebestand von {{level}}'],
  'stock.more': ['Show more', 'Weitere zeigen'],
  'stock.movements': ['Movements', 'Bewegungen'],
  'stock.never': ['Never stocked here. Receive it to begin.', 'Hier noch nie gelagert. Buchen Sie den ersten Zugang.'],
  'stock.none': ['No products in stock', 'Keine Lagerprodukte'],
  'stock.noneText': [
    'Products whose kind is "Kept in stock" stand here, with what each warehouse holds.',
    'Hier stehen Produkte, deren Art „Lagerware“ ist, mit dem Bestand jedes Lagers.',
  ],
  'stock.notFound': ['No product found for this search.', 'Zu dieser Suche gibt es kein Produkt.'],
  'stock.notHeld': ['No order holds any of it.', 'Kein Auftrag hält etwas davon.'],
  'stock.noneLow': [
    'Nothing is low: of every product with a reorder level there is enough.',
    'Nichts ist niedrig: Von jedem Produkt mit Meldebestand ist genug da.',
  ],
  'stock.onlyLow': ['Only what is low', 'Nur Niedriges'],
  'stock.restIn': ['Available in {{warehouse}}', 'Verfügbar in {{warehouse}}'],
} as const;
