// What runs here, under which licence, and whether all is well.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import { Doctor } from './Doctor.tsx'
import { Row, Section } from './Section.tsx'
import { SupportReport } from './SupportReport.tsx'

/** Version, licence, the doctor, and a report for support. */
export function About(): ReactNode {
  const translate = useTranslate()
  const info = useSotto((state) => state.info)
  return (
    <Section name="about">
      {info !== null && (
        <Row
          label={translate('settings.about.version', { version: info.appVersion })}
          about={
            <>
              <p>
                {translate('settings.about.on', {
                  platform: info.platform,
                  host: translate(`settings.about.host.${info.host}`),
                })}
              </p>
              <p>{translate('settings.about.licence')}</p>
            </>
          }
        />
      )}
      <Doctor />
      <SupportReport />
    </Section>
  )
}
