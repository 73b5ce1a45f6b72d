'use strict';

/** float32 numbers from the Base64 that the page holds. */
function numbers(text) {
  return new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
}

const element = id => document.getElementById(id);

/** The page's items; one is parsed when it is asked for. */
const items = {
  elements: [...document.querySelectorAll('script.item')],

  get(index) { return JSON.parse(this.elements[index].textContent); },

  /** Opens the first, and others by the page's list, buttons and arrow keys. */
  choose(open) {
    const list = element('sample');
    this.elements.forEach((item, index) => list.add(new Option(item.dataset.summary, index)));
    const step = by => {
      const index = +list.value + by;
      if (0 <= index && index < this.elements.length) {
        list.value = index;
        open(index);
      }
    };
    list.addEventListener('change', () => open(+list.value));
    element('previous').addEventListener('click', () => step(-1));
    element('next').addEventListener('click', () => step(1));
    document.addEventListener('keydown', event => {
      const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (by && event.target.tagName !== 'SELECT') step(by);
    });
    open(0);
  },
};

/** The colour of a value: white for zero, full at the limit. */
function signedColour(value, limit) {
  const share = Math.min(1, Math.abs(value) / limit);
  const full = parseInt((value < 0 ? colours.negative : colours.positive).slice(1), 16);
  const mixed = [full >> 16, (full >> 8) & 255, full & 255].map(part => Math.round(255 + share * (part - 255)));
  return `rgb(${mixed})`;
}

function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
}

function extent(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = 0.05 * (high - low || 1);
  return [low - margin, high + margin];
}

/** About `count` round numbers within a range, in either order. */
function ticks(range, count, whole) {
  const [low, high] = [Math.min(...range), Math.max(...range)], rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = power * [1, 2, 5, 10].find(factor => factor * power >= rough);
  const step = whole ? Math.max(1, round) : round, found = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) found.push(+(at * step).toPrecision(12));
  return found;
}

const LEFT = 60, RIGHT = 12, TOP = 6, BOTTOM = 22;

/**
 * A canvas with axes that draws what it is told.
 * x, y: ranges, of whole numbers or not. paint(context, toX, toY, box): the content. mark: a place on x, or null.
 */
class Panel {
  constructor(canvas, height) {
    this.canvas = canvas;
    this.height = height;
  }

  draw({x, y, wholeX = true, wholeY = false, paint, label, mark = null, description}) {
    const width = this.canvas.clientWidth, scale = window.devicePixelRatio || 1;
    this.canvas.width = width * scale;
    this.canvas.height = this.height * scale;
    this.canvas.style.height = this.height + 'px';
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', description);
    const context = this.canvas.getContext('2d');
    context.scale(scale, scale);
    const box = {left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: this.height - TOP - BOTTOM};
    const toX = value => box.left + (value - x[0]) / (x[1] - x[0]) * box.width;
    const toY = value => box.top + (y[1] - value) / (y[1] - y[0]) * box.height;
    this.fromX = pixel => x[0] + (pixel - box.left) / box.width * (x[1] - x[0]);
    this.fromY = pixel => y[1] - (pixel - box.top) / box.height * (y[1] - y[0]);

    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    paint(context, toX, toY, box);
    if (mark !== null) line(context, [[toX(mark), box.top], [toX(mark), box.top + box.height]], '#222', 1);
    context.restore();

    context.strokeStyle = '#b0b0b0';
    context.strokeRect(box.left, box.top, box.width, box.height);
    context.fillStyle = '#222';
    context.font = '12px system-ui, sans-serif';
    context.textAlign = 'center';
    for (const tick of ticks(x, 10, wholeX)) context.fillText(tick, toX(tick), box.top + box.height + 15);
    context.textAlign = 'right';
    for (const tick of ticks(y, Math.max(3, box.height / 40), wholeY)) context.fillText(tick, box.left - 5, toY(tick) + 4);
    context.save();
    context.translate(12, box.top + box.height / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    context.fillText(label, 0, 0);
    context.restore();
  }

  /** Calls back with places on both axes, and with nulls when the pointer has left. */
  onHover(callback) {
    this.canvas.addEventListener('mousemove', event => {
      callback(this.fromX(event.offsetX), this.fromY(event.offsetY));
    });
    this.canvas.addEventListener('mouseleave', () => callback(null, null));
  }
}

function line(context, points, colour, width) {
  context.beginPath();
  points.forEach(([x, y], index) => index ? context.lineTo(x, y) : context.moveTo(x, y));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** Values over their indices. */
function curve(context, values, toX, toY, colour, width) {
  line(context, Array.from(values, (value, step) => [toX(step), toY(value)]), colour, width);
}

/** A coloured stripe a value, over the box's height. */
function stripes(context, values, toX, box, limit) {
  values.forEach((value, step) => {
    context.fillStyle = signedColour(value, limit);
    const from = Math.floor(toX(step - 0.5));
    context.fillRect(from, box.top, Math.ceil(toX(step + 0.5)) - from, box.height);
  });
}

/** The area between values and zero, positive and negative apart. */
function area(context, values, toX, toY) {
  for (const sign of [1, -1]) {
    context.beginPath();
    context.moveTo(toX(0), toY(0));
    values.forEach((value, step) => {
      context.lineTo(toX(step), toY(sign * value > 0 ? value : 0));
      const next = values[step + 1];
      if (value * next < 0) context.lineTo(toX(step + value / (value - next)), toY(0));
    });
    context.lineTo(toX(values.length - 1), toY(0));
    context.fillStyle = sign > 0 ? colours.positive : colours.negative;
    context.fill();
  }
}

function nearest(place, length) {
  return place === null ? null : Math.max(0, Math.min(length - 1, Math.round(place)));
}

/** Four digits, as tables show them. */
function short(value) {
  return value === 0 ? '0' : +value.toPrecision(4) + '';
}
