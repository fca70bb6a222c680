export * from './entry.ts';
export * from './record-state.ts';
