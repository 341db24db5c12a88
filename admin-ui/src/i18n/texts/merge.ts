/** Two records that become one. English and German side by side. */
export const mergeTexts = {
  'merge.compare': ['Which value is right?', 'Welcher Wert stimmt?'],
  'merge.filled': ['Taken over, where this one has nothing: {{fields}}.', 'Übernommen, wo hier nichts steht: {{fields}}.'],
  'merge.moves': ['What leads to the other one leads here afterwards:', 'Was zum anderen führt, führt danach hierher:'],
  'merge.movesNothing': ['Nothing leads to the other one.', 'Nichts führt zum anderen.'],
  'merge.other': ['The other one', 'Der andere'],
  'merge.same': ['Both have the same values.', 'Beide haben dieselben Werte.'],
  'merge.text': [
    'The other one goes. Its number and its links find this one from then on, and issued documents stay as they read.',
    'Der andere geht. Seine Nummer und Verweise finden von da an diesen, und ausgestellte Belege lesen sich wie zuvor.',
  ],
  'merge.this': ['This one', 'Dieser'],
  'same.likeValue': ['similar {{field}}', 'ähnlich: {{field}}'],
  'same.merge': ['Compare and merge', 'Vergleichen und zusammenführen'],
  'same.mergeWith': ['Compare and merge with {{title}}', 'Mit {{title}} vergleichen und zusammenführen'],
  'same.sameValue': ['same {{field}}', 'gleich: {{field}}'],
  'same.title': ['Perhaps the same, already there', 'Vielleicht derselbe, schon vorhanden'],
} as const;
