const seriesPanel = new Panel(element('series'), 260), mapPanel = new Panel(element('map'), 150);
const headers = [...document.querySelectorAll('th')].map(header => header.textContent);
let item, shown, mark = null;

function open(opened) {
  item = opened;
  for (const name of ['series', 'map', 'probabilities', 'logits', 'convolution', 'lstm', 'bias']) {
    item[name] = numbers(item[name]);
  }
  element('title').textContent = item.title;
  element('class').replaceChildren(...item.classes.map((name, k) => new Option(name, k)));
  element('classes').replaceChildren(...item.classes.map(row));
  show(item.shown);
}

function share(k) {
  const parts = [item.lstm[k], item.convolution[k], item.bias[k]].map(Math.abs);
  const all = parts[0] + parts[1] + parts[2];
  return all ? parts[0] / all : 0;
}

function row(name, k) {
  const cells = [
    name + (k === item.predicted ? ' (predicted)' : ''), item.probabilities[k].toFixed(4),
    ...[item.logits, item.convolution, item.lstm, item.bias].map(values => values[k].toFixed(3)),
    Math.round(100 * share(k)) + ' %'];
  const line = document.createElement('tr');
  line.append(...cells.map((text, column) => {
    const cell = document.createElement('td');
    cell.textContent = text;
    cell.dataset.name = headers[column];
    return cell;
  }));
  line.addEventListener('click', () => show(k));
  return line;
}

function show(k) {
  shown = k;
  element('class').value = k;
  [...element('classes').children].forEach((line, index) => line.classList.toggle('shown', index === k));
  element('parts').textContent =
    `Class ${item.classes[k]}, p = ${item.probabilities[k].toFixed(3)}: logit ${item.logits[k].toFixed(2)}` +
    ` = convolutions ${item.convolution[k].toFixed(2)} + LSTM ${item.lstm[k].toFixed(2)}` +
    ` + bias ${item.bias[k].toFixed(2)}; the LSTM's share is ${Math.round(100 * share(k))} %`;
  draw();
}

function draw() {
  const length = item.series.length, x = [-0.5, length - 0.5];
  const map = item.map.subarray(shown * length, (shown + 1) * length), limit = largest(map);
  element('low').textContent = short(-limit) + ' against the class';
  element('high').textContent = short(limit) + ' for the class';
  seriesPanel.draw({
    x, y: extent(item.series), label: 'series', mark, description: item.title,
    paint(context, toX, toY, box) {
      stripes(context, map, toX, box, limit);
      curve(context, item.series, toX, toY, theme.ink, 1.6);
    },
  });
  mapPanel.draw({
    x, y: [-1.05 * limit, 1.05 * limit], label: 'map', mark, description: element('parts').textContent,
    paint(context, toX, toY, box) {
      area(context, map, toX, toY);
      curve(context, map, toX, toY, theme.ink, 1);
      line(context, [[box.left, toY(0)], [box.left + box.width, toY(0)]], theme.frame, 1);
    },
  });
  element('hover').textContent = mark === null ? 'Point at the series to read it.'
    : `step ${mark}: series ${short(item.series[mark])}, map ${short(map[mark])}`;
}

function hover(place) {
  mark = nearest(place, item.series.length);
  draw();
}

items.choose(open);
element('class').addEventListener('change', event => show(+event.target.value));
seriesPanel.onHover(hover);
mapPanel.onHover(hover);
keepDrawn(() => item && draw());
