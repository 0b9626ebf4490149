// Opens the app inside this process and a client on it, over ports in memory.
import { createClient } from '#client'
import { ok, type Result } from '#contract/result.ts'
import { createApp } from '../../app.ts'
import { createNodeHost } from '../node/createNodeHost.ts'
import { createMemoryPorts } from '../node/memoryPorts.ts'
import type { Session, SessionOrder } from './cli.ts'

/** The app's own failures, or a session; its `close` ends every child and lets the log finish. */
export async function openSession(
  { folder, mode, modelPath, atOnce }: SessionOrder,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Result<Session>> {
  const host = await createNodeHost({ kind: 'cli', dataFolder: folder, mode, environment })
  const app = await createApp(host, {
    mode,
    resumeJobs: false,
    ...(modelPath === null ? {} : { modelPath }),
    ...(atOnce === undefined ? {} : { atOnce }),
  })
  if (!app.ok) {
    await host.close()
    return app
  }
  const [near, far] = createMemoryPorts()
  app.value.attach(far, 'command-line')
  const client = createClient(near)
  return ok({
    client,
    close: async () => {
      client.close()
      await app.value.close()
      await host.close()
    },
  })
}
