#!/bin/sh
# base.sh FOLDER: a root file system that stands in for python:3.11-slim-bookworm; see engine.py for what differs.
set -eu
root=$1
debootstrap --variant=minbase --include=ca-certificates,netbase,tzdata,python3.11,python3.11-venv,python3-distutils bookworm "$root"

# As slim as debian:bookworm-slim, and without bytecode, as the real base.
find "$root/usr/share/doc" -type f ! -name copyright -delete
rm -rf "$root"/usr/share/man/* "$root"/usr/share/info "$root"/usr/share/locale/* "$root"/var/lib/apt/lists/* \
    "$root"/var/cache/apt/* "$root"/var/log/*
find "$root/usr" -name '*.pyc' -delete
rm -f "$root/usr/lib/python3.11/EXTERNALLY-MANAGED"

# python, pip, setuptools and wheel in /usr/local, where the real base has them.
ln -s /usr/bin/python3.11 "$root/usr/local/bin/python3"
ln -s python3 "$root/usr/local/bin/python"
mkdir "$root/wheels"
python3 -m pip download --quiet --dest "$root/wheels" pip setuptools==70.1.0 'wheel<0.46'
PYTHONPATH=/wheels/$(basename "$root"/wheels/pip-*.whl) PYTHONDONTWRITEBYTECODE=1 chroot "$root" \
    python3 -m pip install --quiet --no-compile --no-index --root-user-action=ignore --find-links /wheels pip setuptools wheel
rm -r "$root/wheels"
