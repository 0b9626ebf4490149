// Asks for the password of one document; it is used for this reading and kept nowhere.
import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useTranslate } from '../../../ui/text.ts'
import styles from './PasswordForm.module.css'

type PasswordFormProps = { readonly name: string; readonly onGiven: (password: string) => void }

/** A field and a button in one line. */
export function PasswordForm({ name, onGiven }: PasswordFormProps): ReactNode {
  const translate = useTranslate()
  const [password, setPassword] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (password === '') return
        onGiven(password)
        setPassword('')
      }}
    >
      <TextField
        label={translate('library.password.label', { name })}
        labelHidden
        type="password"
        value={password}
        onChange={setPassword}
        placeholder={translate('library.password.placeholder')}
      />
      <Button type="submit" size="small" isDisabled={password === ''}>
        {translate('library.password.read')}
      </Button>
    </form>
  )
}
