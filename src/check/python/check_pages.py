"""Opens the pages that the commands write in a browser without network, and uses them: on a screen, on a telephone, in the
dark and on paper.

    python check_pages.py --browser /usr/bin/chromium DIR
                           DIR holds the pages that CHECKS names

One line per page; exit status 1 if one fails. --screenshots DIR keeps what was seen.
"""
import argparse
import pathlib
import sys
from typing import Callable, List, Optional

from playwright.sync_api import Page, sync_playwright

SHOWN = 'canvas => canvas.toDataURL()'
PUBLISHED = 595      # accuracies that report --published shows
REPORTED = pathlib.Path(__file__).resolve().parents[3] / 'keras-weights' / 'reported.csv'


class Problem(Exception):
    """Something on a page is not as it should be."""


def expect(condition: bool, what: str) -> None:
    if not condition:
        raise Problem(what)


def picture(page: Page, canvas: str) -> str:
    return page.locator('#' + canvas).evaluate(SHOWN)


def changes(page: Page, canvas: str, action: Callable[[], None], what: str) -> None:
    before = picture(page, canvas)
    action()
    expect(picture(page, canvas) != before, what + ' does not change the picture')


def stays(page: Page, canvas: str, action: Callable[[], None], what: str) -> None:
    before = picture(page, canvas)
    action()
    expect(picture(page, canvas) == before, what + ' changes the picture')


def hover(page: Page, canvas: str, output: str, words: List[str]) -> None:
    page.locator('#' + canvas).scroll_into_view_if_needed()
    box = page.locator('#' + canvas).bounding_box()
    page.mouse.move(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2)
    text = page.locator('#' + output).text_content()
    expect(all(word in text for word in words), 'the pointer reads %r, not %s' % (text, words))
    page.mouse.move(1, 1)


def check_cam(page: Page, read: str = 'series') -> None:
    classes = page.locator('#class option').count()
    shown = int(page.locator('#class').input_value())
    other = str((shown + 1) % classes)
    changes(page, 'map', lambda: page.locator('#class').select_option(index=int(other)), 'another class')
    changes(page, 'series', lambda: page.locator('#class').select_option(index=shown), 'the class before')
    changes(page, 'map', lambda: page.locator('#classes tr').nth(int(other)).click(), "a click on a class's row")
    expect(page.locator('#classes tr.shown').count() == 1, 'not one row is marked')
    hover(page, 'series', 'hover', ['step', read, 'map'])
    title = page.locator('#title').text_content()
    changes(page, 'series', lambda: page.locator('#next').click(), 'the next series')
    expect(page.locator('#title').text_content() != title, 'the title is of another series')
    page.locator('body').press('ArrowLeft')
    expect(page.locator('#title').text_content() == title, 'the arrow key does not go back')
    stays(page, 'series', lambda: page.locator('#previous').click(), 'going back from the first series')


def check_context(page: Page) -> None:
    hover(page, 'context', 'hover', ['step', 'series', 'context'])
    changes(page, 'attended', lambda: page.locator('#next').click(), 'the next series')


def check_variables(page: Page) -> None:
    check_cam(page, 'variable 0')
    expect(page.locator('canvas[id^=series]').count() == 3, 'not every variable has a picture')
    hover(page, 'series2', 'hover', ['step', 'variable 2', 'map'])


def check_attention(page: Page) -> None:
    hover(page, 'shares', 'hover', ['variable', 'attends to'])
    expect('No variable is masked' in page.locator('#masked').text_content(), 'a variable of a mean is masked')
    changes(page, 'shares', lambda: page.locator('#next').click(), 'the next class')
    last = page.locator('#sample option').count() - 1
    changes(page, 'shares', lambda: page.locator('#sample').select_option(str(last)), 'a series')
    expect('Masked: variable 4, 11' in page.locator('#masked').text_content(), 'masked variables are not named')


def check_factors(page: Page) -> None:
    hover(page, 'scales', 'hoverScales', ['sample', 'filter'])
    hover(page, 'kernel', 'hoverKernel', ['tap', 'variable'])
    changes(page, 'scales', lambda: page.locator('#filter').fill('7'), 'another filter')
    changes(page, 'scales', lambda: page.locator('#next').click(), 'the next convolution')
    page.locator('#next').click()
    expect(not page.locator('#scales').is_visible(), 'a block without squeeze-and-excite has factors')
    page.locator('#previous').click()
    expect(page.locator('#scales').is_visible(), 'the factors are not back')


