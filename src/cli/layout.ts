import type { Reply, Suggestion } from '../engine/engine.ts';
import { sourceLine } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';

const WIDTH = 88;

/** Breaks a text between words into lines of at most 88 columns, each indented by `indent`. */
export function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line].join('\n');
}

/** A reply as a person reads it in a terminal, its questions numbered from 1. */
export function layOut(reply: Reply): string {
  const texts = TEXTS[reply.language];
  switch (reply.outcome) {
    case 'answer':
      return [wrapped(reply.text), wrapped(sourceLine(reply)), numbered(`${texts.related}:`, reply.related)]
        .filter(Boolean)
        .join('\n');
    case 'suggest':
      return numbered(reply.text, reply.suggestions);
    case 'unknown':
      return wrapped(reply.text);
  }
}

function numbered(heading: string, suggestions: readonly Suggestion[]): string {
  if (suggestions.length === 0) return '';
  return [heading, ...suggestions.map(({ title }, index) => `  ${index + 1}  ${title}`)].join('\n');
}
