import type { NotificationRecipient, NotificationRule, Template } from '#metadata/records.gen.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { FieldsOf } from '#platform/kernel/fields-of.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { defineHook, type Hook } from '#platform/kernel/module.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { eventFaults } from '../rules/event-faults.ts';
import type { NamedEvents } from '../rules/named-events.ts';
import { EVENT_ALONE } from '../rules/subjects.ts';

const WITH_FIELD: readonly string[] = ['changed', 'date'];
const DAYS: readonly string[] = ['date', 'dateTime'];
const REACHING: readonly string[] = ['email', 'phone', 'user'];
const LEADING: readonly string[] = ['user', 'customer', 'contact'];

const TEMPLATES_MAX = 20;

/** A rule names an event or fields that there are, people whom it can reach, and a template that tells of the same. */
export const checkRule = (events: NamedEvents): Hook =>
  defineHook<NotificationRule, { templates: readonly Template[] }>({
    object: 'notification_rule',
    name: 'checkRule',
    needs: ({ template, about }) => ({
      templates: { object: 'template', filter: { name: template, about }, fields: 'id,name,event', limit: TEMPLATES_MAX },
    }),
    derive: (rule, { templates }, _before, fieldsOf) => {
      const errors = [
        ...fieldFaults(rule, fieldsOf),
        ...eventFaults(rule, events),
        ...recipientFaults(rule, fieldsOf),
        ...templateFaults(rule, templates),
      ];
      if (errors.length > 0) throw invalidValues(errors);
      return {};
    },
  });

function templateFaults({ template, when, event }: NotificationRule, templates: readonly Template[]): readonly FieldError[] {
  const at = { pointer: '/template', field: 'template', rule: 'reference' };
  if (templates.length === 0)
    return [faultAt(at, { en: `There is no template ${template} about this.`, de: `Eine Vorlage ${template} hierüber gibt es nicht.` })];
  const other = templates.find((one) => one.event && (when !== 'event' || (event && one.event !== event)))?.event;
  return other
    ? [
        faultAt(at, {
          en: `The template ${template} tells of the event ${other}.`,
          de: `Die Vorlage ${template} erzählt vom Ereignis ${other}.`,
        }),
      ]
    : [];
}

function fieldFaults({ when, field, about }: NotificationRule, fieldsOf: FieldsOf): readonly FieldError[] {
  const fields = fieldsOf(about);
  if (!WITH_FIELD.includes(when) || !field || !fields) return [];
  const found = fields.get(field);
  const at = { pointer: '/field', field: 'field', rule: 'unknown' };
  if (!found) return [faultAt(at, unknown(field, fields))];
  if (when !== 'date' || DAYS.includes(found.type)) return [];
  return [faultAt({ ...at, rule: 'type' }, { en: `${field} is no day.`, de: `${field} ist kein Tag.` })];
}

function recipientFaults({ about, recipients }: NotificationRule, fieldsOf: FieldsOf): FieldError[] {
  const fields = about === EVENT_ALONE ? new Map<string, FieldDefinition>() : fieldsOf(about);
  return (recipients ?? []).flatMap((row, position) => {
    const sentence = fields ? wrongIn(row, fields) : null;
    return sentence ? [faultAt({ pointer: `/recipients/${position}/value`, field: 'value', rule: 'recipient' }, sentence)] : [];
  });
}

function wrongIn({ kind, value }: NotificationRecipient, fields: ReadonlyMap<string, FieldDefinition>) {
  if (kind === 'address' && !/^(\S+@\S+|\+\d{5,20})$/.test(value))
    return {
      en: `${value} is neither an e-mail address nor a phone number such as +4930123456.`,
      de: `${value} ist weder E-Mail-Adresse noch Telefonnummer wie +4930123456.`,
    };
  if (kind !== 'field') return null;
  const field = fields.get(value);
  if (!field) return unknown(value, fields);
  if (REACHING.includes(field.type) || LEADING.includes(field.target ?? '')) return null;
  return { en: `${value} leads to nobody.`, de: `${value} führt zu niemandem.` };
}

function unknown(name: string, fields: ReadonlyMap<string, FieldDefinition>) {
  const near = nearest(name, fields.keys());
  return {
    en: `There is no field ${name} here.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    de: `Ein Feld ${name} gibt es hier nicht.${near === undefined ? '' : ` Meinten Sie ${near}?`}`,
  };
}
