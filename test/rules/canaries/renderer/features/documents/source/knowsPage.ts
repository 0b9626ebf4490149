// A part of the documents side knows the page that shows it.
import '../page/page.ts'
// canary: deps documents-parts-stand-alone
