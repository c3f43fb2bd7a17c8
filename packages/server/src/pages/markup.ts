/** What every HTML page of the server shares: escaping, and Parley's mark. */

/** Makes a text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Two people talking: a tile with two speech bubbles. Its colours are its own, on any background. */
const markShapes =
  '<rect width="24" height="24" rx="6" fill="#1b5fc4"/>' +
  '<path fill="#fff" d="M6.4 4.8h7a2.4 2.4 0 0 1 2.4 2.4v3.2a2.4 2.4 0 0 1-2.4 2.4H9.2L6 15.4v-2.6a2.4 2.4 0 0 1-2-2.4V7.2a2.4 2.4 0 0 1 2.4-2.4z"/>' +
  '<path fill="#9cc3ff" d="M17.4 9.6a2.4 2.4 0 0 1 2.6 2.4v2.8a2.4 2.4 0 0 1-2 2.4v2.4l-2.9-2.4h-2.7a2.4 2.4 0 0 1-2-1.1l1.8-1.5h1.2a4 4 0 0 0 4-4z"/>';

/** The mark as a decoration beside the name. */
export const brandMark: string = `<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${markShapes}</svg>`;

/** The mark as a document of its own. */
export const faviconDocument: string = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${markShapes}</svg>\n`;

/** Where the mark is served. */
export const faviconPath = '/favicon.svg';
