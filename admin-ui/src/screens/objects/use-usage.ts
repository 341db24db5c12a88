import { useQuery } from '@tanstack/react-query';
import type { Label } from '#platform/kernel/model.ts';
import { askFor } from '#admin-ui/src/api/client.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';

/** A place in the metadata that stands on a field or an object. */
export type Place = {
  readonly kind: string;
  readonly object: string;
  readonly name: string;
  readonly label: Label;
  readonly isBlocking: boolean;
};

/** What is known of a field's use; `filled` is a share, null where it has no column or its service does not answer. */
export type FieldUsage = {
  readonly id: string;
  readonly name: string;
  readonly filled: number | null;
  readonly usedIn: readonly Place[];
};

/** Of an object: its records, and of each field how filled it is and where it is used. */
export type Usage = {
  readonly rows: number | null;
  readonly isEstimate: boolean;
  readonly fields: readonly FieldUsage[];
  /** The last counter of each series of numbers; null when the service does not answer. */
  readonly numbers: readonly NumberSeries[] | null;
  readonly fieldsMost: number;
};

/** A series of numbers of a field: of one company, and of one year where its format has one. */
export type NumberSeries = { readonly field: string; readonly company: string | null; readonly year: string | null; readonly last: number };

/** Asked anew whenever it is looked at: records come and go. */
export function useUsage(object: Pick<BusinessObject, 'name'>): Usage | undefined {
  const query = useQuery({
    queryKey: ['usage', object.name],
    queryFn: ({ signal }) => askFor<Usage>(`/api/platform/objects/${object.name}/usage`, { signal }),
    retry: false,
  });
  return query.data;
}
