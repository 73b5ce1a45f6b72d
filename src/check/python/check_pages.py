"""Opens the pages that the commands write in a browser without network, and uses them.

    python check_pages.py --browser /usr/bin/chromium DIR
                           DIR holds cam.html, context.html, filters.html, features.html and report.html

One line a page; exit status 1 if one fails. --screenshots DIR keeps what was seen.
"""
import argparse
import pathlib
import sys
from typing import Callable, List

from playwright.sync_api import Page, sync_playwright

SHOWN = 'canvas => canvas.toDataURL()'


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
    box = page.locator('#' + canvas).bounding_box()
    page.mouse.move(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2)
    text = page.locator('#' + output).text_content()
    expect(all(word in text for word in words), 'the pointer reads %r, not %s' % (text, words))
    page.mouse.move(1, 1)


def check_cam(page: Page) -> None:
    classes = page.locator('#class option').count()
    shown = int(page.locator('#class').input_value())
    other = str((shown + 1) % classes)
    changes(page, 'map', lambda: page.locator('#class').select_option(other), 'another class')
    changes(page, 'series', lambda: page.locator('#class').select_option(str(shown)), 'the class before')
    changes(page, 'map', lambda: page.locator('#classes tr').nth(int(other)).click(), "a click on a class's row")
    expect(page.locator('#classes tr.shown').count() == 1, 'not one row is marked')
    hover(page, 'series', 'hover', ['step', 'series', 'map'])
    title = page.locator('#title').text_content()
    changes(page, 'series', lambda: page.locator('#next').click(), 'the next series')
    expect(page.locator('#title').text_content() != title, 'the title is of another series')
    page.locator('body').press('ArrowLeft')
    expect(page.locator('#title').text_content() == title, 'the arrow key does not go back')
    stays(page, 'series', lambda: page.locator('#previous').click(), 'going back from the first series')


def check_context(page: Page) -> None:
    hover(page, 'context', 'hover', ['step', 'series', 'context'])
    changes(page, 'attended', lambda: page.locator('#next').click(), 'the next series')


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


def check_report(page: Page) -> None:
    header = page.locator('#results th button', has_text='accuracy')
    orders = []
    for _ in range(2):
        header.click()
        values = [float(text) for text in column(page, 'results', 'accuracy')]
        expect(len(values) == 595 + 13, '%d results, not those published and verified' % len(values))
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
    expect(column(page, 'accuracies', 'set') == ['CricketX'], 'a search for two words finds others')
    page.locator('#accuracies input').fill('cricket')
    expect(sorted(column(page, 'accuracies', 'set')) == ['CricketX', 'CricketY', 'CricketZ'], 'the search does not find')
    expect('3 of ' in page.locator('#accuracies .found').text_content(), 'what is found is not counted')
    changes(page, 'scatter', lambda: page.locator('#upwards').select_option('5'), 'another method')
    expect(page.locator('#diagram svg').count() == 1, 'no diagram')


CHECKS = {'cam': check_cam, 'context': check_context, 'filters': check_filters, 'features': check_features,
          'report': check_report}


def check(browser, file: pathlib.Path, screenshots: pathlib.Path) -> List[str]:
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
        CHECKS[file.stem](page)
    except Problem as problem:
        problems.append(str(problem))
    if screenshots:
        page.screenshot(path=str(screenshots / (file.stem + '.png')), full_page=True)
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
        for name in CHECKS:
            try:
                problems = check(browser, options.folder / (name + '.html'), options.screenshots)
            except Exception as error:  # one broken page must not hide the others
                problems = ['%s: %s' % (type(error).__name__, str(error).split('\n')[0])]
            failures += 1 if problems else 0
            print('%-7s pages %s.html: %s' % ('FAILED' if problems else 'ok', name,
                                              '; '.join(problems) or 'opens offline and answers'))
        browser.close()
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
