import { stripVTControlCharacters } from 'node:util';

/** A text from outside as one line that cannot steer a terminal, hide, or turn the direction of writing. */
export function sanitizeForTerminal(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