def check_importance(page: Page) -> None:
    expect(page.locator('#variables tr').count() == 3, 'not every variable has a row')
    hover(page, 'accuracy', 'hover', ['variable 1', 'accuracy', 'loss'])
    changes(page, 'loss', lambda: page.locator('#variables tr').nth(2).click(), 'a click on a row')


def check_filters(page: Page) -> None:
    hover(page, 'all', 'hoverAll', ['filter', 'step'])
    hover(page, 'kernel', 'hoverKernel', ['tap', 'channel'])
    changes(page, 'kernel', lambda: page.locator('#filter').fill('7'), 'another filter')
    changes(page, 'activation', lambda: page.locator('#all').click(position={'x': 300, 'y': 200}), 'a click on a filter')
    changes(page, 'all', lambda: page.locator('#next').click(), 'the next convolution')


def check_features(page: Page) -> None:
    changes(page, 'points', lambda: page.locator('#legend input').first.uncheck(), 'a class that is left out')
    changes(page, 'points', lambda: page.locator('#legend input').first.check(), 'a class that is back')


def column(page: Page, table: str, header: str) -> List[str]:
    number = page.locator('#%s th' % table).all_text_contents().index(header) + 1
    cells = page.locator('#%s tbody tr:not([hidden]) td:nth-child(%d)' % (table, number))
    return [text.strip() for text in cells.all_text_contents()]


def verified() -> int:
    """How many weight files have a reported accuracy: all lines but comments and the header."""
    return sum(not line.startswith('#') for line in REPORTED.read_text().splitlines()) - 1


def check_report(page: Page) -> None:
    header = page.locator('#results th button', has_text='accuracy')
    orders = []
    for _ in range(2):
        header.click()
        values = [float(text) for text in column(page, 'results', 'accuracy')]
        expect(len(values) == PUBLISHED + verified(), '%d results, not those published and verified' % len(values))
        orders.append(values)
    expect(sorted(orders, key=lambda values: values[0]) == [sorted(orders[0]), sorted(orders[0], reverse=True)],
           'a click on a header does not sort, and a second the other way')
    page.locator('#results th button', has_text='difference').click()
    differences = column(page, 'results', 'difference')
    expect(sorted(differences, key=bool) in (differences, differences[::-1]), 'gaps stand among the numbers')
    page.locator('#pairs th button', has_text='adjusted p').click()
    p_values = [float(text) for text in column(page, 'pairs', 'adjusted p')]
    expect(p_values in (sorted(p_values), sorted(p_values, reverse=True)), 'small p-values are not sorted by value')
    page.locator('#accuracies input').fill('cricket x')
    expect(column(page, 'accuracies', 'dataset') == ['CricketX'], 'a search for two words finds others')
    page.locator('#accuracies input').fill('cricket')
    expect(sorted(column(page, 'accuracies', 'dataset')) == ['CricketX', 'CricketY', 'CricketZ'], 'the search does not find')
    expect('3 of ' in page.locator('#accuracies .found').text_content(), 'what is found is not counted')
    changes(page, 'scatter', lambda: page.locator('#upwards').select_option('5'), 'another method')
    expect(page.locator('#diagram svg').count() == 1, 'no diagram')


def check_many_maps(page: Page) -> List[str]:
    """What the console says of the file that is missing for a while."""
    file = pathlib.Path(page.evaluate('decodeURIComponent(location.pathname)'))
    expect(file.stat().st_size < 10e6, 'the page has %d bytes' % file.stat().st_size)
    beside = sorted((file.parent / 'cam-series').glob('*.js'))
    expect(len(beside) > 0, 'no series lies beside the page')
    last = page.locator('#sample option').count() - 1
    changes(page, 'map', lambda: choose(page, last), 'a series from a file beside the page')
    moved = beside[-1].rename(beside[-1].with_suffix('.moved'))
    choose(page, 0)
    choose(page, last)
    expect('cam-series' in page.locator('#failure').text_content(), 'a file that is missing is not named')
    moved.rename(beside[-1])
    choose(page, 0)
    expect(page.locator('#failure').text_content() == '', 'the failure stays')
    return ['console: Failed to load resource: net::ERR_FILE_NOT_FOUND']


