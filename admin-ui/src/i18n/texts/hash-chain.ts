/** Verifying a chain of records. English and German side by side. */
export const hashChainTexts = {
  'hashChain.verify': ['Verify the chain', 'Kette prüfen'],
  'hashChain.title': ['Chain of records', 'Kette der Datensätze'],
  'hashChain.text': [
    'Each keeps the hash of the one before. What was changed, inserted or taken away in the database is found at its place.',
    'Jeder hält den Hash des vorigen fest. Was in der Datenbank verändert, eingeschoben oder entfernt wurde, fällt an seiner Stelle auf.',
  ],
  'hashChain.verified': ['{{done}} of {{all}}', '{{done}} von {{all}}'],
  'hashChain.whole': [
    'All {{all}} are as they were written, and none is missing.',
    'Alle {{all}} sind, wie sie geschrieben wurden, und keiner fehlt.',
  ],
  'hashChain.broken': ['The chain is broken', 'Die Kette ist gebrochen'],
  'hashChain.fault.altered': [
    '{{title}} (place {{position}}) says something else than when it was written. Everything before it is whole.',
    '{{title}} (Stelle {{position}}) sagt etwas anderes, als geschrieben wurde. Alles davor ist unversehrt.',
  ],
  'hashChain.fault.unlinked': [
    '{{title}} (place {{position}}) does not go on from the one before. Everything before it is whole.',
    '{{title}} (Stelle {{position}}) schließt nicht an den vorigen an. Alles davor ist unversehrt.',
  ],
  'hashChain.fault.missing': [
    'What stood at place {{position}} is missing. Everything before it is whole.',
    'Was an Stelle {{position}} stand, fehlt. Alles davor ist unversehrt.',
  ],
  'hashChain.fault.cutOff': [
    'What stood at the end is missing, from place {{position}} on.',
    'Was am Ende stand, fehlt, von Stelle {{position}} an.',
  ],
  'hashChain.fault.unchained': [
    '{{title}} has no place in the chain: it was not written by this service.',
    '{{title}} hat keine Stelle in der Kette: Dieser Dienst hat es nicht geschrieben.',
  ],
  'hashChain.help': [
    'Compare it with a backup of the database, and find out who could write there.',
    'Vergleichen Sie es mit einer Sicherung der Datenbank, und stellen Sie fest, wer dort schreiben konnte.',
  ],
} as const;
