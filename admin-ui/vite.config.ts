import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const OUT = join(import.meta.dirname, 'dist');
const BYTES_WORTH_IT = 1024;

/** The screens: built into dist/, which the server serves. In development the API is asked at the running server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the entry needs is one file; what several later pages share is in few, which none of them loads in vain.
          groups: [
            { name: 'frame', tags: ['$initial'], priority: 2 },
            // All that shows values stands together: apart, two files could need each other, and one would run before what it lists is there.
            { name: 'fields', test: /admin-ui\/src\/fields\//, priority: 1 },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 30_000 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': process.env['API_URL'] ?? 'http://localhost:3000' } },
});

/** Lays a .br and a .gz beside every script and style, so that the server compresses nothing while it serves. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const assets = join(OUT, 'assets');
      for (const name of readdirSync(assets)) {
        const content = readFileSync(join(assets, name));
        if (!/\.(js|css|svg)$/.test(name) || content.length < BYTES_WORTH_IT) continue;
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
