import type { KnownReport, ReportInput } from '#admin-ui/src/api/reports.ts';
import { apiName, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = {
  readonly report: KnownReport;
  /** What is asked for, defaults among it. */
  readonly values: { readonly [name: string]: unknown };
  readonly problems: { readonly [path: string]: string };
  readonly onChange: (given: ReportInput) => void;
};

/** What a report asks for, in the fields that records have for it. */
export function ReportInputs({ report, values, problems, onChange }: Props) {
  const { t } = useTexts();
  const uis = useFieldUis();
  if (report.input.length === 0) return null;
  return (
    <section className="card report-input" aria-label={t('reports.input')}>
      {inputFields(report).map((field) => {
        const { Input } = uis(field);
        const name = apiName(field);
        return (
          <Input
            key={name}
            field={field}
            value={typed(field, values[name])}
            record={values}
            error={problems[name]}
            onChange={(value) => onChange({ [name]: textOf(value) })}
          />
        );
      })}
    </section>
  );
}

/** The input of a report as fields that take values. */
export function inputFields({ input }: Pick<KnownReport, 'input'>): readonly Field[] {
  return input.map((field) => ({ ...field, id: field.name, column: field.name, state: 'active', editable: true }));
}

/** An address has texts: what is yes or no is read out of them. */
function typed({ type }: Field, value: unknown): unknown {
  return type === 'boolean' ? value === true || value === 'true' : value;
}
