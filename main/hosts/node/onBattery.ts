// Whether this computer runs on its battery, as far as plain Node can see.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * True on the battery, false on mains; null where the system does not say. Only Linux does without a program of its own:
 * `folder` holds one folder per supply, whose `type` is Mains or Battery.
 */
export function onBattery(platform: NodeJS.Platform, folder = '/sys/class/power_supply'): boolean | null {
  if (platform !== 'linux') return null
  const supplies = supplyNames(folder).map((name) => ({
    type: fact(folder, name, 'type'),
    online: fact(folder, name, 'online'),
    status: fact(folder, name, 'status'),
    // A mouse or a headset has a battery too; it does not feed the computer.
    scope: fact(folder, name, 'scope'),
  }))
  const own = supplies.filter(({ scope }) => scope !== 'Device')
  if (own.some(({ type, online }) => (type === 'Mains' || type === 'USB') && online === '1')) return false
  const batteries = own.filter(({ type }) => type === 'Battery')
  if (batteries.length === 0) return null
  return batteries.some(({ status }) => status === 'Discharging')
}

function supplyNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function fact(folder: string, supply: string, name: string): string | null {
  try {
    return readFileSync(path.join(folder, supply, name), 'utf8').trim()
  } catch {
    return null
  }
}
