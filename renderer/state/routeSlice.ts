// Where the person is: a room and, in some rooms, one thing in it. Kept in the address so that a reload returns there.
import type { SliceTools } from './slice.ts'

/** Rooms of the rail, in its order. */
export const rooms = ['chat', 'documents', 'models', 'activity', 'settings'] as const
/** The name of a room. */
export type Room = (typeof rooms)[number]

/** A place in the window; `id` is a conversation or a document. */
export type Route = { readonly room: Room; readonly id: string | null }

/** Where the person is and which overlays are open. */
export type RouteSlice = {
  readonly route: Route
  readonly paletteOpen: boolean
  readonly shortcutsOpen: boolean
  navigate(room: Room, id?: string | null): void
  openPalette(open: boolean): void
  openShortcuts(open: boolean): void
}

/** Reads `#/room/id`; anything else is the documents room. */
export function parseRoute(hash: string): Route {
  const [room, id] = hash.replace(/^#\//, '').split('/')
  const known = rooms.find((name) => name === room)
  return { room: known ?? 'documents', id: id === undefined || id === '' ? null : decodeURIComponent(id) }
}

/** The address of a place. */
export function formatRoute(route: Route): string {
  return route.id === null ? `#/${route.room}` : `#/${route.room}/${encodeURIComponent(route.id)}`
}

/** Follows the address bar's hash; `navigate` writes it. */
export function createRouteSlice({ set }: SliceTools): RouteSlice {
  window.addEventListener('hashchange', () => set({ route: parseRoute(window.location.hash) }))
  return {
    route: parseRoute(window.location.hash),
    paletteOpen: false,
    shortcutsOpen: false,
    navigate(room, id = null) {
      const route = { room, id }
      set({ route, paletteOpen: false })
      window.history.pushState(null, '', formatRoute(route))
    },
    openPalette: (open) => set({ paletteOpen: open }),
    openShortcuts: (open) => set({ shortcutsOpen: open }),
  }
}
