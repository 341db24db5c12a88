/** Reports. English and German side by side. */
export const reportsTexts = {
  'reports.all': ['All reports', 'Alle Berichte'],
  'reports.amountsIn': ['Amounts in {{currency}}', 'Beträge in {{currency}}'],
  'reports.ask': ['What it asks for is missing', 'Es fehlt eine Angabe'],
  'reports.askText': ['Fill in: {{fields}}.', 'Füllen Sie aus: {{fields}}.'],
  'reports.collapse': ['Close all', 'Alle schließen'],
  'reports.csv': ['CSV', 'CSV'],
  'reports.expand': ['Open all', 'Alle öffnen'],
  'reports.hide': ['Hide what belongs to {{name}}', 'Was zu {{name}} gehört, ausblenden'],
  'reports.input': ['What is asked for', 'Angaben'],
  'reports.more': ['Show more', 'Weitere zeigen'],
  'reports.none': ['No reports', 'Keine Berichte'],
  'reports.noneText': [
    'There is no report of what you may read. Administrators can change that under roles.',
    'Es gibt keinen Bericht über das, was Sie lesen dürfen. Administratoren können das unter Rollen ändern.',
  ],
  'reports.nothing': ['Nothing to report', 'Nichts zu berichten'],
  'reports.nothingText': ['There is nothing that matches what is asked for.', 'Zu diesen Angaben gibt es nichts.'],
  'reports.pdf': ['PDF', 'PDF'],
  'reports.print': ['Print', 'Drucken'],
  'reports.rows': ['{{count}} rows', '{{count}} Zeilen'],
  'reports.show': ['Show what belongs to {{name}}', 'Was zu {{name}} gehört, einblenden'],
} as const;
