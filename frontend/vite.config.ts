import { defineConfig } from 'vitest/config';
import { earlyScript } from './build-tools/early-script';
import { trimDesignSystemCss } from './build-tools/trim-css';
import { trimDesignSystemTexts } from './build-tools/trim-texts';

// The API of a local portal, for `npm run dev` only.
const api = process.env['PORTICO_API'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [trimDesignSystemTexts(), earlyScript()],
  resolve: {
    // React's API on Preact: 31 KB instead of 112 KB. Removing these lines gives React back.
    alias: [
      { find: /^react$/, replacement: 'preact/compat' },
      { find: /^react-dom$/, replacement: 'preact/compat' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react\/jsx(-dev)?-runtime$/, replacement: 'preact/jsx-runtime' },
    ],
    // Two copies of Preact give a blank page.
    dedupe: ['preact'],
  },
  css: { postcss: { plugins: [trimDesignSystemCss()] } },
  build: {
    target: 'es2022',
    // The CSP allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rollupOptions: {
      onwarn(warning, warn) {
        // "use client" marks of libraries mean nothing without server rendering.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api } } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
