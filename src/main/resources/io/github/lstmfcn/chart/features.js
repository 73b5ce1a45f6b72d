const item = items.get(0), scores = numbers(item.scores), panel = new Panel(element('points'), 520);
const hidden = new Set();
let marked = null;

/** Outlines around (0, 0), told apart without colour. */
const shapes = [
  path => path.arc(0, 0, 4, 0, 7),
  path => path.rect(-3.5, -3.5, 7, 7),
  path => [[0, -5], [5, 4], [-5, 4]].forEach(([x, y], i) => i ? path.lineTo(x, y) : path.moveTo(x, y)),
  path => [[0, -5], [5, 0], [0, 5], [-5, 0]].forEach(([x, y], i) => i ? path.lineTo(x, y) : path.moveTo(x, y)),
  path => [[0, 5], [5, -4], [-5, -4]].forEach(([x, y], i) => i ? path.lineTo(x, y) : path.moveTo(x, y)),
  path => { path.rect(-5, -1.5, 10, 3); path.rect(-1.5, -5, 3, 10); },
];

function glyph(context, x, y, k) {
  context.save();
  context.translate(x, y);
  context.beginPath();
  shapes[(k % palette.length + Math.floor(k / palette.length)) % shapes.length](context);
  context.fillStyle = palette[k % palette.length];
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

function draw() {
  panel.draw({
    x: extent(scores.filter((_, index) => index % 2 === 0)), y: extent(scores.filter((_, index) => index % 2)),
    wholeX: false, label: 'component 2', description: 'series by their two principal components',
    paint(context, toX, toY) {
      item.classes.forEach((k, row) => {
        if (hidden.has(k)) return;
        const [x, y] = [toX(scores[2 * row]), toY(scores[2 * row + 1])];
        glyph(context, x, y, k);
        if (wrong(row)) ring(context, x, y, 7, '#888');
        if (row === marked) ring(context, x, y, 10, colours.positive);
      });
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

item.names.forEach((name, k) => {
  const label = document.createElement('label'), box = document.createElement('input'), sign = document.createElement('canvas');
  Object.assign(box, {type: 'checkbox', checked: true});
  Object.assign(sign, {width: 14, height: 14});
  sign.style.cssText = 'display: inline; width: 14px; margin: 0 .2rem';
  glyph(sign.getContext('2d'), 7, 7, k);
  box.addEventListener('change', () => {
    box.checked ? hidden.delete(k) : hidden.add(k);
    draw();
  });
  label.append(box, sign, name);
  element('legend').append(label);
});
element('axes').textContent = 'Principal components of what the dense layer reads: 1 across with ' +
  `${(100 * item.shares[0]).toFixed(1)} % of the variance, 2 upwards with ${(100 * item.shares[1]).toFixed(1)} %.`;
panel.onHover((x, y) => {
  marked = x === null ? null : nearestPoint(x, y);
  draw();
});
window.addEventListener('resize', draw);
draw();
