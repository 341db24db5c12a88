import { numberSeriesChanged } from '#platform/data/number-series-changed.ts';
import { lifeEvents } from '#platform/data/life/life-events.ts';
import { templateChanged } from '#platform/documents/events.ts';
import type { EventDefinition, Module } from '#platform/kernel/module.ts';
import { recordsExported } from '#platform/transfer/records-exported.ts';
import { reportGenerated } from '#platform/transfer/report-generated.ts';

/** All business events that a service may tell: those of its module, and those that every service has. The events of its records come besides. */
export function eventsOf({ name, events, reports }: Pick<Module, 'name' | 'events' | 'reports'>): readonly EventDefinition[] {
  return [
    ...events,
    recordsExported(name),
    ...(reports.length > 0 ? [reportGenerated(name)] : []),
    ...lifeEvents(name),
    templateChanged(name),
    numberSeriesChanged(name),
  ];
}
