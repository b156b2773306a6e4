/** Text as it may stand in SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One colour a series, told apart by people who see no red or no green too: Okabe and Ito. */
const COLOURS = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#e69f00'];
const WIDTH = 760;
const BAR_HEIGHT = 14;
const LABEL_WIDTH = 180;

/** A card of its own colour: it can be read on any page, and follows the reader's dark mode where the page lets it. */
function card(height: number, title: string, content: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .card { fill: #ffffff; stroke: #d0d7de }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .card { fill: #161b22; stroke: #30363d }
    .grid { stroke: #30363d }
  }
</style>
<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>
${text(20, 28, title, 'class="title"')}
${content.join('\n')}
</svg>
`;
}

const text = (x: number, y: number, content: string, attributes = '') =>
  `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;

const round = (value: number) => Math.round(value * 10) / 10;

function legend(names: readonly string[]): string[] {
  let x = 20;
  return names.flatMap((name, index) => {
    const at = x;
    x += 30 + name.length * 7;
    return [
      `<rect x="${at}" y="42" width="12" height="12" rx="2" fill="${COLOURS[index % COLOURS.length]}"/>`,
      text(at + 18, 52, name),
    ];
  });
}

/** Bars lying down, a group a row; the values are shares from 0 to 1. */
export function barChart(
  title: string,
  series: readonly string[],
  groups: readonly { readonly name: string; readonly values: readonly (number | null)[] }[],
): string {
  const top = 70;
  const groupHeight = series.length * (BAR_HEIGHT + 2) + 14;
  const height = top + groups.length * groupHeight + 24;
  const scale = WIDTH - LABEL_WIDTH - 80;
  const content = legend(series);
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const x = round(LABEL_WIDTH + share * scale);
    content.push(`<line class="grid" x1="${x}" x2="${x}" y1="${top - 4}" y2="${height - 28}"/>`);
    content.push(text(x, height - 12, `${share * 100} %`, 'text-anchor="middle"'));
  }
  for (const [row, { name, values }] of groups.entries()) {
    const y = top + row * groupHeight;
    content.push(text(LABEL_WIDTH - 10, y + (groupHeight - 14) / 2 + 4, name, 'text-anchor="end"'));
    for (const [index, value] of values.entries()) {
      if (value === null) continue;
      const at = y + index * (BAR_HEIGHT + 2);
      const colour = COLOURS[index % COLOURS.length];
      const width = round(value * scale);
      content.push(
        `<rect x="${LABEL_WIDTH}" y="${at}" width="${width}" height="${BAR_HEIGHT}" rx="2" fill="${colour}"/>`,
        text(LABEL_WIDTH + width + 6, at + 11, `${(value * 100).toFixed(1)} %`),
      );
    }
  }
  return card(height, title, content);
}

/** Lines over two logarithmic axes. Points with a value of 0 or less are left out. */
export function lineChart(
  title: string,
  axes: { readonly x: string; readonly y: string; label(y: number): string },
  series: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[],
): string {
  const [left, right, top, bottom] = [80, WIDTH - 30, 92, 412];
  const points = series.flatMap((line) => line.points).filter(([x, y]) => x > 0 && y > 0);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => Math.log10(y));
  const [least, most] = [Math.floor(Math.min(...ys)), Math.ceil(Math.max(...ys))];
  const [from, to] = [Math.log10(Math.min(...xs)), Math.log10(Math.max(...xs))];
  const atX = (x: number) => round(left + ((Math.log10(x) - from) / (to - from || 1)) * (right - left));
  const atY = (logarithm: number) => round(bottom - ((logarithm - least) / (most - least || 1)) * (bottom - top));
  const content = legend(series.map(({ name }) => name));
  for (let power = least; power <= most; power++) {
    content.push(`<line class="grid" x1="${left}" x2="${right}" y1="${atY(power)}" y2="${atY(power)}"/>`);
    content.push(text(left - 8, atY(power) + 4, axes.label(10 ** power), 'text-anchor="end"'));
  }
  for (const x of new Set(xs)) {
    content.push(`<line class="grid" x1="${atX(x)}" x2="${atX(x)}" y1="${top}" y2="${bottom}"/>`);
    content.push(text(atX(x), bottom + 18, x.toLocaleString('en-GB'), 'text-anchor="middle"'));
  }
  for (const [index, line] of series.entries()) {
    const colour = COLOURS[index % COLOURS.length];
    const drawn = line.points.filter(([x, y]) => x > 0 && y > 0).map(([x, y]) => [atX(x), atY(Math.log10(y))] as const);
    const path = drawn.map(([x, y]) => `${x},${y}`).join(' ');
    content.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const [x, y] of drawn) content.push(`<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`);
  }
  content.push(text((left + right) / 2, bottom + 38, axes.x, 'text-anchor="middle"'));
  content.push(text(20, top - 14, axes.y));
  return card(bottom + 54, title, content);
}
