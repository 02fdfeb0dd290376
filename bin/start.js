// npm start: the database, its migrations, the demonstration campaign, the worker and the web pages.
import { buildWeb } from './build.js'
import { runNode } from './node24.js'

const built = await buildWeb()
process.exitCode = built ? await runNode(['src/cli/start/main.ts', ...process.argv.slice(2)], { tied: true }) : 1
