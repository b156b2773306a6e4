/** What the server says at a path below `/api/`. */
export async function get<T>(path: string): Promise<T> {
  return answerOf(await fetch(`/api/${path}`));
}

/** What the server says to a value sent to a path below `/api/`. */
export async function post<T>(path: string, value: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return answerOf(await fetch(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify(value) }));
}

/** @throws {Error} with what the server has to say against it */
async function answerOf<T>(response: Response): Promise<T> {
  const value = await response.json();
  if (!response.ok) throw new Error(value.error);
  return value;
}
