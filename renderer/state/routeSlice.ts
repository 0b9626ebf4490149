// Where the person is: a room and, in some rooms, one thing in it. Kept in the address so that a reload returns there.
import type { SliceTools } from './slice.ts'

/** Rooms of the rail, in its order. */
export const rooms = ['chat', 'documents', 'models', 'activity', 'settings'] as const
/** The name of a room. */
export type Room = (typeof rooms)[number]

/** Views of one document besides its summary. */
export const documentViews = ['ask', 'compare'] as const
/** The name of a view; the summary, which is there at first, has none. */
export type DocumentView = (typeof documentViews)[number]

/** A place in the window; `id` is a conversation, a document or a view of the library, `view` what is looked at there. */
export type Route = { readonly room: Room; readonly id: string | null; readonly view?: DocumentView }

/** Where the person is and which overlays are open. */
export type RouteSlice = {
  readonly route: Route
  readonly paletteOpen: boolean
  readonly shortcutsOpen: boolean
  navigate(room: Room, id?: string | null, view?: DocumentView | null): void
  openPalette(open: boolean): void
  openShortcuts(open: boolean): void
}

/** Reads `#/room/id/view`; anything else is the documents room. */
export function parseRoute(hash: string): Route {
  const [room, id, view] = hash.replace(/^#\//, '').split('/')
  const known = rooms.find((name) => name === room)
  return routeOf(
    known ?? 'documents',
    id === undefined || id === '' ? null : decodeURIComponent(id),
    documentViews.find((name) => name === view) ?? null,
  )
}

function routeOf(room: Room, id: string | null, view: DocumentView | null): Route {
  return view === null ? { room, id } : { room, id, view }
}

/** The address of a place. */
export function formatRoute(route: Route): string {
  if (route.id === null) return `#/${route.room}`
  const place = `#/${route.room}/${encodeURIComponent(route.id)}`
  return route.view === undefined ? place : `${place}/${route.view}`
}

/** Follows the address bar's hash; `navigate` writes it. */
export function createRouteSlice({ set }: SliceTools): RouteSlice {
  window.addEventListener('hashchange', () => set({ route: parseRoute(window.location.hash) }))
  return {
    route: parseRoute(window.location.hash),
    paletteOpen: false,
    shortcutsOpen: false,
    navigate(room, id = null, view = null) {
      const route = routeOf(room, id, view)
      set({ route, paletteOpen: false })
      window.history.pushState(null, '', formatRoute(route))
    },
    openPalette: (open) => set({ paletteOpen: open }),
    openShortcuts: (open) => set({ shortcutsOpen: open }),
  }
}
