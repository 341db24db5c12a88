import { createTheme, type MantineColorsTuple } from '@mantine/core';

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

/** One calm, dense look: small controls, one accent, system fonts. */
export const theme = createTheme({
  primaryColor: 'tessera',
  primaryShade: { light: 7, dark: 6 },
  colors: { tessera },
  defaultRadius: 'md',
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '22px' }, h2: { fontSize: '17px' }, h3: { fontSize: '15px' } } },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35, blur: 1 } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
  },
});
