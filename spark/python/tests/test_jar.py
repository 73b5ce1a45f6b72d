"""What is said where Spark was started without the jar."""
import subprocess
import sys
import unittest

PROGRAM = '''
from pyspark.sql import SparkSession
from lstmfcn_spark import LstmFcnClassifier, LstmFcnModel

spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()
for use in (lambda: LstmFcnModel.load('weights.h5'), lambda: LstmFcnModel.read(), LstmFcnClassifier):
    try:
        use()
    except RuntimeError as error:
        print(error)
'''


class MissingJarTest(unittest.TestCase):

    def test_names_the_class_and_the_remedy_in_one_line(self) -> None:
        ended = subprocess.run([sys.executable, '-c', PROGRAM], capture_output=True, text=True, timeout=120)

        lines = ended.stdout.splitlines()
        self.assertEqual(len(lines), 3, ended.stderr)
        for line in lines:
            self.assertRegex(line, '^expected io.github.lstmfcn.*, found no such class; start Spark with --jars ')


if __name__ == '__main__':
    unittest.main()
