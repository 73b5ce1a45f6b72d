const item = items.get(0), scores = numbers(item.scores), panel = new Panel(element('points'), 560);
const hidden = new Set();
let marked = null, chosen = null;

/** Outlines around (0, 0) that can be distinguished without colour. */
const polygon = points => path => {
  points.forEach(([x, y], i) => i ? path.lineTo(x, y) : path.moveTo(x, y));
  path.closePath();
};
const shapes = [
  path => path.arc(0, 0, 4, 0, 7),
  path => path.rect(-3.5, -3.5, 7, 7),
  polygon([[0, -5], [5, 4], [-5, 4]]),
  polygon([[0, -5], [5, 0], [0, 5], [-5, 0]]),
  polygon([[0, 5], [5, -4], [-5, -4]]),
  path => { path.rect(-5, -1.5, 10, 3); path.rect(-1.5, -5, 3, 10); },
  path => path.rect(-5, -2, 10, 4),
  polygon([[-5, -4], [5, 0], [-5, 4]]),
];

/** Colour and shape of a class, unique for up to 56 classes. */
function glyph(context, x, y, k) {
  context.save();
  context.translate(x, y);
  context.beginPath();
  shapes[(k % palette.length + Math.floor(k / palette.length)) % shapes.length](context);
  context.fillStyle = paletteColour(k);
  context.fill();
  context.restore();
}

function ring(context, x, y, radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.stroke();
}

const wrong = row => item.names[item.classes[row]] !== item.predicted[row];
const median = values => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const axis = k => `component ${k + 1} (${(100 * item.shares[k]).toFixed(1)} % of the variance)`;

/** The place of the name of each visible class: above a point in the middle of its points, or below a name that is already there. */
function places(context, toX, toY) {
  const found = [];
  item.names.forEach((name, k) => {
    const rows = [...item.classes.keys()].filter(row => item.classes[row] === k);
    if (hidden.has(k) || rows.length === 0) return;
    found.push({k, name, width: context.measureText(name).width,
      x: toX(median(rows.map(row => scores[2 * row]))), y: toY(median(rows.map(row => scores[2 * row + 1]))) - 13});
  });
  found.sort((a, b) => a.y - b.y);
  found.forEach((place, index) => {
    const meets = other => Math.abs(other.x - place.x) < (other.width + place.width) / 2 + 4 && Math.abs(other.y - place.y) < 13;
    for (let tries = 0; tries < 40 && found.slice(0, index).some(meets); tries++) place.y += 3;
  });
  return found;
}

function writeNames(context, toX, toY) {
  context.font = 'bold 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const {k, name, x, y} of places(context, toX, toY)) {
    context.globalAlpha = chosen === null || chosen === k ? 1 : .15;
    context.lineWidth = 4;
    context.strokeStyle = theme.paper;
    context.strokeText(name, x, y);
    context.fillStyle = theme.ink;
    context.fillText(name, x, y);
  }
}

function draw() {
  panel.draw({
    x: extent(scores.filter((_, index) => index % 2 === 0)), y: extent(scores.filter((_, index) => index % 2)),
    wholeX: false, label: axis(1), xLabel: axis(0), description: 'series by their two principal components',
    paint(context, toX, toY) {
      item.classes.forEach((k, row) => {
        if (hidden.has(k)) return;
        const [x, y] = [toX(scores[2 * row]), toY(scores[2 * row + 1])];
        context.globalAlpha = chosen === null || chosen === k ? 1 : .15;
        glyph(context, x, y, k);
        if (wrong(row)) ring(context, x, y, 7, '#888');
        if (row === marked) ring(context, x, y, 10, colours.positive);
      });
      if (element('names').checked) writeNames(context, toX, toY);
    },
  });
  element('hover').textContent = marked === null ? ''
    : `sample ${marked}: class ${item.labels[marked]}, predicted ${item.predicted[marked]};` +
      ` components ${short(scores[2 * marked])}, ${short(scores[2 * marked + 1])}`;
}

function nearestPoint(x, y) {
  let best = null, least = Infinity;
  const scale = [panel.fromX(1) - panel.fromX(0), panel.fromY(1) - panel.fromY(0)];
  item.classes.forEach((k, row) => {
    const distance = Math.hypot((scores[2 * row] - x) / scale[0], (scores[2 * row + 1] - y) / scale[1]);
    if (!hidden.has(k) && distance < least) [best, least] = [row, distance];
  });
  return least < 25 ? best : null;
}

const signs = [];

/** Draws the plot and the symbols beside the names of the classes. */
function drawAll() {
  signs.forEach((sign, k) => {
    const context = sign.getContext('2d');
    context.clearRect(0, 0, 14, 14);
    glyph(context, 7, 7, k);
  });
  draw();
}

item.names.forEach((name, k) => {
  const label = document.createElement('label'), box = document.createElement('input'), sign = document.createElement('canvas');
  Object.assign(box, {type: 'checkbox', checked: true});
  Object.assign(sign, {width: 14, height: 14});
  sign.style.cssText = 'display: inline; width: 14px; margin: 0 .2rem';
  signs.push(sign);
  box.addEventListener('change', () => {
    box.checked ? hidden.delete(k) : hidden.add(k);
    draw();
  });
  const choose = to => () => {
    chosen = to;
    draw();
  };
  label.addEventListener('mouseenter', choose(k));
  label.addEventListener('mouseleave', choose(null));
  label.append(box, sign, name);
  element('legend').append(label);
});

function showAll(shown) {
  hidden.clear();
  for (const [k, box] of element('legend').querySelectorAll('input').entries()) {
    box.checked = shown;
    if (!shown) hidden.add(k);
  }
  draw();
}

element('all').addEventListener('click', () => showAll(true));
element('none').addEventListener('click', () => showAll(false));
element('names').checked = item.names.length > palette.length;
element('names').addEventListener('change', draw);
panel.onHover((x, y) => {
  marked = x === null ? null : nearestPoint(x, y);
  draw();
});
keepDrawn(drawAll);
drawAll();
