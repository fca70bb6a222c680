export { nearestPercentage } from './attainable.ts';
export { comparePublished } from './compare.ts';
export { type Comparison, type OurCell, VERDICTS, type Verdict, type Witness } from './comparison.ts';
export { checkPublished, type Evaluation, type Outcome } from './evaluate.ts';
