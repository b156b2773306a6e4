import { type Clause, type Evidence, evidenceOf, type Model, sharesOf } from './model.ts';
import { followUpClauses, type Labels } from './training-data.ts';

/** How probable each topic is, adding up to 1 with the other two. */
export interface Scores {
  /** All topics, the likeliest first. */
  readonly topics: readonly { readonly id: string; readonly share: number }[];
  readonly outOfScope: number;
  /** That nothing is asked: "thanks", "ok". */
  readonly reaction: number;
}

export function scoresFrom(evidence: Evidence, labels: Labels): Scores {
  const shares = sharesOf(evidence);
  return {
    topics: labels.topics.map((id, label) => ({ id, share: shares[label] ?? 0 })).sort((a, b) => b.share - a.share),
    outOfScope: shares[labels.outOfScope] ?? 0,
    reaction: shares[labels.reaction] ?? 0,
  };
}

/** Lets a topic score even if one of the two models has never met such words. */
const MIN_SHARE = 1e-4;

/**
 * The scores of a message after answers on these topics. Either it stays with one of them ("is that certain?"), or it
 * asks for what is likely both by itself and as a follow-up: the geometric mean. Whether it asks anything depends on
 * the message alone.
 *
 * @param previous ids of known topics, at least one
 * @param alone the scores of the message by itself
 */
export function scoresAfter(
  previous: readonly string[],
  alone: Scores,
  clauses: readonly Clause[],
  followUps: Model,
  labels: Labels,
): Scores {
  const asFollowUps = previous.map((topic) => sharesOf(evidenceOf(followUpClauses(topic, clauses), followUps)));
  const sameTopic = asFollowUps.map((shares) => (shares[labels.sameTopic] ?? 0) / previous.length);
  const otherTopic = 1 - sameTopic.reduce((sum, share) => sum + share, 0);
  const mean = (share: number, label: number) => {
    const asFollowUp = asFollowUps.reduce((sum, shares) => sum + (shares[label] ?? 0), 0) / previous.length;
    return Math.sqrt((share + MIN_SHARE) * (asFollowUp + MIN_SHARE));
  };
  const means = alone.topics.map(({ id, share }) => ({ id, share: mean(share, labels.topics.indexOf(id)) }));
  const outOfScope = mean(alone.outOfScope, labels.outOfScope);
  const asks = 1 - alone.reaction;
  const scale = (asks * otherTopic) / means.reduce((sum, { share }) => sum + share, outOfScope);
  const topics = means
    .map(({ id, share }) => ({ id, share: share * scale + asks * (sameTopic[previous.indexOf(id)] ?? 0) }))
    .sort((a, b) => b.share - a.share);
  return { topics, outOfScope: outOfScope * scale, reaction: alone.reaction };
}
