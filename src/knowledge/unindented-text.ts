/** A line of a text that stands below its field, and the name of that field. */
export interface UnindentedLine {
  /** Of the line's first letter, in UTF-16 units from the beginning of the file. */
  readonly at: number;
  readonly line: string;
  readonly field: string;
}

/** A field whose text stands below it: "answer: >-". */
const FIELD_ABOVE = /^ *(title|answer):\s*(?:[|>][-+\d]*)?\s*$/;
/** Of the files in a knowledge folder, as a part of a pattern. */
export const FIELDS = '(?:id|status|smallTalk|passages|related|de|en|title|answer|phrasings|names|spellings|synonyms)';
/** Its colon may be missing: that is a mistake of its own. */
const OTHER_FIELD = new RegExp(`^ *${FIELDS}(?::|\\s*$)`);
/** Lines that begin with a sign have mistakes of their own. */
const BEGINS_LIKE_TEXT = /^ *[\p{L}\p{N}"'„“(]/u;

/**
 * The first line of a text that is indented too little to belong to the field above it: YAML reads it as the name of
 * another field, and stumbles there or further down.
 *
 * @param at where YAML stumbles, in UTF-16 units from the beginning of the file
 */
export function unindentedLine(source: string, at: number): UnindentedLine | undefined {
  const end = source.indexOf('\n', at);
  const lines = source.slice(0, end < 0 ? source.length : end).split('\n');
  const above = lines.findLastIndex((line, index) => index < lines.length - 1 && OTHER_FIELD.test(line));
  const header = lines[above] ?? '';
  const field = FIELD_ABOVE.exec(header)?.[1];
  if (field === undefined) return undefined;
  let least: number | undefined;
  let offset = lines.slice(0, above + 1).join('\n').length + 1;
  for (const line of lines.slice(above + 1)) {
    if (BEGINS_LIKE_TEXT.test(line)) {
      if (OTHER_FIELD.test(line)) return undefined;
      // The first line says how far all are to be indented.
      least ??= Math.max(indentation(header) + 1, indentation(line));
      if (indentation(line) < least) return { at: offset + indentation(line), line, field };
    }
    offset += line.length + 1;
  }
  return undefined;
}

const indentation = (line: string) => line.length - line.trimStart().length;
