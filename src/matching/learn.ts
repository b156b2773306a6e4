/** A message as numbers: the features it has, ascending in no order, and how strongly it has each. */
export interface FeatureVector {
  readonly features: Int32Array;
  readonly values: Float32Array;
}

export interface Example {
  readonly vector: FeatureVector;
  readonly label: number;
  /** Any 32 bits that tell it from the others: it decides when its turn comes. */
  readonly key: number;
}

/** What was learned: a label's score is the sum of its weights for the message's features. */
export interface Weights {
  /** `weights[feature * labels + label]` */
  readonly weights: Float32Array;
  readonly labels: number;
}

export interface LearningSettings {
  readonly passes: number;
  /** The size of a step in the first pass; it falls to zero in a straight line. */
  readonly rate: number;
}

/** Smaller corrections than this change nothing that anybody could see, and are skipped. */
const MIN_CORRECTION = 0.01;
const LEARNED = 0.9;
/** The part of its features that an example lacks when it is gone over again. */
const LEFT_OUT = 0.3;
const SALT = 7;

/** Adds to `scores` what the vector gives to each label. */
function addScores({ features, values }: FeatureVector, weights: Float32Array, scores: Float64Array): void {
  for (let i = 0; i < features.length; i++) {
    addRow(weights, (features[i] as number) * scores.length, values[i] as number, scores);
  }
}

/** Adds to `scores` the numbers in `rows` from `at` on, each times `scale`. */
export function addRow(rows: Float32Array, at: number, scale: number, scores: Float64Array): void {
  const labels = scores.length;
  for (let label = 0; label < labels; label++) {
    scores[label] = (scores[label] as number) + scale * (rows[at + label] as number);
  }
}

/** Turns scores into shares that add up to 1 (softmax), in place. */
export function toShares(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const share = Math.exp((scores[i] as number) - highest);
    scores[i] = share;
    sum += share;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / sum;
}

/**
 * Multinomial logistic regression by stochastic gradient descent: each example in turn raises the weights of its
 * features for the right label and lowers them for each rival, by as much as that rival was believed. From the second
 * pass on it does so with some of its features left out, others each time, so that a label has to be told by many of
 * them and not by the one that tells it best: a question that nobody thought of has only some ("dropout", Wager, Wang
 * and Liang 2013, https://arxiv.org/abs/1307.1493). What looks random rests on the examples' keys alone: the same
 * examples give the same weights, and one more example changes little of what the others teach.
 */
export function learn(
  examples: readonly Example[],
  featureCount: number,
  labels: number,
  { passes, rate }: LearningSettings,
): Weights {
  const weights = new Float32Array(featureCount * labels);
  const shares = new Float64Array(labels);
  const rests = new Uint8Array(examples.length);
  for (let pass = 0; pass < passes; pass++) {
    const step = rate * (1 - pass / passes);
    for (const index of orderOf(examples, pass)) {
      if (rests[index] === 1) {
        rests[index] = 0;
        continue;
      }
      const { vector: whole, label, key } = examples[index] as Example;
      const vector = pass === 0 ? whole : thinned(whole, key, pass);
      shares.fill(0);
      addScores(vector, weights, shares);
      toShares(shares);
      if ((shares[label] as number) > LEARNED) rests[index] = 1;
      shares[label] = (shares[label] as number) - 1;
      correct(vector, shares, step, weights);
    }
  }
  return { weights, labels };
}

/** A vector without some of its features, others in each pass; as long as it was. */
function thinned({ features, values }: FeatureVector, key: number, pass: number): FeatureVector {
  const keptFeatures = new Int32Array(features.length);
  const keptValues = new Float32Array(features.length);
  let count = 0;
  let all = 0;
  let kept = 0;
  for (let i = 0; i < features.length; i++) {
    const value = values[i] as number;
    all += value * value;
    // Not the number that decides when its turn comes.
    if (mixed(~key + i, pass) < LEFT_OUT * 2 ** 32) continue;
    keptFeatures[count] = features[i] as number;
    keptValues[count++] = value;
    kept += value * value;
  }
  const scale = Math.sqrt(all / kept);
  for (let i = 0; i < count; i++) keptValues[i] = (keptValues[i] as number) * scale;
  return { features: keptFeatures.subarray(0, count), values: keptValues.subarray(0, count) };
}

/** Moves the weights of a vector's features against each label's error. */
function correct({ features, values }: FeatureVector, errors: Float64Array, step: number, weights: Float32Array): void {
  const labels = errors.length;
  let wrongCount = 0;
  const wrong = new Int32Array(labels);
  for (let i = 0; i < labels; i++) if (Math.abs(errors[i] as number) > MIN_CORRECTION) wrong[wrongCount++] = i;
  for (let i = 0; i < features.length; i++) {
    const row = (features[i] as number) * labels;
    const size = step * (values[i] as number);
    for (let k = 0; k < wrongCount; k++) {
      const label = wrong[k] as number;
      weights[row + label] = (weights[row + label] as number) - size * (errors[label] as number);
    }
  }
}

/** Which example comes when in a pass. */
function orderOf(examples: readonly Example[], pass: number): number[] {
  const turns = Float64Array.from(examples, ({ key }, index) => mixed(key, pass) * examples.length + index);
  return Array.from(turns.sort(), (turn) => turn % examples.length);
}

/** 32 bits that have nothing to do with the key's bits any more, others in each pass: the finish of MurmurHash3. */
function mixed(key: number, pass: number): number {
  let bits = (key + Math.imul(pass + SALT, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
