/** Markdown for pages that are written by `npm run generate`. */

/** A page with its title, and a word to whoever opens it to edit it. */
export function page(title: string, source: string, ...blocks: readonly string[]): string {
  const note = `<!-- Written by npm run generate from ${source}: change that, not this page. -->`;
  return `${[`# ${title}`, note, ...blocks].join('\n\n')}\n`;
}

/** A table; bars and line breaks inside cells are kept from breaking it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Text as code, with a fence that the text does not hold. */
export function code(text: string): string {
  if (text === '') return '';
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
