// The security scan of the code that runs with Electron's rights: a configuration of its own, apart from the house's lint.
import security from 'eslint-plugin-security'
import tseslint from 'typescript-eslint'

const config = [
  {
    files: ['main/hosts/electron/**/*.ts', 'main/hosts/node/**/*.ts', 'preload/**/*.ts'],
    plugins: { security },
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: Object.fromEntries(Object.keys(security.rules).map((rule) => [`security/${rule}`, 'warn'])),
  },
]

export default config
