// The data folder is where Electron would put it, on every platform.
import { expect, test } from 'vitest'
import { defaultDataFolder } from '../../../../main/hosts/node/defaultDataFolder.ts'
import { readableEnvironment } from '../../../../main/hosts/node/createNodeHost.ts'

test.each([
  ['linux', {}, '/home/anna', '/home/anna/.config/Sotto'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/anna', '/cfg/Sotto'],
  ['linux', { XDG_CONFIG_HOME: '' }, '/home/anna', '/home/anna/.config/Sotto'],
  ['darwin', {}, '/Users/anna', '/Users/anna/Library/Application Support/Sotto'],
  ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\anna', 'D:\\Roaming\\Sotto'],
  ['win32', {}, 'C:\\Users\\anna', 'C:\\Users\\anna\\AppData\\Roaming\\Sotto'],
])('%s %j', (platform, environment, home, folder) => {
  expect(defaultDataFolder({ platform, environment, home })).toBe(folder)
})

test('the app reads a handful of variables and no keys', () => {
  const environment = {
    LANG: 'de_DE',
    https_proxy: 'http://p',
    SOTTO_LOCAL_ONLY: '1',
    ANTHROPIC_API_KEY: 'k',
    HOME: '/',
  }
  expect(readableEnvironment(environment)).toEqual({ LANG: 'de_DE', https_proxy: 'http://p', SOTTO_LOCAL_ONLY: '1' })
})
