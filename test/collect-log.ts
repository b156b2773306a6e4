import { Writable } from 'node:stream';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** A destination of a log that puts its lines here, parsed. */
export function collecting(lines: LogLine[]): Writable {
  return new Writable({
    write: (chunk, _, done) => {
      for (const line of String(chunk).split('\n').filter(Boolean)) lines.push(JSON.parse(line) as LogLine);
      done();
    },
  });
}
