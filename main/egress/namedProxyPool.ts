// Connections to a proxy that say by code why it did not let us through.
import { type Dispatcher, Pool } from 'undici'

/** Signs-in we do not do; the one named first here is named to the person when a proxy offers several. */
const schemes: readonly string[] = ['NTLM', 'Negotiate', 'Kerberos', 'Digest', 'Bearer', 'Basic']

/**
 * As undici's own pool, but a tunnel that is refused rejects with a code: `PROXY_<scheme>` for a sign-in that is asked
 * for (407), `PROXY_STATUS_<status>` for any other answer but 200. No credentials are ever offered beyond those in the
 * proxy's address.
 */
export class NamedProxyPool extends Pool {
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>
  override connect(
    options: Dispatcher.ConnectOptions,
    callback: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): void
  override connect(
    options: Dispatcher.ConnectOptions,
    callback?: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): Promise<Dispatcher.ConnectData> | void {
    if (callback !== undefined) return super.connect(options, callback)
    return super.connect(options).then((data) => {
      if (data.statusCode === 200) return data
      data.socket.on('error', () => undefined).destroy()
      const code = data.statusCode === 407 ? schemeOf(data.headers) : `STATUS_${data.statusCode}`
      throw Object.assign(new Error('the proxy refused'), { code: `PROXY_${code}` })
    })
  }
}

function schemeOf(headers: Dispatcher.ConnectData['headers']): string {
  const offered = [headers['proxy-authenticate'] ?? []].flat().join(', ')
  return schemes.find((scheme) => new RegExp(`(^|,\\s*)${scheme}\\b`, 'i').test(offered)) ?? 'UNNAMED'
}
