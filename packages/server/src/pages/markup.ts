/** What every HTML page of the server shares: escaping, and Parley's mark. */

/** Makes a text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Two people talking: a tile with two speech bubbles. Its colours are its own, on any background. */
const markShapes =
  '<rect width="24" height="24" rx="6" fill="#1b5fc4"/>' +
  '<path fill="#9cc3ff" d="M12 9.4h5.8a2.4 2.4 0 0 1 2.4 2.4v3.4a2.4 2.4 0 0 1-1.9 2.35v2.75l-3.2-2.7H12a2.4 2.4 0 0 1-2.4-2.4v-3.4A2.4 2.4 0 0 1 12 9.4z"/>' +
  '<path fill="#fff" stroke="#1b5fc4" stroke-width="2.2" paint-order="stroke" d="M6.2 4.4h7.6a2.4 2.4 0 0 1 2.4 2.4v3.6a2.4 2.4 0 0 1-2.4 2.4H9.1l-3.4 2.8v-2.85A2.4 2.4 0 0 1 3.8 10.4V6.8a2.4 2.4 0 0 1 2.4-2.4z"/>';

/** The mark as a decoration beside the name. */
export const brandMark: string = `<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${markShapes}</svg>`;

/** The mark as a document of its own. */
export const faviconDocument: string = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${markShapes}</svg>\n`;

/** Where the mark is served. */
export const faviconPath = '/favicon.svg';
