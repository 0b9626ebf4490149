// Whether a window can be shown at all.

/** True where there is a screen for this process: always on Windows and macOS, elsewhere with an X or Wayland display. */
export function hasDisplay(platform: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY'])
}
