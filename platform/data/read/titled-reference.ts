import type { FieldDefinition } from '#platform/kernel/model.ts';
import { identifier } from '../identifier.ts';
import { findField, targetOf, type Scope, type Side } from '../names.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { titleFieldOf } from '../search.ts';
import { fieldExpression, sideTable } from './builder.ts';

/** A polymorphic reference with the title of what it leads to, `{object, id, title}`; the title is null where the caller may not read it. */
export function titledReference(scope: Scope, alias: string, field: FieldDefinition): string {
  const column = `${alias}.${identifier(field.column)}`;
  const cases = (field.targets ?? []).flatMap((name) => {
    const side = targetOf(scope.schema, { ...field, target: name });
    const title = side && titleIn(scope, side);
    return side && title ? [`when '${name}' then (select ${title} from ${sideTable(side)} t where t.id = (${column}->>'id')::uuid)`] : [];
  });
  const title = cases.length === 0 ? 'null' : `case ${column}->>'object' ${cases.join(' ')} end`;
  return `case when ${column} is null then null else ${column} || jsonb_build_object('title', ${title}) end`;
}

function titleIn(scope: Scope, side: Side): string | null {
  const title = scope.permissions.on(side.object).read ? titleFieldOf(side.object) : null;
  const readable = title && findField(scope, side, apiNameOf(title));
  return readable ? `${fieldExpression('t', side, readable).sql}::text` : null;
}
