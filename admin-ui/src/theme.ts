import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import type { SyntheticEvent } from 'react';

const tessera: MantineColorsTuple = [
  '#eef6fa',
  '#d9eaf2',
  '#b0d4e5',
  '#84bdd8',
  '#60a9cd',
  '#4699c2',
  '#2f7ea6',
  '#256a8d',
  '#1f5a78',
  '#174761',
];

/** From text to ground, in the blue grey of the frame. */
const dark: MantineColorsTuple = [
  '#d8dde1',
  '#bcc5cb',
  '#9aa7b1',
  '#71808b',
  '#3a444b',
  '#30383e',
  '#242b30',
  '#1b2024',
  '#14181b',
  '#0f1214',
];

/** Quiet text that can still be read: 4.5 to 1 on every ground of ours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5b6670', '--mantine-color-placeholder': '#697580' },
  dark: { '--mantine-color-dimmed': '#9aa7b1', '--mantine-color-placeholder': '#93a0aa', '--mantine-color-anchor': '#84bdd8' },
});

/** Text on a light ground of its own colour stands out 4.5 to 1, which the kit's shades do not. */
const readable: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const name = input.color ?? input.theme.primaryColor;
  if (input.variant !== 'light' || input.theme.colors[name] === undefined) return colors;
  const shade = (index: number): string => `var(--mantine-color-${name}-${index})`;
  return { ...colors, color: `light-dark(color-mix(in srgb, ${shade(9)} 70%, black), ${shade(2)})` };
};

type InBox = SyntheticEvent<HTMLInputElement>;

function selectText({ currentTarget: input }: InBox): void {
  if (!input.readOnly) input.select();
}

/** A click that opens the list; one into what is being typed sets the cursor there. */
function selectClosed(event: InBox): void {
  if (event.currentTarget.getAttribute('aria-expanded') !== 'true') selectText(event);
}

/** One calm, dense look: small controls, one accent, system fonts. */
export const theme = createTheme({
  primaryColor: 'tessera',
  primaryShade: { light: 7, dark: 6 },
  colors: { tessera, dark },
  defaultRadius: 'md',
  respectReducedMotion: true,
  variantColorResolver: readable,
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '22px' }, h2: { fontSize: '17px' }, h3: { fontSize: '15px' } } },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35, blur: 1 } } },
    // A dialog's head is no banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    // What it says while it turns is said by something that may have a name.
    Loader: { defaultProps: { role: 'status' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    // What is typed takes the place of what is chosen, and so searches.
    Select: { defaultProps: { onFocus: selectText, onClick: selectClosed } },
    // Typing finds an option, and the box can be reached with the pointer.
    MultiSelect: { defaultProps: { searchable: true } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
  },
});
