/**
 * The lines of a UTF-8 stream, without the line feed (or carriage return and line feed) that ends each. Unlike in `node:readline`, a line
 * separator (U+2028) or a lone carriage return does not end a line: a question that contains one stays one question. Invalid UTF-8 becomes
 * U+FFFD.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // It also removes a byte order mark.
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
