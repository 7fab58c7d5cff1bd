import { compile, type FormatCallback } from 'html-to-text'

/**
 * HTML as text, for people to read and filters to look at: nothing of it is ever shown as HTML. How long a hostile
 * document takes grows with the square of its length: give it no more than HTML_CHARACTERS.
 */
export function htmlText(html: string): string {
  return convert(html).replace(/\n{3,}/g, '\n\n')
}

export const HTML_CHARACTERS = 200_000

/** The library puts the cells of a row next to each other, as if they were one word. */
const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder)
  builder.addInline(' ')
}

const asWritten = { uppercase: false }

const convert = compile({
  wordwrap: false,
  // Newsletters nest their tables dozens of levels deep; every level here is a few calls on the stack.
  limits: { maxDepth: 200, maxChildNodes: 5000, ellipsis: '…' },
  formatters: { cell },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['td', 'th'].map((selector) => ({ selector, format: 'cell' })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: asWritten })),
  ],
})
