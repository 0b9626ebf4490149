// Which transport errors prove that not one byte of a request left this computer.

const exact: readonly string[] = [
  'ABORTED',
  'ADDRESS_REFUSED',
  'CONSENT_MISMATCH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'EPROTO',
  'HOSTNAME_MISMATCH',
  'UND_ERR_CONNECT_TIMEOUT',
]
const certificate =
  /^(CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|INVALID_CA|PATH_LENGTH|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH)/

/** True for the codes of a certificate that could not be trusted or an encryption that could not be agreed on. */
export function isCertificateCode(code: string): boolean {
  return certificate.test(code) || code === 'EPROTO'
}

/** True for codes of a proxy that refused to let us through. */
export function isProxyCode(code: string): boolean {
  return code.startsWith('PROXY_')
}

/** True when an error of this code comes before the first byte of a request. Everything else counts as sent. */
export function nothingLeft(code: string): boolean {
  return exact.includes(code) || isCertificateCode(code) || isProxyCode(code)
}
