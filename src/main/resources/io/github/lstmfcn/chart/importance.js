const item = items.get(0), headers = [...document.querySelectorAll('th')].map(header => header.textContent);
const panels = {accuracy: ['drop in accuracy', new Panel(element('accuracy'), 220)], loss: ['rise of the loss', new Panel(element('loss'), 240)]};
let mark = null;

function draw() {
  for (const name in panels) {
    const [label, panel] = panels[name], values = item[name];
    panel.draw({
      x: [-0.5, values.length - 0.5], y: extent(values.flatMap(({low, high}) => [0, low, high])), label, mark,
      xLabel: name === 'loss' ? 'variable' : '', description: label + ' of each variable',
      paint(context, toX, toY, box) {
        context.fillStyle = theme.get('blue');
        values.forEach(({mean}, variable) => {
          const from = toX(variable - 0.35);
          context.fillRect(from, toY(mean), toX(variable + 0.35) - from, toY(0) - toY(mean));
        });
        for (const [variable, {low, high}] of values.entries()) {
          line(context, [[toX(variable), toY(low)], [toX(variable), toY(high)]], theme.ink, 1.4);
        }
        line(context, [[box.left, toY(0)], [box.left + box.width, toY(0)]], theme.frame, 1);
      },
    });
  }
  element('hover').textContent = mark === null ? 'Point at a bar to read it.'
    : `variable ${mark}: accuracy ${read(item.accuracy[mark])}, loss ${read(item.loss[mark])}`;
}

const interval = ({low, high}) => `${short(low)} to ${short(high)}`;
const read = value => `${short(value.mean)} (${interval(value)})`;

item.accuracy.forEach((accuracy, variable) => {
  const loss = item.loss[variable], row = document.createElement('tr');
  const cells = [variable, short(accuracy.mean), interval(accuracy), short(loss.mean), interval(loss)];
  row.append(...cells.map((text, column) => {
    const cell = document.createElement('td');
    cell.textContent = text;
    cell.dataset.name = headers[column];
    return cell;
  }));
  row.addEventListener('click', () => {
    mark = variable;
    draw();
  });
  element('variables').append(row);
});
for (const name in panels) {
  panels[name][1].onHover(place => {
    mark = nearest(place, item.accuracy.length);
    draw();
  });
}
keepDrawn(draw);
draw();
