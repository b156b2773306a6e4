/** A table as the terminal and `docs/benchmark.md` show it; its cells are text already. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes?: readonly string[];
}

/** A picture. `file` is its name without a folder, for example `growth.svg`. */
export interface Plot {
  readonly file: string;
  readonly svg: string;
}

/** What a part found: for reading, for looking at, and (`figures`, plain JSON values) for computing with. */
export interface Outcome {
  readonly tables: readonly Table[];
  readonly plots: readonly Plot[];
  readonly figures: unknown;
}

/** One chapter of the benchmark. `quick` asks for fewer repetitions and sizes; `progress` tells on one line what is being done. */
export interface Part {
  readonly name: string;
  readonly describes: string;
  run(surroundings: { readonly quick: boolean; progress(text: string): void }): Promise<Outcome>;
}
