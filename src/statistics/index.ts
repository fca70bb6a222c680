export { type BootstrapOptions, clusterBootstrap, leaveOneOut, type Statistic } from './cluster.ts';
export { type Interval, LEVEL } from './interval.ts';
export { tInterval } from './mean.ts';
export { clopperPearson, wilson } from './proportion.ts';
export { poissonExact } from './rate.ts';
