/** Metadata as files. English and German side by side. */
export const filesTexts = {
  'files.add': ['Add', 'Neu'],
  'files.after': ['its parts, new', 'die Angaben, neu'],
  'files.against': ['Differences to version {{version}}: {{count}}', 'Unterschiede zu Version {{version}}: {{count}}'],
  'files.applied': ['Applied as version {{version}}', 'Als Version {{version}} angewendet'],
  'files.apply': ['Apply this plan', 'Diesen Plan anwenden'],
  'files.before': ['its parts, before', 'die Angaben, bisher'],
  'files.bring': ['Apply a file here', 'Eine Datei hier anwenden'],
  'files.bringHelp': [
    'Choose a file that was downloaded so. You see what it would change before anything happens; it is applied as one change, which the change log takes back.',
    'Wählen Sie eine so heruntergeladene Datei. Sie sehen vorher, was sie ändern würde; angewendet wird sie als eine Änderung, die sich unter Änderungen zurücknehmen lässt.',
  ],
  'files.change': ['Change', 'Ändern'],
  'files.difference': ['Difference', 'Unterschied'],
  'files.doNotFit': [
    '{{address}}: {{count}} of {{affected}} records do not fit and stop the whole',
    '{{address}}: {{count}} von {{affected}} Datensätzen passen nicht und halten alles auf',
  ],
  'files.download': ['Download', 'Herunterladen'],
  'files.kept': ['Not in the file, and stays', 'Nicht in der Datei, bleibt bestehen'],
  'files.keptHelp': [
    'Tick what is to be retired; its data are kept for 30 days.',
    'Haken Sie an, was stillgelegt werden soll; die Daten bleiben 30 Tage.',
  ],
  'files.offeredWhen': ['only when', 'nur wenn'],
  'files.plan': ['Plan', 'Plan'],
  'files.refused': ['This file cannot be applied here', 'Diese Datei lässt sich hier nicht anwenden'],
  'files.remove': ['Remove', 'Entfernen'],
  'files.retired': ['(retired)', '(stillgelegt)'],
  'files.same': ['Nothing to change: this is how it is here.', 'Nichts zu ändern: So ist es hier bereits.'],
  'files.stayAsTheyAre': [
    '{{address}}: {{count}} of {{affected}} records would not be accepted anew; they stay as they are',
    '{{address}}: {{count}} von {{affected}} Datensätzen würden so nicht mehr angenommen; sie bleiben, wie sie sind',
  ],
  'files.take': ['Take along', 'Mitnehmen'],
  'files.takeHelp': [
    'Objects, fields, option lists, layouts, shared views and rights that administrators made, as one file. Records, users and roles are not part of it.',
    'Objekte, Felder, Auswahllisten, Layouts, geteilte Ansichten und Rechte, die Administratoren angelegt haben, als eine Datei. Datensätze, Benutzer und Rollen gehören nicht dazu.',
  ],
  'files.text': [
    'From a trial installation to the one that counts: build here, apply there. For git, the command npm run metadata writes the same as a folder.',
    'Von der Probe zum Ernstfall: hier bauen, dort anwenden. Für Git schreibt der Befehl npm run metadata dasselbe als Ordner.',
  ],
  'files.what': ['What', 'Was'],
  'files.where': ['Where', 'Wo'],
} as const;
