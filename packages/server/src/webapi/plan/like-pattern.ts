/**
 * Dataverse's text patterns (`%`, `_`, `[a-c]`, `[^a]`; literal ones as `[%]`, `[_]`, `[[]`) in PostgreSQL's terms: LIKE
 * where that can say it, else a regular expression.
 */

export type TextPattern = { readonly syntax: 'like' | 'regex'; readonly text: string };

/** The pattern for a contains, startswith or endswith value. */
export function convertPattern(value: string, place: 'contains' | 'startswith' | 'endswith'): TextPattern {
  const before = place === 'startswith' ? '' : '%';
  const after = place === 'endswith' ? '' : '%';
  return convertLike(`${before}${value}${after}`);
}

/** A whole pattern in Dataverse's syntax. */
function convertLike(pattern: string): TextPattern {
  const pieces = splitPattern(pattern);
  if (pieces.every((piece) => piece.kind !== 'set')) {
    const text = pieces
      .map((piece) => (piece.kind === 'any' ? '%' : piece.kind === 'one' ? '_' : piece.text.replace(/[\\%_]/g, '\\$&')))
      .join('');
    return { syntax: 'like', text };
  }
  const text = pieces
    .map((piece) => {
      if (piece.kind === 'any') return '.*';
      if (piece.kind === 'one') return '.';
      return piece.kind === 'set' ? piece.text : piece.text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    })
    .join('');
  return { syntax: 'regex', text: `^${text}$` };
}

type Piece = {
  readonly kind: 'any' | 'one' | 'literal' | 'set' /** Literal text, or a bracket expression; empty for wildcards. */;
  readonly text: string;
};

function splitPattern(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const letter = pattern.charAt(index);
    if (letter === '%') {
      if (pieces.at(-1)?.kind !== 'any') pieces.push({ kind: 'any', text: '' });
    } else if (letter === '_') pieces.push({ kind: 'one', text: '' });
    else if (letter === '[') {
      const end = pattern.indexOf(']', index + 2);
      if (end === -1) pieces.push({ kind: 'literal', text: letter });
      else {
        pieces.push(setPiece(pattern.slice(index + 1, end)));
        index = end;
      }
    } else pieces.push({ kind: 'literal', text: letter });
  }
  return pieces;
}

function setPiece(content: string): Piece {
  const isNegated = content.startsWith('^') && content.length > 1;
  const members = isNegated ? content.slice(1) : content;
  if (!isNegated && members.length === 1) return { kind: 'literal', text: members };
  // A reversed range would be an error in PostgreSQL; in the pattern it just matches nothing of that range.
  const safe = members
    .replace(/(.)-(.)/g, (range, low: string, high: string) => (low <= high ? range : ''))
    .replace(/[\\[\]^]/g, '\\$&');
  return safe === ''
    ? { kind: 'set', text: isNegated ? '.' : '[^\\s\\S]' }
    : { kind: 'set', text: `[${isNegated ? '^' : ''}${safe}]` };
}
