import type { MessageTime, NotificationRule } from '#metadata/records.gen.ts';
import type { Rhythm } from './digest-slot.ts';

/**
 * When a letter leaves in which a message of a rule is one of several, as its recipient wants it, else as the rule says; null for one that leaves at once. What has a
 * document with it, or a link by which to answer, is a letter of its own.
 */
export function rhythmOf(
  own: Pick<MessageTime, 'rhythm' | 'digestAt' | 'digestDay'> | null,
  rule: Pick<NotificationRule, 'rhythm' | 'digestAt' | 'digestDay' | 'attachesDocument' | 'handsOutLink'>,
): Rhythm | null {
  if (rule.attachesDocument || rule.handsOutLink) return null;
  const { rhythm, digestAt, digestDay } = own?.rhythm ? own : rule;
  if (!digestAt) return null;
  if (rhythm === 'daily') return { rhythm, at: digestAt };
  return rhythm === 'weekly' && digestDay ? { rhythm, at: digestAt, day: digestDay } : null;
}
