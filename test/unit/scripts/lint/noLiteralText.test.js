// The literal rule: text for people in JSX, and in prose mode any literal that reads as a sentence.
import { noLiteralText } from '../../../../scripts/lint/noLiteralText.js'
import { testRule } from './ruleTester.js'

const errors = [{ messageId: 'literal' }]
const options = [{ prose: true }]

testRule('no-literal-text', noLiteralText, {
  valid: [
    "const a = <p>{t('chat.stop')}</p>",
    'const a = <p className="wide open">{count} · {name}</p>',
    'const a = <p>{`${a}: ${b}`}</p>',
    "const a = <p>{kind === 'stop' && <b />}</p>",
    "const a = 'two words'",
    { code: "const a = 'summarize'", options },
    { code: "throw new Error('unknown command here')", options },
    { code: "write(t('cli.usage.title'))", options },
  ],
  invalid: [
    { code: 'const a = <p>Stop</p>', errors },
    { code: "const a = <p>{'Stop'}</p>", errors },
    { code: 'const a = <p>{`${count} left`}</p>', errors },
    { code: "const a = <p>{busy ? 'Wait' : t('go')}</p>", errors },
    { code: 'const a = <button aria-label="Stop" />', errors },
    { code: "const a = <button title={'Stop'} />", errors },
    { code: "write('Nothing was read')", options, errors },
    { code: 'write(`${count} pages read`)', options, errors },
  ],
})
