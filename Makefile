# LSTM-FCN for Java. `make help` lists the targets.
MVN := mvn -B -ntp
.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## Build, verify the shipped weights on the shipped data, export a model and predict from it
	@src/demo/demo.sh

.PHONY: test
test: ## Build and run every test that needs nothing but JDK 17 and Maven
	$(MVN) verify

SPARK := $(MVN) -f spark/pom.xml
.PHONY: test-spark
test-spark: spark-library ## Build lstm-fcn-spark and run its tests on a Spark of two threads
	$(SPARK) verify

.PHONY: spark
spark: spark-library ## Build the jar for spark-submit: spark/target/lstm-fcn-spark-<version>-submit.jar
	$(SPARK) -q package -DskipTests
	@ls -lh spark/target/*-submit.jar

.PHONY: spark-library
spark-library:
	$(MVN) -q install -DskipTests

.PHONY: check-all
check-all: ## Check what is written from Python, and on real data where ../shared has it
	src/check/check-all.sh

SECONDS_EACH ?= 60
.PHONY: fuzz
fuzz: ## Give each reader of files inputs that Jazzer makes up; SECONDS_EACH=3600 for an hour each
	src/fuzz/fuzz.sh $(SECONDS_EACH)

.PHONY: reliability
reliability: ## Try to break what is built and print the table of docs/reliability.md
	src/check/reliability.sh $(SECONDS_EACH)

.PHONY: parity
parity: ## Train the same sets with Keras and compare the accuracies: docs/parity.md
	src/parity/parity.sh

.PHONY: recipes
recipes: ## Measure the default recipe beside that of 2019 and the last epoch: docs/recipes.md
	src/recipes/recipes.sh

.PHONY: reproduce
reproduce: ## Train the networks of the published tables anew, over days: docs/reproduction.md
	src/reproduce/reproduce.sh

.PHONY: bench
bench: ## Measure speed beside Keras and ONNX Runtime and print the tables of docs/performance.md
	src/bench/run.sh

.PHONY: bench-spark
bench-spark: ## Measure what Spark adds, two executors, and Keras in a pandas UDF
	spark/bench/run.sh

.PHONY: check-spark
check-spark: ## Check the Python package for Spark, and the jobs on a cluster of which a worker is killed
	src/check/check-spark.sh

.PHONY: dist
dist: ## Pack a distribution that runs with java -jar: target/lstm-fcn-<version>.tar.gz and its .sha256
	$(MVN) -q verify -DskipTests -Pdist
	@ls -lh target/lstm-fcn-*.tar.gz*

.PHONY: format
format: ## Format the sources
	$(MVN) -q spotless:apply
	$(SPARK) -q spotless:apply

.PHONY: clean
clean: ## Delete what was built
	$(MVN) -q clean
	$(SPARK) -q clean
