// Builds the window into `dist/renderer`: plain files, no inline script or style, no address outside.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

function inRepository(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

/** The browser host serves the bridge under this name, so it carries no hash. */
const bridge = 'browser-preload'

export default defineConfig({
  root: inRepository('./renderer'),
  publicDir: inRepository('./resources/icons'),
  plugins: [react()],
  build: {
    outDir: inRepository('./dist/renderer'),
    emptyOutDir: true,
    // Inlined fonts would be data: addresses, which the policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome130',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { index: inRepository('./renderer/index.html'), [bridge]: inRepository('./preload/browser.ts') },
      output: {
        entryFileNames: ({ name }) => (name === bridge ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
