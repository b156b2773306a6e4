/** A share as "91.5 %". */
export const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** Milliseconds as microseconds: "31", "8.4", "120,000". */
export function micros(milliseconds: number): string {
  return grouped(milliseconds * 1_000);
}

/** With thousands set apart, and a decimal where the number is small. */
export function grouped(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB');
}

/** How many times: "8.4×", "1,200×". */
export const times = (factor: number) => `${grouped(factor)}×`;
