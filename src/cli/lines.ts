/**
 * The lines of a stream of UTF-8, without the line feed (or carriage return and line feed) that ends each. Only these
 * end a line, not the line separator U+2028 or a lone carriage return as in `node:readline`: a question that holds
 * one stays one question. What is not UTF-8 becomes U+FFFD.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // It also takes a byte order mark off the beginning.
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const [end = '', ...lines] = decoder.decode(chunk, { stream: true }).split('\n');
    rest += end;
    for (const line of lines) {
      yield withoutReturn(rest);
      rest = line;
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
