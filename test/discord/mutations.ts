/** Where in an event something is: names of fields and indexes. */
export type Path = readonly (string | number)[];

/** How a field is changed. */
export type Mutation = 'null' | 'missing' | 'another type' | 'huge';

/** Lists are alike inside: their first elements are enough. */
const ELEMENTS = 2;

/** Every field of an event, outer ones first. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? value.slice(0, ELEMENTS).map((_, index) => index) : Object.keys(value);
  return names.flatMap((name) => {
    const inner = [...path, name];
    return [inner, ...pathsIn((value as Record<string | number, unknown>)[name], inner)];
  });
}

/** A copy of an event with one field changed. */
export function mutate(event: unknown, path: Path, mutation: Mutation): unknown {
  const copy: unknown = structuredClone(event);
  const holder = path.slice(0, -1).reduce<unknown>((at, name) => (at as Record<string | number, unknown>)[name], copy);
  const name = path.at(-1);
  if (typeof holder !== 'object' || holder === null || name === undefined) return copy;
  const fields = holder as Record<string | number, unknown>;
  if (mutation !== 'missing') fields[name] = changed(fields[name], mutation);
  else if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete fields[name];
  return copy;
}

function changed(value: unknown, mutation: 'null' | 'another type' | 'huge'): unknown {
  if (mutation === 'null') return null;
  if (mutation === 'another type') {
    if (typeof value === 'string') return 7;
    return Array.isArray(value) ? { 0: 'x' } : typeof value === 'object' ? ['x'] : { x: 'x' };
  }
  if (typeof value === 'number') return 1e300;
  return Array.isArray(value) ? Array.from({ length: 1_000 }, () => value[0] ?? null) : '9'.repeat(5_000);
}
