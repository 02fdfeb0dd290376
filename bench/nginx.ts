import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../src/platform/database/index.ts'

export interface Nginx {
  readonly address: string
  /** Seconds of the processor it has used. */
  seconds(): Promise<number>
  stop(): Promise<void>
}

/**
 * nginx that hands out these files by their names, or null where it is not installed. One worker, as our own process is one;
 * kept connections, files sent by the kernel, nothing written down.
 */
export async function nginxWith(root: string, files: Readonly<Record<string, Buffer>>): Promise<Nginx | null> {
  const nginx = ['nginx', '/usr/sbin/nginx'].find((program) => spawnSync(program, ['-v']).status === 0)
  if (!nginx) return null
  await mkdir(join(root, 'temp'), { recursive: true })
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(root, name), bytes)
  const port = await freePort()
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${root}/temp;`)
  const config = join(root, 'nginx.conf')
  await writeFile(
    config,
    `worker_processes 1; daemon off; master_process off; pid ${root}/pid; error_log ${root}/error.log;
events { worker_connections 2048; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; default_type text/html;
  open_file_cache max=10; ${temps.join(' ')}
  server { listen 127.0.0.1:${port} backlog=1024; root ${root}; }
}`,
  )
  const child: ChildProcess = spawn(nginx, ['-c', config], { stdio: 'ignore' })
  const address = `http://127.0.0.1:${port}`
  const [first = ''] = Object.keys(files)
  while (child.exitCode === null && !(await fetch(`${address}/${first}`).catch(() => null))) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    address,
    seconds: () => secondsOf(child.pid),
    async stop() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

/** Of another process: proc(5), fields 14 and 15 of `stat`, in hundredths of a second. */
async function secondsOf(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
