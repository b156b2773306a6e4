import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Explanation } from '../../answering/explanation.ts';

/** Of the picture, in its own units. */
const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 44;
const TOP = 14;
const RIGHT = WIDTH - 12;
const BOTTOM = HEIGHT - 36;

/** Where a confidence and a margin lie, both from 0 to 1. */
const x = (confidence: number) => LEFT + confidence * (RIGHT - LEFT);
const y = (margin: number) => BOTTOM - margin * (BOTTOM - TOP);

/**
 * The two gates as a picture: how sure the bot is from left to right, how far the first topic is from the second
 * upwards. Behind both gates lie the answers. The margin never exceeds the confidence, hence the slope.
 */
export function gatesPicture({ gates, interjection }: Explanation, heard: 'addressed' | 'overheard'): TemplateResult {
  const { confident, clear } = gates;
  const { value: confidence = 0, needed: answerFrom = 0 } = confident;
  const { value: margin = 0, needed: leastMargin = 0 } = clear;
  const { needed: interjectFrom = 0 } = interjection.veryConfident;
  const passed = confident.passed && clear.passed;
  const behind = [
    [answerFrom, leastMargin],
    [1, leastMargin],
    [1, 1],
    [answerFrom, answerFrom],
  ] as const;
  const label = `Confidence ${confidence.toFixed(2)}, ${answerFrom} needed. Margin ${margin.toFixed(2)}, ${leastMargin} needed.`;
  return html`<svg class="picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${svg`
      <polygon class="possible" points=${points([
        [0, 0],
        [1, 0],
        [1, 1],
      ])}></polygon>
      <polygon class="answers" points=${points(behind)}></polygon>
      <text class="area" x=${x(1) - 8} y=${y(0.3)} text-anchor="end">answers</text>
      <text class="area" x=${x(0.24)} y=${y(0.13)}>asks back</text>
      <line class="gate" x1=${x(answerFrom)} x2=${x(answerFrom)} y1=${y(0)} y2=${y(answerFrom) - 12}></line>
      <text class="gate-name" x=${x(answerFrom) - 5} y=${y(answerFrom) - 6} text-anchor="end">confidence ${answerFrom}</text>
      <line class="gate" x1=${x(leastMargin)} x2=${x(1)} y1=${y(leastMargin)} y2=${y(leastMargin)}></line>
      ${
        heard === 'overheard'
          ? svg`<line class="gate unasked" x1=${x(interjectFrom)} x2=${x(interjectFrom)} y1=${y(0)} y2=${y(1)}></line>
            <text class="gate-name" x=${x(interjectFrom) - 5} y=${y(1) + 10} text-anchor="end">speaks unasked ${interjectFrom}</text>`
          : nothing
      }
      <line class="axis" x1=${x(0)} x2=${x(1)} y1=${y(0)} y2=${y(0)}></line>
      <line class="axis" x1=${x(0)} x2=${x(0)} y1=${y(0)} y2=${y(1)}></line>
      ${[0, 0.5, 1].map((at) => svg`<text class="tick" x=${x(at)} y=${y(0) + 14} text-anchor="middle">${at}</text>`)}
      ${[0, 0.5, 1].map((at) => svg`<text class="tick" x=${x(0) - 6} y=${y(at) + 4} text-anchor="end">${at}</text>`)}
      <text class="tick" x=${x(1) - 8} y=${y(0.03)} text-anchor="end">margin ${leastMargin}</text>
      <text class="axis-name" x=${(x(0) + x(1)) / 2} y=${HEIGHT - 6} text-anchor="middle">how sure of the first topic</text>
      <text class="axis-name" transform="translate(10 ${(y(0) + y(1)) / 2}) rotate(-90)" text-anchor="middle">ahead of the second</text>
      <circle class=${passed ? 'message passed' : 'message failed'} cx=${x(confidence)} cy=${y(margin)} r="6"></circle>
    `}
  </svg>`;
}

function points(corners: readonly (readonly [confidence: number, margin: number])[]): string {
  return corners.map(([confidence, margin]) => `${x(confidence)},${y(margin)}`).join(' ');
}
