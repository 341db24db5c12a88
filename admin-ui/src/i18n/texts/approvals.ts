/** What waits for somebody's approval. English and German side by side. */
export const approvalsTexts = {
  'approvals.approve': ['Approve', 'Freigeben'],
  'approvals.approved': ['Approved: {{title}}', 'Freigegeben: {{title}}'],
  'approvals.asked': ['{{by}} asks', '{{by}} fragt'],
  'approvals.because': ['Because', 'Weil'],
  'approvals.comment': ['Comment', 'Kommentar'],
  'approvals.commentHelp': ['A rejection needs one.', 'Eine Ablehnung braucht einen.'],
  'approvals.due': ['Due {{at}}', 'Fällig {{at}}'],
  'approvals.escalated': ['Escalated', 'Eskaliert'],
  'approvals.held': ['it is', 'es ist'],
  'approvals.heldOf': ['{{count}} of {{needed}} approvals are there', '{{count}} von {{needed}} Freigaben liegen vor'],
  'approvals.none': ['Nothing waits for you', 'Nichts wartet auf Sie'],
  'approvals.noneText': [
    'What an approval policy asks of you stands here, with the reason.',
    'Was eine Freigaberegel von Ihnen verlangt, steht hier mit dem Grund.',
  ],
  'approvals.overdue': ['Overdue since {{at}}', 'Überfällig seit {{at}}'],
  'approvals.policies': ['Policies', 'Regeln'],
  'approvals.reject': ['Reject', 'Ablehnen'],
  'approvals.rejected': ['Rejected: {{title}}', 'Abgelehnt: {{title}}'],
  'approvals.substitutes': ['Substitutes', 'Vertretungen'],
} as const;
