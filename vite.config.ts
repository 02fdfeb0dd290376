import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'

/**
 * Leaves the core and the app outside the server bundle: they run from their sources beside it, so that
 * a Refusal thrown by a job, by the command line or by a page is one and the same class.
 */
function outsideTheBundle(): Plugin {
  return {
    name: 'loa:outside-the-bundle',
    enforce: 'pre',
    resolveId(id) {
      if (this.environment.name === 'client') return null
      return /^#(core|app|platform)\/.+\.ts$/.test(id) ? { id, external: true } : null
    },
  }
}

export default defineConfig({
  plugins: [
    outsideTheBundle(),
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: 'build' }),
      compilerOptions: { runes: true },
      files: { src: 'src/web', assets: 'src/web/static' },
      output: { linkHeaderPreload: false },
      paths: { relative: false },
      version: { name: process.env.npm_package_version ?? 'development' },
    }),
  ],
})
