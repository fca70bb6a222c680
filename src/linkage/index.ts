export { type Candidate, linkageCandidates, pairId } from './candidates.ts';
export { bandOf, compareRecords, nameSimilarity, type Scored } from './compare.ts';
export * from './decision.ts';
export { jaroWinkler } from './jaro-winkler.ts';
export { type Linkable, linkableOf } from './linkable.ts';
export { tooFarApart } from './match-group.ts';
export { canonicalUrl, comparableWord, nameParts } from './normalise.ts';
