// What the palette offers about the outside: ending permissions, staying here for the next task, or for good.
import { useMemo } from 'react'
import { useSotto } from '../state/store.ts'
import { useTranslate } from '../ui/text.ts'
import type { Command } from './CommandPalette.tsx'

/** None of them sends anything. */
export function useOutsideCommands(): readonly Command[] {
  const translate = useTranslate()
  const withdraw = useSotto((state) => state.withdraw)
  const choosePlace = useSotto((state) => state.choosePlace)
  const changeSetting = useSotto((state) => state.changeSetting)
  const open = useSotto((state) => state.cloudScopes.length > 0)
  const localOnly = useSotto((state) => state.settings.localOnly?.value === true)
  return useMemo(() => {
    function action(id: string, run: () => void): Command {
      return { id, group: 'actions', name: translate(`shell.actions.${id}`), run }
    }
    return [
      ...(open ? [action('withdrawAll', () => void withdraw('all'))] : []),
      action('stayHere', () => choosePlace('here')),
      action(localOnly ? 'localOnlyOff' : 'localOnlyOn', () => void changeSetting('localOnly', !localOnly)),
    ]
  }, [translate, withdraw, choosePlace, changeSetting, open, localOnly])
}
