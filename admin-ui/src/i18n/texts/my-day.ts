/** What a salesperson has to do today. English and German side by side. */
export const myDayTexts = {
  'myDay.activities': ['Activities today', 'Aktivitäten heute'],
  'myDay.all': ['Show all', 'Alle zeigen'],
  'myDay.complete': ['Complete {{task}}', '{{task}} erledigen'],
  'myDay.completed': ['Done: {{task}}', 'Erledigt: {{task}}'],
  'myDay.leads': ['Leads without a response', 'Leads ohne Antwort'],
  'myDay.nothing': ['Nothing', 'Nichts'],
  'myDay.opportunities': ['Opportunities standing still', 'Stehende Verkaufschancen'],
  'myDay.tasks': ['Tasks that are due', 'Fällige Aufgaben'],
} as const;