def choose(page: Page, series: int) -> None:
    """Selects a series and waits until it is there, or is said not to be."""
    page.locator('#sample').select_option(str(series))
    page.wait_for_function('series => document.getElementById("failure").textContent || '
                           'document.getElementById("title").textContent.includes("sample " + series + ":")', arg=series)


def check_many_classes(page: Page) -> None:
    signs = page.locator('#legend canvas').evaluate_all('all => all.map(canvas => canvas.toDataURL())')
    expect(len(signs) == 50 and len(set(signs)) == 50, 'two classes have the same sign')
    expect(page.locator('#names').is_checked(), 'the names of many classes are not in the picture')
    changes(page, 'points', lambda: page.locator('#names').uncheck(), 'the names')
    changes(page, 'points', lambda: page.locator('#legend label').nth(30).hover(), 'pointing at a class')
    changes(page, 'points', lambda: page.locator('#none').click(), 'no class at all')
    expect(page.locator('#legend input:checked').count() == 0, 'a class is still checked')
    changes(page, 'points', lambda: page.locator('#all').click(), 'all classes')
    expect(page.locator('#legend input:checked').count() == 50, 'not all classes are checked')


def check_training(page: Page) -> None:
    expect(page.locator('.charts svg').count() == 3, 'not three charts')
    expect('The optimizer is Adam' in page.locator('body').text_content(), 'the recipe is not told in words')


def check_runs(page: Page) -> None:
    page.locator('#runs th button', has_text='loss').click()
    losses = [float(text) for text in column(page, 'runs', 'loss')]
    expect(len(losses) == 2 and losses in (sorted(losses), sorted(losses, reverse=True)), 'the runs are not sorted')
    expect(column(page, 'choices', 'dataset') == ['CBF'], 'no network was selected')
    address = page.locator('#choices a').first.get_attribute('href')
    expect((pathlib.Path(page.evaluate('decodeURIComponent(location.pathname)')).parent / address).is_file(),
           'the link to the training leads nowhere')


CHECKS = {'cam': check_cam, 'many/cam': check_many_maps, 'context': check_context, 'filters': check_filters,
          'features': check_features, 'many/features': check_many_classes, 'variables/cam': check_variables,
          'variables/attention': check_attention, 'variables/filters': check_factors, 'variables/importance': check_importance,
          'report': check_report, 'search/runs': check_runs, 'search/CBF/lstm-fcn-4-seed0/training': check_training}

#: Elements that stick out of the window, or hold more than they show sideways, or letters that nobody can read.
UNFIT = """width => {
  const found = [];
  for (const element of document.querySelectorAll('body *:not(option):not(svg *)')) {
    const box = element.getBoundingClientRect(), name = element.tagName.toLowerCase() + (element.id && '#' + element.id);
    if (box.width === 0) continue;
    if (box.right > width + 1 || box.left < -1) found.push(name + ' sticks out');
    else if (!['SELECT', 'INPUT'].includes(element.tagName) && element.scrollWidth > element.clientWidth + 1
        && getComputedStyle(element).display !== 'inline') found.push(name + ' is cut');
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.viewBox.baseVal.width) found.push('an SVG does not scale');
    const size = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * 12;
    if (0 < size && size < 8) found.push('an SVG has letters of ' + size.toFixed(1) + ' pixels');
  }
  return [...new Set(found)];
}"""

#: Text whose colour is too near to that of the page.
PALE = """least => {
  const parts = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = colour => parts(colour).map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [.2126, .7152, .0722][index], 0);
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const contrast = colour => {
    const [low, high] = [light(colour), paper].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const colours = [...document.querySelectorAll('p, h1, h2, li, td, th')].map(text => getComputedStyle(text).color);
  for (const text of document.querySelectorAll('svg text')) {
    if (text.textContent.trim()) colours.push(getComputedStyle(text).fill);
  }
  for (const canvas of document.querySelectorAll('canvas[id]')) {
    const copy = new OffscreenCanvas(24, Math.max(1, canvas.height)).getContext('2d', {willReadFrequently: true});
    copy.drawImage(canvas, 0, 0);
    const {data} = copy.getImageData(0, 0, 24, copy.canvas.height);
    let most = 0; // of the axis's name
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 200) most = Math.max(most, contrast(`${data[at]} ${data[at + 1]} ${data[at + 2]}`));
    }
    if (most < least) return ['the axis of ' + canvas.id + ' has a contrast of ' + most.toFixed(1)];
  }
  const worst = colours.reduce((one, other) => contrast(other) < contrast(one) ? other : one);
  return contrast(worst) < least ? ['text of the colour ' + worst + ' has a contrast of ' + contrast(worst).toFixed(1)] : [];
}"""

