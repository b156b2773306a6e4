import Fuse from 'fuse.js';

/** The name that was most likely meant by a mistyped one; `undefined` if none is similar. */
export const closest = (typed: string, names: Iterable<string>): string | undefined =>
  new Fuse([...names], { threshold: 0.4 }).search(typed)[0]?.item;
