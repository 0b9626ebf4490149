// What an XML reader says, with names that do not depend on how a producer abbreviates namespaces.

/**
 * A step through an XML part. `name` is `prefix:local` with the prefix this project uses for the namespace, `?:local`
 * for unknown ones; attributes alike, those without a namespace by their local name alone.
 */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'close'; readonly name: string }

/** An opening tag. */
export type XmlOpen = Extract<XmlEvent, { kind: 'open' }>

/** Takes a part's events in order. */
export type XmlTaker = { take(event: XmlEvent): void }

/** OOXML's on/off values: present without a value means on. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off)$/i.test(value)
}