#: What paper would lack: it has no scroll bars.
UNPRINTED = """() => [...document.querySelectorAll('.scroll')].filter(box => box.scrollHeight > box.clientHeight + 1
    || box.scrollWidth > box.clientWidth + 1).map(box => `a table of ${box.querySelectorAll('tr').length} rows is cut`)"""

PAPER = 'getComputedStyle(document.body).backgroundColor'


def check_looks(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({'width': width, 'height': 1000})
        wide = page.evaluate('document.documentElement.scrollWidth')
        expect(wide <= width, 'at %d pixels the page is %d wide' % (width, wide))
        unfit = page.evaluate(UNFIT, width)
        expect(not unfit, 'at %d pixels %s' % (width, ', '.join(unfit[:5])))
    bright = page.evaluate(PAPER)
    pale = page.evaluate(PALE, 4.5)
    expect(not pale, 'by day ' + ', '.join(pale))
    page.emulate_media(color_scheme='dark')
    page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    expect(page.evaluate(PAPER) != bright, 'the page is not dark in the dark')
    pale = page.evaluate(PALE, 4.5)
    expect(not pale, 'in the dark ' + ', '.join(pale))
    page.emulate_media(media='print', color_scheme='dark')
    page.set_viewport_size({'width': 1040, 'height': 700})  # A4 across
    expect(page.evaluate(PAPER) == bright, 'paper is dark')
    unprinted = page.evaluate(UNPRINTED)
    expect(not unprinted, 'on paper ' + ', '.join(unprinted))
    page.emulate_media(media='screen', color_scheme='light')


def check(browser, file: pathlib.Path, check_page: Callable[[Page], Optional[List[str]]], screenshots: pathlib.Path) -> List[str]:
    """Problems found."""
    context = browser.new_context(offline=True, viewport={'width': 1000, 'height': 1000})
    page = context.new_page()
    problems = []
    page.on('console', lambda message: problems.append('console: ' + message.text)
            if message.type in ('error', 'warning') else None)
    page.on('pageerror', lambda error: problems.append('script: %s' % error))
    page.on('request', lambda request: problems.append('asks for ' + request.url)
            if not request.url.startswith(('file:', 'data:')) else None)
    try:
        page.goto(file.resolve().as_uri())
        expect(len(page.title()) > 0, 'no title')
        for canvas in page.locator('canvas[id]').all():
            blank = canvas.evaluate('canvas => new Set(canvas.getContext("2d").getImageData('
                                    '0, 0, canvas.width, canvas.height).data).size < 8')
            expect(not blank, 'a picture is blank')
        for expected in check_page(page) or []:
            problems.remove(expected)
        check_looks(page)
    except Problem as problem:
        problems.append(str(problem))
    if screenshots:
        name = '-'.join(file.parts[-2:]).replace('.html', '')
        for width in (390, 1000):
            page.set_viewport_size({'width': width, 'height': 1000})
            page.screenshot(path=str(screenshots / ('%s-%d.png' % (name, width))), full_page=True)
    context.close()
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('folder', type=pathlib.Path, metavar='DIR')
    parser.add_argument('--browser', required=True, metavar='FILE', help='a Chromium or Chrome')
    parser.add_argument('--screenshots', type=pathlib.Path, metavar='DIR')
    options = parser.parse_args()
    failures = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=options.browser, args=['--no-sandbox', '--disable-gpu', '--disable-background-networking'])
        for name, check_page in CHECKS.items():
            try:
                problems = check(browser, options.folder / (name + '.html'), check_page, options.screenshots)
            except Exception as error:  # one broken page must not hide the others
                problems = ['%s: %s' % (type(error).__name__, str(error).split('\n')[0])]
            failures += 1 if problems else 0
            print('%-7s pages %s.html: %s' % ('FAILED' if problems else 'ok', name,
                                              '; '.join(problems) or 'opens offline and answers'))
        browser.close()
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
