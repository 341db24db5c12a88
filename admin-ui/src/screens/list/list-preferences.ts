import { useLocalStorage } from '@mantine/hooks';

export type Density = 'compact' | 'normal';

/** How high rows are: what this browser was told last, for all lists. */
export function useDensity(): readonly [Density, (density: Density) => void] {
  const [density, setDensity] = useLocalStorage<Density>({
    key: 'tessera.density',
    defaultValue: 'normal',
    getInitialValueInEffect: false,
    deserialize: (text) => (text === '"compact"' ? 'compact' : 'normal'),
  });
  return [density, setDensity];
}

type Widths = { readonly [column: string]: number };

/** How wide the columns of an object's list were pulled, by id of their field. */
export function useWidths(object: string): readonly [Widths, (column: string, width: number) => void] {
  const [widths, setWidths] = useLocalStorage<Widths>({
    key: `tessera.widths.${object}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  return [widths, (column, width) => setWidths((before) => ({ ...before, [column]: Math.round(width) }))];
}
