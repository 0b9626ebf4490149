// Builds Electron's bridge into one CommonJS file, the only form a sandboxed preload script may have: `bundlePreload FOLDER`.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const [outDir] = process.argv.slice(2)
if (outDir === undefined) throw new Error('bundlePreload needs the folder to build into')
await build({
  configFile: false,
  publicDir: false,
  logLevel: 'error',
  build: {
    outDir,
    emptyOutDir: false,
    ssr: fileURLToPath(new URL('../preload/electron.ts', import.meta.url)),
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'electron.cjs', codeSplitting: false },
    },
  },
})
