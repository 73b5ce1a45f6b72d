/** Up to so many variables have panels of their own; more are a heat map below the map. */
const PANELS = 12;
const mapPanel = new Panel(element('map'), 150), seriesPanels = panels(+element('series').dataset.variables);
const headers = [...document.querySelectorAll('th')].map(header => header.textContent);
let item, shown, mark = null, markedVariable = 0, image = null;

/** The panels of the variables, which all series have equally many of. */
function panels(variables) {
  const first = element('series');
  if (variables === 1) return [new Panel(first, 260)];
  if (variables > PANELS) {
    first.before(element('map'));
    return [new Panel(first, Math.min(900, Math.max(260, 8 * variables)))];
  }
  const all = [first];
  for (let variable = 1; variable < variables; variable++) {
    const canvas = document.createElement('canvas');
    canvas.id = 'series' + variable;
    all[variable - 1].after(canvas);
    all.push(canvas);
  }
  return all.map(canvas => new Panel(canvas, 100));
}

function open(opened) {
  item = opened;
  for (const name of ['series', 'map', 'probabilities', 'logits', 'convolution', 'lstm', 'bias']) {
    item[name] = numbers(item[name]);
  }
  item.length = item.series.length / item.variables;
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
    ...[item.logits, item.convolution, ...(item.recurrent ? [item.lstm] : []), item.bias].map(values => values[k].toFixed(3)),
    ...(item.recurrent ? [Math.round(100 * share(k)) + ' %'] : [])];
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
    ` = convolutions ${item.convolution[k].toFixed(2)}` + (item.recurrent ? ` + LSTM ${item.lstm[k].toFixed(2)}` : '') +
    ` + bias ${item.bias[k].toFixed(2)}` + (item.recurrent ? `; the LSTM's share is ${Math.round(100 * share(k))} %` : '');
  draw();
}

function draw() {
  const length = item.length, x = [-0.5, length - 0.5];
  const map = item.map.subarray(shown * length, (shown + 1) * length), limit = largest(map);
  element('low').textContent = short(-limit) + ' against the class';
  element('high').textContent = short(limit) + ' for the class';
  if (seriesPanels.length < item.variables) {
    drawVariables(x);
  } else {
    seriesPanels.forEach((panel, variable) => {
      const values = item.series.subarray(variable * length, (variable + 1) * length);
      panel.draw({
        x, y: extent(values), label: item.variables === 1 ? 'series' : 'variable ' + variable, mark, description: item.title,
        paint(context, toX, toY, box) {
          stripes(context, map, toX, box, limit);
          curve(context, values, toX, toY, theme.ink, 1.6);
        },
      });
    });
  }
  mapPanel.draw({
    x, y: [-1.05 * limit, 1.05 * limit], label: 'map', mark, description: element('parts').textContent,
    paint(context, toX, toY, box) {
      area(context, map, toX, toY);
      curve(context, map, toX, toY, theme.ink, 1);
      line(context, [[box.left, toY(0)], [box.left + box.width, toY(0)]], theme.frame, 1);
    },
  });
  element('hover').textContent = mark === null ? 'Point at the series to read it.'
    : `step ${mark}: ${pointed()}, map ${short(map[mark])}`;
}

/** The values of all variables as an image, created once for each series and background. */
function colouredVariables(limit) {
  if (image?.of !== item || image.paper !== theme.paper) {
    image = {of: item, paper: theme.paper, pixels: heat(item.series, item.length, item.variables, limit)};
  }
  return image.pixels;
}

/** The values of all variables as colours, whose scale the legend then tells. */
function drawVariables(x) {
  const limit = largest(item.series);
  element('low').textContent = short(-limit);
  element('high').textContent = short(limit) + ' values of the variables';
  seriesPanels[0].draw({
    x, y: [item.variables - 0.5, -0.5], wholeY: true, label: 'variable', mark,
    description: `${item.title}; values from ${short(-limit)} to ${short(limit)}`,
    paint(context, toX, toY, box) {
      context.imageSmoothingEnabled = false;
      context.drawImage(colouredVariables(limit), box.left, box.top, box.width, box.height);
    },
  });
}

/** The value that the pointer is at. */
function pointed() {
  const value = short(item.series[markedVariable * item.length + mark]);
  return item.variables === 1 ? 'series ' + value : `variable ${markedVariable} ${value}`;
}

function hover(place, variable = 0) {
  mark = nearest(place, item.length);
  markedVariable = variable;
  draw();
}

items.choose(open);
element('class').addEventListener('change', event => show(+event.target.value));
seriesPanels.forEach((panel, variable) => panel.onHover((x, y) =>
  hover(x, seriesPanels.length < item.variables ? nearest(y, item.variables) : variable)));
mapPanel.onHover(x => hover(x, markedVariable));
keepDrawn(() => item && draw());
