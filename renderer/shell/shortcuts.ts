// Keys that work everywhere in the window.
import { useEffect } from 'react'
import { rooms } from '../state/routeSlice.ts'
import type { State } from '../state/state.ts'

function onMac(): boolean {
  return navigator.platform.startsWith('Mac')
}

/** The modifier's name on this system, for labels. */
export function commandKey(): string {
  return onMac() ? '⌘' : 'Ctrl'
}

type ShortcutActions = Pick<State, 'navigate' | 'openPalette' | 'openShortcuts'> & {
  readonly newChat: () => void
  readonly openDocument: () => void
  readonly stop: () => void
}

function actionFor(event: KeyboardEvent, actions: ShortcutActions): (() => void) | null {
  if (event.key === 'F1') return () => actions.openShortcuts(true)
  if (event.key === 'Escape' && event.shiftKey) return actions.stop
  if (!(onMac() ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return null
  const room = rooms[Number(event.key) - 1]
  if (room !== undefined) return () => actions.navigate(room)
  switch (event.key.toLowerCase()) {
    case 'k':
      return () => actions.openPalette(true)
    case 'n':
      return actions.newChat
    case 'o':
      return actions.openDocument
    case ',':
      return () => actions.navigate('settings')
    case '/':
      return () => actions.openShortcuts(true)
    default:
      return null
  }
}

/** Listens for the window's shortcuts while mounted. */
export function useShortcuts(actions: ShortcutActions): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const action = actionFor(event, actions)
      if (action === null) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [actions])
}
