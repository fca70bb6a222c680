import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The browser app of the local site. Everything it needs is bundled: no request leaves this machine. */
export default defineConfig({
  plugins: [react()],
  base: '/',
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false } },
});
