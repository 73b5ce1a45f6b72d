const panels = {series: 'series', context: 'context', attended: 'series × context'};
for (const name in panels) panels[name] = {label: panels[name], panel: new Panel(element(name), 200)};
let item, mark = null;

function open(opened) {
  item = opened;
  for (const name in panels) item[name] = numbers(item[name]);
  draw();
}

function draw() {
  const x = [-0.5, item.series.length - 0.5];
  for (const name in panels) {
    const {label, panel} = panels[name];
    panel.draw({
      x, y: extent(item[name]), label, mark, description: `${label} of ${item.title}`,
      paint(context, toX, toY) { curve(context, item[name], toX, toY, colours.negative, 1.6); },
    });
  }
  element('hover').textContent = mark === null ? 'Point at a curve to read it.'
    : `step ${mark}: ` + Object.keys(panels).map(name => `${panels[name].label} ${short(item[name][mark])}`).join(', ');
}

for (const name in panels) {
  panels[name].panel.onHover(place => {
    mark = nearest(place, item.series.length);
    draw();
  });
}
keepDrawn(() => item && draw());
items.choose(open);
