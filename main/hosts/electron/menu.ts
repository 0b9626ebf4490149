// The menus of each platform, in the person's language: editing, zoom and windows; what Sotto can do is in its window.
import type { MenuItemConstructorOptions } from 'electron'

/** What the menus are made from; tools for developers only outside a package. */
export type MenuPlan = {
  readonly platform: string
  readonly isPackaged: boolean
  say(key: string): string
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The menu bar as Electron takes it. */
export function menuTemplate(plan: MenuPlan): MenuItemConstructorOptions[] {
  const mac = plan.platform === 'darwin'
  return [
    ...(mac ? [appMenu(plan)] : []),
    ...(mac ? [] : [fileMenu(plan)]),
    editMenu(plan),
    viewMenu(plan),
    windowMenu(plan, mac),
  ]
}

function item(plan: MenuPlan, role: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions {
  return { role, label: plan.say(`menu.${role}`) }
}

function appMenu(plan: MenuPlan): MenuItemConstructorOptions {
  const roles = (['hide', 'hideOthers', 'unhide'] as const).map((role) => item(plan, role))
  return { label: 'Sotto', submenu: [item(plan, 'about'), separator, ...roles, separator, item(plan, 'quit')] }
}

function fileMenu(plan: MenuPlan): MenuItemConstructorOptions {
  return { label: plan.say('menu.file'), submenu: [item(plan, 'quit')] }
}

function editMenu(plan: MenuPlan): MenuItemConstructorOptions {
  const steps = (['undo', 'redo'] as const).map((role) => item(plan, role))
  const clips = (['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => item(plan, role))
  return { label: plan.say('menu.edit'), submenu: [...steps, separator, ...clips] }
}

function viewMenu(plan: MenuPlan): MenuItemConstructorOptions {
  const zoom = (['resetZoom', 'zoomIn', 'zoomOut'] as const).map((role) => item(plan, role))
  const tools = plan.isPackaged ? [] : [separator, item(plan, 'toggleDevTools')]
  const whole = item(plan, 'togglefullscreen')
  return {
    label: plan.say('menu.view'),
    submenu: [item(plan, 'reload'), separator, ...zoom, separator, whole, ...tools],
  }
}

function windowMenu(plan: MenuPlan, mac: boolean): MenuItemConstructorOptions {
  const more = mac ? [item(plan, 'zoom'), separator, item(plan, 'front')] : []
  return { label: plan.say('menu.window'), submenu: [item(plan, 'minimize'), item(plan, 'close'), ...more] }
}
