import { logStoreContract } from '../contract/log-store.ts';
import { memoryStore, noContent } from './memory-store.ts';

logStoreContract('the store in memory', async () => {
  const content = noContent();
  return { open: async () => memoryStore(content), remove: async () => undefined };
});
