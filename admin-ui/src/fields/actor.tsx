import { useActors } from './use-actors.ts';
import type { CellProps } from './field-ui.ts';
import { PlainCell } from './plain-input.tsx';
import { textOf } from './input-frame.ts';

/** Text; in what the platform notes of a record, who wrote it by their name, where the reader may know it. */
export function TextCell(props: CellProps) {
  const { field, value } = props;
  const isActor = field.system === true && /^(user|key):/.test(textOf(value));
  return isActor ? <ActorName by={textOf(value)} /> : <PlainCell {...props} />;
}

function ActorName({ by }: { readonly by: string }) {
  return <>{useActors([by]).get(by) ?? by}</>;
}
