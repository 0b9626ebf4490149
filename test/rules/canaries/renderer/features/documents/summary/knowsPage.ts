// A summary knows the page that shows it.
import '../page/page.ts'
// canary: deps documents-views-know-parts-only
