import type { Template } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook, type Hook } from '#platform/kernel/module.ts';
import type { NamedEvents } from '../rules/named-events.ts';
import { templateFaults } from '../rules/template/faults.ts';

/** A template that cannot be read, or names what its records or its event do not have, is not saved: the refusal says which, and in which line. */
export const checkTemplate = (events: NamedEvents): Hook =>
  defineHook<Template, Record<string, never>>({
    object: 'template',
    name: 'checkTemplate',
    derive: (template, _facts, _before, fieldsOf) => {
      const errors = templateFaults(template, { fieldsOf, events });
      if (errors.length > 0) throw invalidValues(errors);
      return {};
    },
  });
