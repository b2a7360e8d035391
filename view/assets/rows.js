// rows as they were before columns.py wrote them by columns
const rowsOf = columns => columns[0].map((_, i) => columns.map(column => column[i]));
function numbersOf(steps) {
  let at = 0;
  return steps.map(step => (at += step));
}
// place -> the fields of that row; a field of any name, for names come with the data
function fieldsOf(columns) {
  const rows = {};
  for (const [name, steps, values] of columns)
    numbersOf(steps).forEach((place, i) => (rows[place] ??= []).push([name, values[i]]));
  for (const place in rows) rows[place] = Object.fromEntries(rows[place]);
  return rows;
}
// an id in which signs stand for those of its ends; one in a list stands for itself
const fullId = (short, ...ends) =>
  Array.isArray(short) ? short[0] : short.replace(/[<>]/g, sign => ends["<>".indexOf(sign)] ?? sign);
