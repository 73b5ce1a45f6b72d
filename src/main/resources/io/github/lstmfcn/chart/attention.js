const panel = new Panel(element('shares'), 560);
let item, image = null;

function open(opened) {
  item = opened;
  item.alpha = numbers(item.alpha);
  item.equal = 1 / item.steps;
  item.distances = item.alpha.map(value => value - item.equal);
  item.limit = largest(item.distances.filter(value => !isNaN(value)));
  const masked = [...item.masked.keys()].filter(step => item.masked[step]);
  element('masked').textContent = masked.length ? `Masked: ${item.step} ${masked.join(', ')}.` : `No ${item.step} is masked.`;
  element('low').textContent = short(Math.max(0, item.equal - item.limit));
  element('high').textContent = short(item.equal + item.limit) + `; ${short(item.equal)}, an equal share, is uncoloured`;
  draw();
}

/** The shares as an image, created once for each item and background. */
function shares() {
  if (image?.of !== item || image.paper !== theme.paper) {
    image = {of: item, paper: theme.paper, pixels: heat(item.distances, item.steps, item.steps, item.limit)};
  }
  return image.pixels;
}

function draw() {
  const range = [-0.5, item.steps - 0.5];
  panel.draw({
    x: range, y: [...range].reverse(), wholeY: true, label: item.step, xLabel: 'attended ' + item.step,
    description: `shares of the attention, ${item.title}`,
    paint(context, toX, toY, box) {
      context.imageSmoothingEnabled = false;
      context.drawImage(shares(), box.left, box.top, box.width, box.height);
      context.fillStyle = '#8080804d';
      for (const [step, masked] of item.masked.entries()) {
        if (masked) context.fillRect(toX(step - 0.5), box.top, toX(step + 0.5) - toX(step - 0.5), box.height);
      }
    },
  });
}

panel.onHover((x, y) => {
  if (x === null) {
    element('hover').textContent = '';
    return;
  }
  const row = nearest(y, item.steps), column = nearest(x, item.steps);
  element('hover').textContent = item.masked[row] ? `${item.step} ${row} is masked`
    : `${item.step} ${row} attends to ${item.step} ${column}: ${short(item.alpha[row * item.steps + column])}`;
});
keepDrawn(() => item && draw());
items.choose(open);
