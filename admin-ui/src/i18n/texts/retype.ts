/** Giving a field another type. English and German side by side. */
export const retypeTexts = {
  'change.showRecords': ['Show them in the list ({{count}})', 'In der Liste zeigen ({{count}})'],
  'retype.becoming': ['Becomes {{type}}: {{done}} records, {{part}} %', 'Wird {{type}}: {{done}} Datensätze, {{part}} %'],
  'retype.open': ['Change type', 'Typ ändern'],
  'retype.text': [
    'Values are carried over while everybody goes on working; you see first which records do not fit. The change log takes it back for 30 days.',
    'Die Werte werden übernommen, während alle weiterarbeiten; zuvor sehen Sie, welche Datensätze nicht passen. Unter Änderungen lässt es sich 30 Tage lang zurücknehmen.',
  ],
  'retype.title': ['Change the type of {{field}}', 'Typ von {{field}} ändern'],
  'retype.to': ['New type', 'Neuer Typ'],
} as const;
