// What Sotto and another extractor give differently on purpose, file by file, with the reason.

/** Words that one side alone gives, as they stand in its text, and why that is right. */
export type Difference = {
  readonly file: string
  readonly side: 'own' | 'other'
  readonly words: string
  readonly reason: string
}

/** Every difference that does not count; what is listed here and not there is reported by the row. */
export const differences: readonly Difference[] = [
  {
    file: 'office/pandoc.docx',
    side: 'own',
    words: 'harbour plan test author',
    reason: 'pandoc takes title and author out of the text, as data about it',
  },
  {
    file: 'office/python-docx.docx',
    side: 'own',
    words: 'minutes',
    reason: 'pandoc takes the title out of the text, as data about it',
  },
  {
    file: 'office/python-docx.docx',
    side: 'other',
    words: 'hidden',
    reason: 'a hidden word, which the coverage says was left out',
  },
  {
    file: 'office/word-comments.docx',
    side: 'own',
    words:
      'i a a comment comment jesse jesse jesse jesse jesse rosenthal rosenthal rosenthal rosenthal ' +
      'rosenthal left this across paragraphs paragraphs one has multiple see do do something something ' +
      'else',
    reason: 'comments and who made them; pandoc shows none when it accepts the changes',
  },
  {
    file: 'office/word-notes.docx',
    side: 'own',
    words: 'i i',
    reason: 'the endnote has a number of its own kind, as in Word',
  },
  {
    file: 'office/word-notes.docx',
    side: 'other',
    words: '2 2',
    reason: 'pandoc numbers the endnote with the footnotes',
  },
  {
    file: 'office/pandoc.pptx',
    side: 'own',
    words: 'a 1 2 b',
    reason: 'numbers of a list, which LibreOffice only draws',
  },
  {
    file: 'office/pandoc.odt',
    side: 'own',
    words: 'year item cost',
    reason: 'the row of headings of a table, which pandoc drops',
  },
  {
    file: 'office/gnumeric.ods',
    side: 'own',
    words: 'zeile umbruch 68',
    reason: 'a line break parts words, and the number stands as the file shows it, rounded',
  },
  {
    file: 'office/gnumeric.ods',
    side: 'other',
    words: 'zeileumbruch 678',
    reason: 'LibreOffice drops the line break and shows the number in its own form',
  },
  {
    file: 'office/excel-comments.xlsx',
    side: 'own',
    words: '作者 123',
    reason: 'the comment of a cell, which is no part of a CSV',
  },
  {
    file: 'office/openoffice-list.odp',
    side: 'own',
    words: '1 1 1 1 1 1 2 2 2 2 2 2 3 4',
    reason: 'numbers of lists, which LibreOffice only draws',
  },
  {
    file: 'office/pandoc.epub',
    side: 'own',
    words: 'harbour plan test author 1',
    reason: 'the title page, which pandoc takes for data, and the mark of the footnote',
  },
  {
    file: 'office/wasteland.epub',
    side: 'own',
    words:
      'the waste land t s eliot nam sibyllam quidem cumis ego ipse oculis meis vidi in ampulla pendere ' +
      'et cum illi pueri dicerent σίβυλλα τί θέλεις respondebat illa άποθαγεῖγ θέλϣ for ezra pound il ' +
      'miglior fabbro',
    reason: 'title, author, motto and dedication, which stand in a header that pandoc passes by',
  },
  {
    file: 'office/wasteland.epub',
    side: 'other',
    words: '10 10 1 1 20 20 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9 11 11 12 12 13 13 14 14 15 15 16 16 17 17 18 18 ' + '19 19',
    reason: 'numbers that pandoc gives the notes; the book marks them by links alone',
  },
  {
    file: 'pdf/fop-filesystem-standard.pdf',
    side: 'other',
    words: '2 3 4',
    reason: 'page numbers at the foot, left out as running lines',
  },
  {
    file: 'pdf/ghostscript-bash-manual.pdf',
    side: 'other',
    words: 'bash bash bash 1 1 general commands manual gnu 5 2 2022 september 19 4',
    reason: 'running head and foot of the manual page, left out on purpose',
  },
  {
    file: 'pdf/pdftex-r-language.pdf',
    side: 'other',
    words: 'iii',
    reason: 'the page number, left out as a running line',
  },
  {
    file: 'rtf/word-cp1251.rtf',
    side: 'own',
    words: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
    reason: 'the Russian alphabet in code page 1251',
  },
  {
    file: 'rtf/word-cp1251.rtf',
    side: 'other',
    words: 'àáâãäå àáâãäå ̧æçèéêëìíîïðñòóôõö øùúûüýþÿ ̈æçèéêëìíîïðñòóôõö øùúûüýþß',
    reason: 'pandoc reads code page 1251 as 1252',
  },
  {
    file: 'rtf/abiword-test.rtf',
    side: 'own',
    words: 'ww superscriptsupscipt',
    reason: 'a hyphen that shows only at a line end does not part a word; superscript follows at once',
  },
  {
    file: 'rtf/abiword-test.rtf',
    side: 'other',
    words: 'w w superscript supscipt',
    reason: 'pandoc parts at the optional hyphen and sets marks around superscript',
  },
  {
    file: 'html/docbook-xsl-installation-german.html',
    side: 'other',
    words: 'zurück zurück weiter weiter nach zum oben anfang',
    reason: 'the links to other pages, left out for the main content',
  },
  {
    file: 'html/sphinx-diversions.html',
    side: 'other',
    words:
      'navigation navigation index index next next next previous previous previous debian debian ' +
      'debian policy policy policy manual manual manual manual manual v4 v4 6 6 6 2 2 0 0 0 7 7 ' +
      'diversions diversions overriding overriding a a a a package package s s version version of of ' +
      'of file file from from from old old old packaging packaging packaging this alternative versions ' +
      'an interface update alternatives 8 using topic topic changes process page show source quick ' +
      'search created sphinx 5 3',
    reason: 'navigation, search and the foot of the page, left out for the main content',
  },
  {
    file: 'mail/delivery-failure.mbox',
    side: 'own',
    words: '6107 531',
    reason: 'the sizes of the report parts as the message has them',
  },
  {
    file: 'mail/delivery-failure.mbox',
    side: 'other',
    words: '0 530',
    reason: 'sizes after parsing: Python has taken the report apart, and the line break at its end',
  },
  {
    file: 'mail/outlook-express-mac.eml',
    side: 'own',
    words: 'xx gif gif image 21 b',
    reason: 'the attachment, found although an inner part repeats the outer boundary',
  },
  {
    file: 'mail/outlook-express-mac.eml',
    side: 'other',
    words: 'some some removed removed html text',
    reason: 'Python cannot part what repeats the boundary and gives the source',
  },
  {
    file: 'mail/git-patches.mbox',
    side: 'own',
    words: 'the the pier from from roof not',
    reason: 'a line of the text that begins with "From": Python takes it for a new message',
  },
  {
    file: 'markdown/pandoc-epub-guide.md',
    side: 'other',
    words: 'title creating an ebook with pandoc author john macfarlane 1 2',
    reason: 'the block of data at the top, of which the title is kept as the title',
  },
]
