"""Gives the package the version of the Maven module, of which it is a part."""
import re
from pathlib import Path
from xml.etree import ElementTree

from setuptools import setup

HERE = Path(__file__).resolve().parent


def version() -> str:
    """0.1.0-SNAPSHOT of Maven is 0.1.0.dev0 of Python; an unpacked sdist has it in PKG-INFO."""
    pom = HERE.parent / 'pom.xml'
    if not pom.is_file():
        return re.search(r'^Version: (.+)$', (HERE / 'PKG-INFO').read_text(), re.MULTILINE).group(1)
    return ElementTree.parse(pom).getroot().findtext('{*}version').replace('-SNAPSHOT', '.dev0')


setup(version=version())
