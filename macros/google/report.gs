// Меню «Отчёт» в форме школы. Правил здесь нет: чего не хватает, считает столбец «Проверка» самой формы,
// а меню только собирает его слова в один список и ведёт к пустым ячейкам. В таблицу ничего не пишется.
// Слова формы — в declared.gs.

const MENU = 'Отчёт';
const CHECK_ITEM = 'Проверить заполнение';
const SHOW_ITEM = 'Показать незаполненное';
const NO_REPORT = 'В этой таблице не нашлось формы отчёта: нет строки с её заголовками. Откройте лист с отчётом и повторите.';
const NOTHING_MISSING = 'Заполнено всё.';
const LISTED_ROWS = 20;
const TITLE_LETTERS = 60;

/** Google вызывает это сам, когда таблицу открывают. */
function onOpen() {
  SpreadsheetApp.getUi().createMenu(MENU)
    .addItem(CHECK_ITEM, 'checkReport')
    .addItem(SHOW_ITEM, 'showMissing')
    .addToUi();
}

/** Окно со списком строк, в которых чего-то не хватает. */
function checkReport() {
  const report = findReport();
  if (!report) return tell(CHECK_ITEM, NO_REPORT);
  const gaps = report.rows.filter(hasGap);
  const lines = gaps.slice(0, LISTED_ROWS).map(row => `${row.number} ${shortened(row.title)} — ${row.check || 'не посчитано'}`);
  if (gaps.length > LISTED_ROWS) lines.push(`… и ещё ${gaps.length - LISTED_ROWS}`);
  const summary = gaps.length ? `Не хватает в строках: ${gaps.length} из ${report.rows.length}.` : NOTHING_MISSING;
  return tell(CHECK_ITEM, [summary, ...lines].join('\n'));
}

/** Выделяет ячейки, которые осталось заполнить. */
function showMissing() {
  const report = findReport();
  if (!report) return tell(SHOW_ITEM, NO_REPORT);
  const cells = report.rows.filter(hasGap).flatMap(row => missingKeys(row.check).map(key => letters(report.columns[key]) + row.place));
  if (!cells.length) return tell(SHOW_ITEM, NOTHING_MISSING);
  report.sheet.activate();
  report.sheet.getRangeList(cells).activate();
}

/** Таблица отчёта на открытом листе, а если её там нет — на первом, где она есть. */
function findReport() {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  for (const sheet of [spreadsheet.getActiveSheet(), ...spreadsheet.getSheets()]) {
    const values = sheet.getDataRange().getDisplayValues();
    const top = values.findIndex(cells => Object.values(HEADERS).every(header => placeOf(cells, header) >= 0));
    if (top >= 0) return reportIn(sheet, values, top);
  }
  return null;
}

/** Строки с ключом: у заголовков разделов ключа нет, по ним не отчитываются. */
function reportIn(sheet, values, top) {
  const columns = {};
  for (const key of Object.keys(HEADERS)) columns[key] = placeOf(values[top], HEADERS[key]);
  const rows = values
    .map((cells, index) => ({
      place: index + 1,
      key: cells[columns.key].trim(),
      number: cells[columns.number].trim(),
      title: cells[columns.title].trim(),
      check: cells[columns.check].trim(),
    }))
    .filter(row => row.place > top + 1 && row.key);
  return {sheet, columns, rows};
}

function hasGap(row) {
  return !COMPLETE.includes(row.check);
}

/** Столбцы, в которых чего-то ждут, по словам «Проверки»: «нет даты, нет подтверждения». */
function missingKeys(check) {
  return check.split(', ').map(words => MISSING[words] || 'check');
}

function placeOf(cells, header) {
  return cells.findIndex(cell => plain(cell) === plain(header));
}

function plain(text) {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function shortened(title) {
  const words = title.replace(/\s+/g, ' ');
  return words.length > TITLE_LETTERS ? words.slice(0, TITLE_LETTERS - 1).trimEnd() + '…' : words;
}

/** 0 — «A», 26 — «AA». */
function letters(column) {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

function tell(title, text) {
  const ui = SpreadsheetApp.getUi();
  ui.alert(title, text, ui.ButtonSet.OK);
}
