// The one place that adds to electron-builder.yml what depends on the order and on the machine: signing, names, address.
import type { Configuration } from 'electron-builder'
import type { Target } from './target.ts'

/** What is to be built. */
export type Order = {
  readonly target: Target
  /** Absolute folder for everything that is made. */
  readonly output: string
  /** Only the packed folder, no installer. */
  readonly folderOnly: boolean
  /** With a stand-in for Electron: shows how the package is made, and does not start. */
  readonly standIn: boolean
  /** Signing is demanded; without its secrets the build fails. */
  readonly release: boolean
  /** On Windows, the installer for one person instead of the machine. */
  readonly perUser: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** What the packager itself reads from the environment to sign; any of them set means signing is wanted. */
export const signingVariables = ['CSC_LINK', 'CSC_NAME', 'WIN_CSC_LINK', 'AZURE_CLIENT_ID'] as const

/** Laid over `electron-builder.yml`. Secrets are never read here: the packager takes them from the environment. */
export function overrides(order: Order, environment: Environment): Configuration {
  const { release, perUser } = order
  const signed = release || signingVariables.some((name) => (environment[name] ?? '') !== '')
  return {
    forceCodeSigning: release,
    extraMetadata: { homepage: homepageOf(environment) },
    ...(signed ? {} : { mac: { identity: null, notarize: false } }),
    ...windows(environment),
    ...(perUser
      ? { nsis: { perMachine: false, artifactName: '${name}-${version}-${os}-${arch}-user-setup.${ext}' } }
      : {}),
  }
}

/** Signing in Azure: its secrets are `AZURE_*`; the four names below are no secrets but belong to whoever signs. */
function windows(environment: Environment): Configuration {
  const names = {
    endpoint: environment['SOTTO_AZURE_ENDPOINT'],
    certificateProfileName: environment['SOTTO_AZURE_PROFILE'],
    codeSigningAccountName: environment['SOTTO_AZURE_ACCOUNT'],
    publisherName: environment['SOTTO_PUBLISHER'],
  }
  const { endpoint, certificateProfileName, codeSigningAccountName, publisherName } = names
  if (!endpoint || !certificateProfileName || !codeSigningAccountName || !publisherName) return {}
  return {
    win: {
      signtoolOptions: null,
      azureSignOptions: {
        endpoint,
        certificateProfileName,
        codeSigningAccountName,
        publisherName,
        fileDigest: 'SHA256',
        timestampRfc3161: 'http://timestamp.acs.microsoft.com',
        timestampDigest: 'SHA256',
      },
    },
  }
}

/** Linux packages name an address; on a build server that is the repository. */
function homepageOf(environment: Environment): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment
  return server !== undefined && repository !== undefined ? `${server}/${repository}` : 'https://sotto.invalid'
}
