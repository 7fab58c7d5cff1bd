import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver } from '@mantine/core'

/**
 * The whole look in one file. Everything is ink on paper; the only colours are the three states of an incident, so that
 * red on the screen always means "nobody has answered".
 */

const sans = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
const mono = 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace'

export const theme = createTheme({
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: { fontFamily: sans, fontWeight: '650' },
  colors: {
    // Mantine's own greys are bluish; these are the same neutral as the ink.
    gray: [
      '#f6f6f6',
      '#efefef',
      '#e6e6e7',
      '#dbdbdd',
      '#cccdd0',
      '#a5a7ac',
      '#7f828a',
      '#565a61',
      '#383b41',
      '#202226',
    ],
    dark: [
      '#d6d8dc',
      '#bcbfc5',
      '#9b9fa7',
      '#83878f',
      '#43464d',
      '#34373c',
      '#25272b',
      '#1a1c1f',
      '#131417',
      '#0c0d0f',
    ],
    ink: ['#f6f6f7', '#ebebed', '#dcdde0', '#c3c5c9', '#9a9da4', '#71757d', '#555961', '#3e4148', '#25282d', '#17191c'],
  },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 1 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    return input.variant === 'filled' && (!input.color || input.color === 'ink')
      ? { ...colors, color: 'var(--on-ink)' }
      : colors
  },
  // By name: importing the components here would load all of them with every page.
  components: {
    Button: { defaultProps: { variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'lg' } },
    Checkbox: { defaultProps: { iconColor: 'var(--on-ink)' } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Menu: { defaultProps: { position: 'bottom-end', shadow: 'md' } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfbfa',
    '--mantine-color-text': '#1d1f23',
    '--mantine-color-dimmed': '#5d6169',
    '--mantine-color-placeholder': '#6d7179',
    '--mantine-color-anchor': '#1d1f23',
    '--mantine-color-default-border': '#d3d4d7',
    '--mantine-color-error': '#1d1f23',
    '--on-ink': '#ffffff',
    '--surface': '#ffffff',
    '--raised': '#f2f2f1',
    '--hairline': '#e4e4e5',
    '--pending': '#b3261e',
    '--pending-soft': '#fdeeec',
    '--accepted': '#855000',
    '--accepted-soft': '#fdf3df',
    '--resolved': '#1d6a3a',
    '--resolved-soft': '#e8f4eb',
  },
  dark: {
    '--mantine-color-body': '#141518',
    '--mantine-color-text': '#e6e7ea',
    '--mantine-color-dimmed': '#a2a6ae',
    '--mantine-color-placeholder': '#8b8f97',
    '--mantine-color-anchor': '#e6e7ea',
    '--mantine-color-default': '#212327',
    '--mantine-color-default-hover': '#2b2e33',
    '--mantine-color-default-border': '#3b3e45',
    '--mantine-color-error': '#e6e7ea',
    '--on-ink': '#141518',
    '--surface': '#1a1c1f',
    '--raised': '#24262b',
    '--hairline': '#2d3036',
    '--pending': '#ff9086',
    '--pending-soft': '#3a1916',
    '--accepted': '#f6bd5c',
    '--accepted-soft': '#33260c',
    '--resolved': '#79cf92',
    '--resolved-soft': '#14301e',
  },
})
