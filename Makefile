# Zhengtong.  CMake and Ninja do the work; this file only remembers the words.
#   make            the program: build/zhengtong
#   make demo       the demonstration city at http://127.0.0.1:8080
#   make check      everything we can prove, ends with "N passed, N failed"
# More: make help.

NAME ?=
PORT ?= 8080
DATA ?= demo-data
ROUNDS ?=
JOBS ?= $(shell nproc)

.PHONY: all demo check nightly bench module vendor deb install clean help

all: build/build.ninja
	@ninja -C build -j $(JOBS) zhengtong

build/build.ninja:
	@sh tools/packages.sh packaging/debian-build.txt
	@cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo >build.log \
	  2>&1 || { cat build.log; exit 1; }
	@mv build.log build/configure.log

demo:
	@PORT=$(PORT) DATA=$(DATA) bash tools/demo.sh

check:
	@bash tools/check.sh

nightly:
	@bash tools/check.sh --nightly

bench:
	@bash tools/bench.sh $(ONLY)

module:
	@sh tools/module.sh "$(NAME)"

vendor:
	@sh tools/vendor.sh

deb: all
	@sh packaging/deb.sh

install: all
	@sh packaging/install.sh "$(DESTDIR)"

clean:
	rm -rf build build.log

help:
	@sed 's/^    //' tools/help.txt
