# LSTM-FCN for Java. `make help` lists the targets.
MVN := mvn -B -ntp
.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: test
test: ## Build and run every test that needs nothing but JDK 17 and Maven
	$(MVN) verify

.PHONY: format
format: ## Format the sources
	$(MVN) -q spotless:apply

.PHONY: clean
clean: ## Delete what was built
	$(MVN) -q clean
