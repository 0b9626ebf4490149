// Whether a policy file may be believed, from what the file system says about it.

/** What the file system says: owner, mode bits, whether it is a plain file or a folder, and its size. */
export type FileFacts = {
  readonly kind: 'file' | 'folder' | 'other'
  readonly uid: number
  readonly mode: number
  readonly bytes: number
}

/** Bytes a policy file may have. */
export const policyLimitBytes = 1024 * 1024

const writableByOthers = 0o022
const sticky = 0o1000

/** Why the file is not believed, as stable codes; empty when it is. Only `ownerUid` (root) may have been able to write it. */
export function fileTrustIssues(facts: FileFacts, ownerUid: number): readonly string[] {
  if (facts.kind !== 'file') return ['file-not-regular']
  const issues: string[] = []
  if (facts.uid !== ownerUid) issues.push('file-not-owned-by-root')
  if ((facts.mode & writableByOthers) !== 0) issues.push('file-writable-by-others')
  if (facts.bytes > policyLimitBytes) issues.push('file-too-large')
  return issues
}

/** Why the file's folder is not believed: whoever may write there could take the policy away. Sticky folders are safe. */
export function folderTrustIssues(facts: FileFacts, ownerUid: number): readonly string[] {
  const issues: string[] = []
  if (facts.uid !== ownerUid && facts.uid !== 0) issues.push('folder-not-owned-by-root')
  if ((facts.mode & writableByOthers) !== 0 && (facts.mode & sticky) === 0) issues.push('folder-writable-by-others')
  return issues
}
