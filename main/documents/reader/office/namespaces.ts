// The namespaces of office formats and the prefixes this project knows them by, whatever a document calls them.

const openXml = 'http://schemas.openxmlformats.org/'
const strict = 'http://purl.oclc.org/ooxml/'
const openDocument = 'urn:oasis:names:tc:opendocument:xmlns:'

/** Prefix by namespace; the transitional and strict namespaces of Office Open XML share one. */
export const prefixes: ReadonlyMap<string, string> = new Map([
  [`${openXml}wordprocessingml/2006/main`, 'w'],
  [`${strict}wordprocessingml/main`, 'w'],
  [`${openXml}drawingml/2006/main`, 'a'],
  [`${strict}drawingml/main`, 'a'],
  [`${openXml}drawingml/2006/chart`, 'c'],
  [`${strict}drawingml/chart`, 'c'],
  [`${openXml}drawingml/2006/diagram`, 'dgm'],
  [`${strict}drawingml/diagram`, 'dgm'],
  ['http://schemas.microsoft.com/office/drawing/2014/chartex', 'cx'],
  [`${openXml}presentationml/2006/main`, 'p'],
  [`${strict}presentationml/main`, 'p'],
  [`${openXml}spreadsheetml/2006/main`, 'x'],
  [`${strict}spreadsheetml/main`, 'x'],
  [`${openXml}drawingml/2006/spreadsheetDrawing`, 'xdr'],
  [`${strict}drawingml/spreadsheetDrawing`, 'xdr'],
  ['http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments', 'tc'],
  [`${openXml}officeDocument/2006/relationships`, 'r'],
  [`${strict}officeDocument/relationships`, 'r'],
  [`${openXml}officeDocument/2006/math`, 'm'],
  [`${strict}officeDocument/math`, 'm'],
  [`${openXml}markup-compatibility/2006`, 'mc'],
  [`${openXml}package/2006/relationships`, 'rel'],
  [`${openXml}package/2006/content-types`, 'ct'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ...['office', 'text', 'table', 'style', 'presentation', 'meta', 'manifest'].map((name): [string, string] => [
    `${openDocument}${name}:1.0`,
    name,
  ]),
  [`${openDocument}drawing:1.0`, 'draw'],
  [`${openDocument}datastyle:1.0`, 'number'],
  ['http://www.w3.org/1999/xlink', 'xlink'],
  ['urn:oasis:names:tc:opendocument:xmlns:container', 'container'],
  [`${openDocument}xsl-fo-compatible:1.0`, 'fo'],
  ['http://www.idpf.org/2007/opf', 'opf'],
  ['http://www.daisy.org/z3986/2005/ncx/', 'ncx'],
  ['http://www.w3.org/2001/04/xmlenc#', 'enc'],
])
