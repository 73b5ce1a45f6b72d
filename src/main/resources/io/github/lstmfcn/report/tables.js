
for (const table of document.querySelectorAll('section table')) new Tablesort(table, {descending: false});

for (const search of document.querySelectorAll('input[type=search]')) {
  const section = document.getElementById(search.dataset.table), rows = [...section.querySelectorAll('tbody tr')];
  search.addEventListener('input', () => {
    const words = search.value.toLowerCase().split(/\s+/);
    let found = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    section.querySelector('.found').textContent = search.value ? `${found} of ${rows.length}` : '';
  });
}

