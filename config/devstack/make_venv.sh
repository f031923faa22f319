# make_venv.sh PYTHON FOLDER UV_VERSION: a virtual environment with uv in it, or one line on what is missing.
set -u
python=$1 folder=$2 uv=uv==$3

if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed and none is on the PATH. On Debian or Ubuntu: apt-get install python3 python3-venv"
    exit 1
fi
install_uv() {
    "$@" install --quiet --quiet "$uv" || {
        rm -rf "$folder"
        echo "uv could not be installed: see the lines above. A package index (PyPI or a mirror) has to be reachable."
        exit 1
    }
}

rm -rf "$folder"
if "$python" -m venv "$folder" >/dev/null 2>&1; then
    install_uv "$folder/bin/python" -m pip
    exit 0
fi
# Debian keeps the part of venv that installs pip in a package of its own; any pip at hand will do instead.
rm -rf "$folder"
if "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip "$folder" 2>/dev/null; then
    install_uv "$python" -m pip --python "$folder/bin/python"
    exit 0
fi
rm -rf "$folder"
echo "$python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv; then try again."
exit 1
