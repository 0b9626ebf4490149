// The window's first line: Trusted Types before anything else, then one client, one store, one tree.
import { createClient } from '#client'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App.tsx'
import { installTrustedTypes } from './shell/trustedTypes.ts'
import { createSottoStore, StoreContext } from './state/store.ts'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'

installTrustedTypes()
const store = createSottoStore(createClient(window.sotto))
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StoreContext value={store}>
    <App />
  </StoreContext>,
)
