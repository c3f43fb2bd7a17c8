/** Writing XML: elements with escaped attributes. Output only, so this is all that is needed. */

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 allows nowhere, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** One element with its children already written. Undefined attributes are left out. */
export function writeElement(name: string, attributes: Attributes, children: readonly string[] = []): string {
  let start = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) start += ` ${key}="${escapeText(String(value))}"`;
  }
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

function escapeText(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"\n\r\t]/g, (character) => escapes[character] ?? character);
}
