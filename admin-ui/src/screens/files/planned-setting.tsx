import type { ComponentType, ReactNode } from 'react';
import { CONDITION_SETTINGS } from '#platform/kernel/conditions/field-rules.ts';
import { conditionInWords } from '#platform/kernel/conditions/in-words.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { Label, LayoutRule } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { isTextKey, useTexts } from '#admin-ui/src/i18n/index.ts';
import { FilterWords } from '#admin-ui/src/screens/list/filter-words.tsx';
import { RuleWords } from '../layouts/layout-rules.tsx';

type Props = { readonly address: string; readonly name: string; readonly value: unknown; readonly as: 'del' | 'ins' };

const VALUE_MAX = 80;

/** Settings that are conditions or filters. */
const CONDITIONS: readonly string[] = [...CONDITION_SETTINGS, 'filter'];

/** A setting of a plan as it was or would be: conditions, rules and options in words; what is made of other parts behind a word that opens it. */
export function PlannedSetting({ address, name, value, as: Mark }: Props) {
  const { t, say } = useTexts();
  const object = useObject(address.split(/[./]/)[0] ?? '');
  if (typeof value !== 'object' || value === null) return <Mark>{short(value)}</Mark>;
  if (CONDITIONS.includes(name)) return <Mark className="files-words">{conditionOf(object, value)}</Mark>;
  if (isWords(value)) return <Mark>{value.join(', ') || '–'}</Mark>;
  if ('en' in value && typeof value.en === 'string') return <Mark>{say({ ...value, en: value.en })}</Mark>;
  if (isList(value) && value.every(isRecord)) {
    if (name === 'layoutRules') return <Lines as={Mark} parts={value} object={object} Each={Rule} />;
    if (name === 'options') return <Lines as={Mark} parts={value} object={object} Each={Option} />;
  }
  return (
    <details className="files-parts">
      <summary>{t(Mark === 'del' ? 'files.before' : 'files.after')}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

/** Of an object that the file brings along there are no labels yet. */
function conditionOf(object: BusinessObject | undefined, filter: unknown): ReactNode {
  return object ? <FilterWords object={object} filter={filter} /> : <Written filter={filter} />;
}

function Written({ filter }: { readonly filter: unknown }) {
  const { language } = useTexts();
  return <span>{conditionInWords(filter, { language })}</span>;
}

type Part = { readonly [name: string]: unknown };
type PartProps = { readonly object: BusinessObject | undefined; readonly part: Part };
type LinesProps = {
  readonly as: Props['as'];
  readonly object: BusinessObject | undefined;
  readonly parts: readonly Part[];
  readonly Each: ComponentType<PartProps>;
};

function Lines({ as: Mark, object, parts, Each }: LinesProps) {
  if (parts.length === 0) return <Mark>–</Mark>;
  return (
    <span className="files-lines">
      {parts.map((part, at) => (
        <Mark key={at} className="files-words">
          <Each object={object} part={part} />
        </Mark>
      ))}
    </span>
  );
}

/** Which layout is shown, to whom, and when. */
function Rule({ object, part: rule }: PartProps) {
  const { t, say } = useTexts();
  const layout = plainText(rule['layout']);
  const key = `layout.${layout}`;
  const label = say(object?.layouts.find(({ name }) => name === layout)?.label) || (isTextKey(key) ? t(key) : layout);
  return (
    <>
      <b>{label}</b> {object ? <RuleWords object={object} rule={trusted<LayoutRule>(rule)} /> : <Written filter={rule['when'] ?? {}} />}
    </>
  );
}

/** An option by its label, and what is special about it. */
function Option({ object, part: option }: PartProps) {
  const { t, say } = useTexts();
  const { key, label, retired, visibleWhen } = option;
  const named = isRecord(label) ? say(trusted<Label>(label)) : '';
  return (
    <>
      {named === '' || named === key ? plainText(key) : `${named} (${plainText(key)})`}
      {retired === true && <span className="dim"> {t('files.retired')}</span>}
      {visibleWhen !== undefined && visibleWhen !== null && (
        <>
          {' '}
          <span className="dim">{t('files.offeredWhen')}</span> {conditionOf(object, visibleWhen)}
        </>
      )}
    </>
  );
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A value at most as long as a line has room for. */
export function short(value: unknown): string {
  const written = value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
  return written.length > VALUE_MAX ? `${written.slice(0, VALUE_MAX)}…` : written;
}
