import * as sealing from '../../src/sealing/index.ts';

/** What the page of the browser test offers to the test: the layer itself, bundled as the field app will bundle it. */
declare global {
  interface Window {
    sealing: typeof sealing;
  }
}
window.sealing = sealing;
