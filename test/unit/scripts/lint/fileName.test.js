// The file-name rule: no drawers, no I prefix, a class in the file of its name.
import { fileName } from '../../../../scripts/lint/fileName.js'
import { testRule } from './ruleTester.js'

const filename = `${process.cwd()}/main/chat/chatService.ts`

testRule('file-name', fileName, {
  valid: [
    { code: 'export class ChatService {}', filename },
    { code: 'export class ChatService {}\nexport class Other {}', filename },
    { code: 'export type Item = { id: string }', filename },
    { code: 'type IO = string', filename },
    { code: 'class Private {}', filename },
    { code: 'export class Blocked {}\nexport function block() {}', filename },
  ],
  invalid: [
    { code: 'export class Chats {}', filename, errors: [{ messageId: 'class' }] },
    { code: 'export type Id = string\nexport class Chats {}', filename, errors: [{ messageId: 'class' }] },
    { code: 'interface IChat {}', filename, errors: [{ messageId: 'prefix' }] },
    { code: 'let a', filename: `${process.cwd()}/main/chat/utils.ts`, errors: [{ messageId: 'drawer' }] },
    { code: 'let a', filename: `${process.cwd()}/main/helpers/text.ts`, errors: [{ messageId: 'drawer' }] },
    { code: 'let a', filename: `${process.cwd()}/main/chat/chatManager.ts`, errors: [{ messageId: 'drawer' }] },
  ],
})
