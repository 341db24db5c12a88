import { Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Label, ObjectDefinition } from '#platform/kernel/model.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import { FIELDS_WARN } from '#platform/metadata/cross-check.ts';
import type { AskFit, FitReport, FitSample } from '#platform/metadata/fit.ts';
import type { Change, LocatedChange } from './change.ts';
import { dependantsOf, dependantsOfList, dependantsOfObject, type Dependant } from './dependants.ts';
import { fitReports } from './fit-reports.ts';
import { layoutWarnings } from './layout-warnings.ts';
import { planChanges, type Plan, type PlanContext } from './plan.ts';
import { findObject, type CoreState } from './state.ts';

/** A row that stands in the way, and the object that it is of. */
type RowSample = FitSample & { readonly object: string };

/** What a set of changes would do: the rows concerned, what stands on what is changed, the locks and time it takes, and why it would be refused. */
export type Preview = {
  readonly changes: readonly Change[];
  readonly rows: {
    readonly affected: number;
    readonly isAtLeast?: boolean;
    readonly doNotFit: number;
    readonly samples: readonly RowSample[];
  };
  readonly dependants: readonly Dependant[];
  readonly locks: 'none' | 'short';
  readonly seconds: number;
  readonly warnings: readonly string[];
  readonly errors: readonly FieldError[];
};

type Rows = FitReport & { readonly samples: readonly RowSample[] };
const NOTHING: Rows = { affected: 0, doNotFit: 0, samples: [] };

/** Works the changes into a copy and asks the owning services; nothing is written. A refusal becomes an entry of `errors`. */
export async function previewOf(
  state: CoreState,
  changes: readonly LocatedChange[],
  options: { readonly context: PlanContext; readonly fit: AskFit },
): Promise<Preview> {
  const { plan, errors } = tried(state, changes, options.context);
  const reports = plan ? await fitReports(plan.fits, options.fit) : [];
  const all = reports.reduce<Rows>(
    (sum, report) => ({
      affected: sum.affected + report.affected,
      isAtLeast: sum.isAtLeast === true || report.isAtLeast === true,
      doNotFit: sum.doNotFit + report.doNotFit,
      samples: [...sum.samples, ...report.samples.map((sample) => ({ ...sample, object: report.of.object }))].slice(0, 20),
      seconds: (sum.seconds ?? 0) + (report.seconds ?? 0),
    }),
    NOTHING,
  );
  return {
    changes: changes.map((one) => one.change),
    rows: {
      affected: all.affected,
      ...(all.isAtLeast === true ? { isAtLeast: true } : {}),
      doNotFit: all.doNotFit,
      samples: all.samples,
    },
    dependants: changes.flatMap((one) => dependants(state, one.change)),
    locks: plan && touchesTables(plan) ? 'short' : 'none',
    seconds: all.seconds ?? 0,
    warnings: plan ? warnings(plan, changes).map((one) => one[options.context.language] ?? one.en) : [],
    errors,
  };
}

function tried(state: CoreState, changes: readonly LocatedChange[], context: PlanContext): { plan?: Plan; errors: readonly FieldError[] } {
  try {
    return { plan: planChanges(state, changes, context), errors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { errors: error.details.errors ?? [{ pointer: '', rule: error.code, message: error.message }] };
  }
}

function dependants(state: CoreState, change: Change): readonly Dependant[] {
  if (change.kind === 'changeOptionList' || change.kind === 'dropOptionList') return dependantsOfList(state.objects, change);
  const object = 'object' in change && typeof change.object === 'string' ? findObject(state, change.object) : undefined;
  if (!object) return [];
  if (change.kind === 'retireObject' || change.kind === 'dropObject') return dependantsOfObject(state.objects, object);
  if (change.kind !== 'retireField' && change.kind !== 'dropField' && change.kind !== 'changeField') return [];
  const field = object.fields.find((one) => one.name === change.field || one.id === change.field);
  return field ? dependantsOf(state.objects, field) : [];
}

const TABLE_FACTS = ['ObjectCreated', 'ObjectDropped', 'FieldAdded', 'FieldDropped'];

function touchesTables(plan: Plan): boolean {
  return plan.facts.some((fact) => TABLE_FACTS.includes(fact.type)) || plan.fits.some((fit) => fit.mustFit);
}

function warnings(plan: Plan, changes: readonly LocatedChange[]): readonly Label[] {
  return [
    ...changes.flatMap(({ change }) => [...askedLater(change), ...ofLayout(plan, change)]),
    ...manyFields(plan.objects, new Set(plan.subjects)),
  ];
}

/** A new field is empty in the records that are there: one that is required and has no default is asked for when they are changed. */
function askedLater(change: Change): readonly Label[] {
  const field = change.kind === 'addField' && isRecord(change.field) ? change.field : {};
  if (field['required'] !== true || (field['default'] ?? null) !== null) return [];
  return [ASKED_LATER];
}

const ASKED_LATER: Label = {
  en: 'Records that are there have no value of a new field that is required; whoever changes one of them next has to give it one.',
  de: 'Vorhandene Datensätze haben im neuen Pflichtfeld keinen Wert; wer einen davon als Nächstes ändert, muss ihn angeben.',
};

function ofLayout({ objects }: Plan, change: Change): readonly Label[] {
  if (change.kind !== 'setLayout') return [];
  const object = objects.find((one) => (one.name === change.object && one.state === 'active') || one.id === change.object);
  const layout = object?.layouts.find((one) => one.name === change.layout);
  return object && layout ? layoutWarnings(object, layout) : [];
}

function manyFields(objects: readonly ObjectDefinition[], subjects: ReadonlySet<string>): readonly Label[] {
  return objects
    .filter((object) => subjects.has(object.id) && object.fields.length > FIELDS_WARN)
    .map((object) =>
      sentence(
        (of) => `${of(object)} has ${object.fields.length} fields. Above ${FIELDS_WARN} lists and forms become slow to work with.`,
        (of) => `${of(object)} hat ${object.fields.length} Felder. Ab ${FIELDS_WARN} werden Listen und Formulare träge.`,
      ),
    );
}
