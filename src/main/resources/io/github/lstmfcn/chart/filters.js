const factors = element('scales') && new Panel(element('scales'), 200), neutral = 0.5;
const panels = {all: new Panel(element('all'), 300), activation: new Panel(element('activation'), 180), kernel: new Panel(element('kernel'), 200)};
let item, image = null;

function open(opened) {
  item = opened;
  item.kernels = numbers(item.kernels);
  item.activations = numbers(item.activations);
  item.length = item.activations.length / item.filters;
  if (factors) {
    item.scales = item.scales && numbers(item.scales);
    element('squeeze').style.display = item.scales ? '' : 'none';
  }
  element('most').textContent = short(largest(item.activations));
  element('filter').max = item.filters - 1;
  element('filter').value = 0;
  draw();
}

/** All activations as an image, created once for each item and background. */
function activations() {
  if (image?.of !== item || image.paper !== theme.paper) {
    image = {of: item, paper: theme.paper,
      pixels: heat(item.activations, item.length, item.filters, largest(item.activations))};
  }
  return image.pixels;
}

function draw() {
  const filter = +element('filter').value, size = item.size, channels = item.channels;
  const activation = item.activations.subarray(filter * item.length, (filter + 1) * item.length);
  const kernel = item.kernels.subarray(filter * size * channels, (filter + 1) * size * channels);
  const steps = [-0.5, item.length - 0.5];
  element('chosen').textContent = `Filter ${filter}: its activation, and its kernel`;
  panels.all.draw({
    x: steps, y: [item.filters - 0.5, -0.5], wholeY: true, label: 'filter', description: 'mean activations of all filters',
    paint(context, toX, toY, box) {
      context.imageSmoothingEnabled = false;
      context.drawImage(activations(), box.left, box.top, box.width, box.height);
      line(context, [[box.left, toY(filter)], [box.left + box.width, toY(filter)]], theme.ink, 1);
    },
  });
  panels.activation.draw({
    x: steps, y: extent(activation), label: 'activation', description: element('chosen').textContent,
    paint(context, toX, toY) { curve(context, activation, toX, toY, theme.ink, 1.4); },
  });
  if (item.scales) drawScales(filter);
  const limit = largest(kernel);
  element('low').textContent = short(-limit);
  element('high').textContent = short(limit);
  panels.kernel.draw({
    x: [-0.5, channels - 0.5], y: [size - 0.5, -0.5], wholeY: true, label: 'tap', description: `kernel of filter ${filter}`,
    paint(context, toX, toY, box) {
      context.imageSmoothingEnabled = false;
      context.drawImage(heat(kernel, channels, size, limit), box.left, box.top, box.width, box.height);
    },
  });
}

/** The factors of squeeze-and-excite: a row for each class and series, white at the neutral factor. */
function drawScales(filter) {
  const distances = item.scales.map(value => value - neutral), limit = largest(distances.filter(value => !isNaN(value)));
  element('lowScale').textContent = short(neutral - limit);
  element('highScale').textContent = short(neutral + limit);
  factors.draw({
    x: [-0.5, item.filters - 0.5], y: [item.rows.length - 0.5, -0.5], wholeY: true, label: 'row', mark: filter,
    description: 'factors of squeeze-and-excite, by class and series',
    paint(context, toX, toY, box) {
      context.imageSmoothingEnabled = false;
      context.drawImage(heat(distances, item.filters, item.rows.length, limit), box.left, box.top, box.width, box.height);
    },
  });
}

function read(output, panel, text) {
  panel.onHover((x, y) => { element(output).textContent = x === null ? '' : text(x, y); });
}

read('hoverAll', panels.all, (x, y) => {
  const step = nearest(x, item.length), filter = nearest(y, item.filters);
  return `filter ${filter}, step ${step}: ${short(item.activations[filter * item.length + step])}`;
});
read('hoverActivation', panels.activation, x => {
  const step = nearest(x, item.length);
  return `step ${step}: ${short(item.activations[+element('filter').value * item.length + step])}`;
});
read('hoverKernel', panels.kernel, (x, y) => {
  const channel = nearest(x, item.channels), tap = nearest(y, item.size);
  const value = item.kernels[(+element('filter').value * item.size + tap) * item.channels + channel];
  return `tap ${tap}, ${item.channel} ${channel}: ${short(value)}`;
});
if (factors) {
  read('hoverScales', factors, (x, y) => {
    const filter = nearest(x, item.filters), row = nearest(y, item.rows.length);
    return `${item.rows[row]}, filter ${filter}: ${short(item.scales[row * item.filters + filter])}`;
  });
}
panels.all.canvas.addEventListener('click', event => {
  element('filter').value = nearest(panels.all.fromY(event.offsetY), item.filters);
  draw();
});
element('filter').addEventListener('input', () => {
  element('filter').value = nearest(+element('filter').value, item.filters);
  draw();
});
keepDrawn(() => item && draw());
items.choose(open);
